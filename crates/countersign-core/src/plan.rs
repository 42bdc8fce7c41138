//! The gate plan: what one release must satisfy, fixed when it is submitted.
//!
//! The plan is the policy's minimum for the classification plus the runbook's steps. It is written
//! whole into the event, so that later edits of policy, runbook or roles touch only later
//! releases (I-04).

use crate::calendar::BusinessCalendar;
use crate::classification::Classification;
use crate::criterion::Criterion;
use crate::name::{PersonId, RoleName};
use crate::people::Qualification;
use crate::policy::{ApprovalRule, Independence, Item, Policy, PolicyRef};
use crate::register::Register;
use crate::runbook::{Runbook, RunbookRef, RunbookStep};
use crate::step::StepKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a release must satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatePlan {
    /// What the release is.
    pub classification: Classification,
    /// The policy it was made by.
    pub policy: PolicyRef,
    /// The runbook it follows, if any.
    pub runbook: Option<RunbookRef>,
    /// The checklist: only what applies.
    pub items: Vec<Item>,
    /// The checklist items left out, with the condition that did not hold.
    pub left_out: Vec<LeftOut>,
    /// The criteria that apply.
    pub criteria: Vec<Criterion>,
    /// What must be true before the first step.
    pub prerequisites: Vec<String>,
    /// The runbook's steps, with roles instead of titles.
    pub steps: Vec<PlannedStep>,
    /// Who has to approve. All of them: rules combine by AND (I-05).
    pub approvals: Vec<ApprovalRule>,
    /// The owner of the model when the release was submitted.
    pub owner: PersonId,
    /// Who held the approving roles when the release was submitted.
    pub holders: BTreeMap<RoleName, BTreeSet<PersonId>>,
    /// What approvers in a role must have passed, by role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub qualifications: BTreeMap<RoleName, Qualification>,
    /// The calendar deadlines are counted on.
    pub calendar: BusinessCalendar,
    /// Clocks and switches of the policy.
    pub settings: crate::policy::Settings,
}

/// A checklist item that does not apply, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The item's title.
    pub title: String,
    /// The condition that did not hold, in the policy's words.
    pub asked_when: String,
}

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// The step as the runbook has it.
    pub step: RunbookStep,
    /// Its number, counted from 1.
    pub number: u32,
    /// The role that does it.
    pub role: RoleName,
    /// The role that hears when it takes too long.
    pub escalate_to: RoleName,
    /// The numbers of the steps it waits for.
    pub waits_for: Vec<u32>,
    /// True when it is done after the decision: a webhook, or anything after an approval step.
    pub after_decision: bool,
    /// For an approval step, the rule of the plan that stands for it, counted from 0.
    pub rule: Option<u32>,
}

/// Why no plan can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPlan {
    /// The decision table has no row for this release.
    NoRow,
    /// An owner title of the runbook means no role.
    UnmappedTitle(String),
    /// No calendar can be had.
    NoCalendar,
}

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The policy and which it is.
    pub policy: (&'a PolicyRef, &'a Policy),
    /// The runbook and which it is.
    pub runbook: Option<(&'a RunbookRef, &'a Runbook)>,
    /// Roles and calendar now.
    pub register: &'a Register,
    /// The model's owner, who alone holds `model_owner` for it.
    pub owner: &'a PersonId,
    /// The moment at which the plan is made.
    pub now: Timestamp,
}

impl GatePlan {
    /// Makes the plan for a release.
    pub fn make(classification: Classification, basis: Basis<'_>) -> Result<Self, NoPlan> {
        let (reference, policy) = basis.policy;
        let mut steps = match basis.runbook {
            Some((_, runbook)) => planned_steps(runbook, policy)?,
            None => Vec::new(),
        };
        let approvals = approvals(&classification, policy, &mut steps)?;
        let holders = approvals.iter().map(|rule| (rule.role.clone(), basis.holders(&rule.role)));
        let (asked, left): (Vec<&Item>, Vec<&Item>) =
            policy.items.iter().partition(|item| item.when.holds(&classification));
        let left_out = left
            .into_iter()
            .map(|item| LeftOut { title: item.title.clone(), asked_when: item.when.to_string() });
        let criteria = policy.criteria.iter().filter(|c| c.when.holds(&classification));
        Ok(Self {
            policy: reference.clone(),
            runbook: basis.runbook.map(|(reference, _)| reference.clone()),
            items: asked.into_iter().cloned().collect(),
            left_out: left_out.collect(),
            criteria: criteria.cloned().collect(),
            prerequisites: basis.runbook.map_or_else(Vec::new, |(_, r)| r.prerequisites.clone()),
            steps,
            holders: holders.collect(),
            qualifications: qualifications(policy, &approvals),
            approvals,
            owner: basis.owner.clone(),
            calendar: basis.register.calendar().ok_or(NoPlan::NoCalendar)?,
            settings: policy.settings.clone(),
            classification,
        })
    }

    /// A step by name.
    pub fn step(&self, name: &crate::name::StepName) -> Option<&PlannedStep> {
        self.steps.iter().find(|step| &step.step.name == name)
    }

    /// A checklist item by name.
    pub fn item(&self, name: &crate::name::ItemName) -> Option<&Item> {
        self.items.iter().find(|item| &item.name == name)
    }

    /// The steps a step waits for.
    pub fn waited_for<'a>(
        &'a self,
        step: &'a PlannedStep,
    ) -> impl Iterator<Item = &'a PlannedStep> {
        self.steps.iter().filter(|other| step.waits_for.contains(&other.number))
    }
}

/// What the policy asks of those who approve.
fn qualifications(
    policy: &Policy,
    approvals: &[ApprovalRule],
) -> BTreeMap<RoleName, Qualification> {
    let mut asked = policy.people_rules().qualifications;
    asked.retain(|role, _| approvals.iter().any(|rule| &rule.role == role));
    asked
}

impl Basis<'_> {
    fn holders(&self, role: &RoleName) -> BTreeSet<PersonId> {
        if role.is_model_owner() {
            [self.owner.clone()].into()
        } else {
            self.register.holders(role, self.now)
        }
    }
}

/// The row's rules, the policy's additions, and a rule for each approval step whose role the policy
/// does not ask for already. Where it does, the policy's rule stands for the step: one signature
/// over the whole dossier says both, and a role with one holder could not sign twice. A role the
/// policy itself asks for twice stays two rules: rules combine by AND and are never merged.
fn approvals(
    of: &Classification,
    policy: &Policy,
    steps: &mut [PlannedStep],
) -> Result<Vec<ApprovalRule>, NoPlan> {
    let row = policy.row(of).ok_or(NoPlan::NoRow)?;
    let mut rules: Vec<ApprovalRule> = row
        .approvals
        .iter()
        .chain(&policy.also)
        .filter(|rule| rule.when.holds(of))
        .cloned()
        .collect();
    if rules.is_empty() {
        return Err(NoPlan::NoRow);
    }
    for rule in &mut rules {
        if !policy.settings.self_approval {
            rule.independent_of.insert(Independence::Requester);
        }
    }
    let asked_by_policy = rules.len();
    let mut taken = BTreeSet::new();
    for step in steps.iter_mut().filter(|step| matches!(step.step.kind, StepKind::Approval(_))) {
        let same_role = |index: &usize| rules[*index].role == step.role && !taken.contains(index);
        if let Some(index) = (0..asked_by_policy).find(same_role) {
            taken.insert(index);
            step.rule = u32::try_from(index).ok();
            continue;
        }
        step.rule = u32::try_from(rules.len()).ok();
        rules.push(ApprovalRule {
            role: step.role.clone(),
            count: 1,
            purpose: step.step.title.clone(),
            independent_of: [Independence::Requester].into(),
            when: crate::classification::Condition::Always,
        });
    }
    Ok(rules)
}

/// Steps with roles instead of titles, and which of them are done after the decision.
///
/// Approvals bind to the dossier, so all work that precedes an approval step is done before any
/// approval. After the decision come webhooks, and what waits for one or for an approval step with
/// no approval step behind it. A webhook early in a runbook therefore pulls no work out of the
/// gate: runbooks add, never remove.
fn planned_steps(runbook: &Runbook, policy: &Policy) -> Result<Vec<PlannedStep>, NoPlan> {
    let approves = |step: &&RunbookStep| matches!(step.kind, StepKind::Approval(_));
    let last = runbook.steps.iter().rposition(|step| approves(&step)).map_or(0, |at| at + 1);
    let mut planned: Vec<PlannedStep> = Vec::new();
    for (step, number) in runbook.steps.iter().zip(1u32..) {
        let role_for = |title: &str| {
            policy
                .role_for_title(title)
                .cloned()
                .ok_or_else(|| NoPlan::UnmappedTitle(title.to_owned()))
        };
        let is_approval = matches!(step.kind, StepKind::Approval(_));
        let is_webhook = matches!(step.kind, StepKind::Webhook(_));
        let mut waits_for: Vec<u32> = match &step.after {
            Some(after) if !is_approval => after.clone(),
            Some(_) | None => (1..number).collect(),
        };
        let precedes_approval = number as usize <= last;
        let decides = |earlier: &&PlannedStep| earlier.step.kind.word() == "approval";
        let late = |earlier: &&PlannedStep| earlier.after_decision || decides(earlier);
        let mut awaited = planned.iter().filter(|earlier| waits_for.contains(&earlier.number));
        let after_decision = is_webhook || (!precedes_approval && awaited.any(|it| late(&it)));
        if !after_decision {
            // What comes before the decision cannot wait for what comes after it.
            let early = |number: &u32| {
                let earlier = planned.iter().find(|earlier| &earlier.number == number);
                earlier.is_none_or(|it| !it.after_decision && (is_approval || !decides(&it)))
            };
            waits_for.retain(early);
        }
        planned.push(PlannedStep {
            role: role_for(&step.owner)?,
            escalate_to: match step.escalation.as_str() {
                "" => policy.settings.escalate_to.clone(),
                title => role_for(title)?,
            },
            step: step.clone(),
            number,
            waits_for,
            after_decision,
            rule: None,
        });
    }
    Ok(planned)
}

#[cfg(test)]
mod tests;
