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
mod tests {

    use super::*;
    use crate::classification::{ChangeType, Condition, RiskTier, Trait};
    use crate::given::*;
    use crate::name::Region;
    use crate::sla::Sla;

    use ChangeType::{
        ConfigurationChange, MajorUpdate, MinorUpdate, NewModel, ThirdPartyActivation,
    };
    use RiskTier::{Critical, High, Low, Medium};

    fn classified(change: ChangeType, tier: RiskTier) -> Classification {
        let request = request(change, tier);
        request.classification(tier, &weights_and_prompt())
    }

    fn planned(
        of: Classification,
        policy: &Policy,
        runbook: Option<&Runbook>,
    ) -> Result<GatePlan, NoPlan> {
        let world = given(of.tier);
        let published = world.register.policies[0].policy.clone();
        let reference = world.register.runbooks[0].runbook.clone();
        let basis = Basis {
            now: monday(),
            policy: (&published, policy),
            runbook: runbook.map(|runbook| (&reference, runbook)),
            register: &world.register,
            owner: &id("rivera"),
        };
        GatePlan::make(of, basis)
    }

    #[track_caller]
    fn plan(change: ChangeType, tier: RiskTier) -> GatePlan {
        planned(classified(change, tier), &policy(), None).unwrap()
    }

    #[track_caller]
    fn asked(change: ChangeType, tier: RiskTier) -> Vec<(String, u32)> {
        let rules = plan(change, tier).approvals;
        rules.into_iter().map(|rule| (rule.role.to_string(), rule.count)).collect()
    }

    fn one(role: &str) -> (String, u32) {
        (role.into(), 1)
    }

    fn committee() -> (String, u32) {
        ("ai_governance_committee".into(), 2)
    }

    ///
    #[test]
    fn a_first_high_risk_deployment_is_for_the_committee_and_the_business() {
        assert_eq!(asked(NewModel, High), [committee(), one("product_lead")]);
    }

    ///
    #[test]
    fn compliance_signs_only_when_the_tier_is_critical() {
        let critical = [committee(), one("product_lead"), one("compliance")];
        assert_eq!(asked(NewModel, Critical), critical);
        for tier in [Low, Medium, High] {
            assert!(!asked(NewModel, tier).contains(&one("compliance")));
        }
    }

    ///
    #[test]
    fn a_first_medium_risk_deployment_needs_lead_and_owner_both() {
        assert_eq!(asked(NewModel, Medium), [one("ai_governance_lead"), one("model_owner")]);
    }

    ///
    #[test]
    fn a_first_low_risk_deployment_needs_the_owner() {
        assert_eq!(asked(NewModel, Low), [one("model_owner")]);
    }

    ///
    #[test]
    fn a_major_update_is_approved_like_a_new_model_of_its_tier() {
        for tier in RiskTier::ALL {
            assert_eq!(asked(MajorUpdate, *tier), asked(NewModel, *tier));
        }
    }

    ///
    #[test]
    fn a_minor_update_needs_the_owner_and_a_peer_when_the_risk_is_high() {
        assert_eq!(asked(MinorUpdate, Low), [one("model_owner")]);
        assert_eq!(asked(MinorUpdate, Medium), [one("model_owner")]);
        let high = [one("model_owner"), one("peer_reviewer"), one("product_lead")];
        assert_eq!(asked(MinorUpdate, High), high);
    }

    ///
    #[test]
    fn a_prompt_or_configuration_change_is_approved_before_it_is_deployed() {
        assert_eq!(asked(ConfigurationChange, Low), [one("model_owner")]);
        assert_eq!(asked(ConfigurationChange, High), [one("model_owner"), one("product_lead")]);
    }

    ///
    #[test]
    fn a_vendor_model_needs_lead_security_and_legal() {
        let all = [one("ai_governance_lead"), one("security"), one("legal")];
        assert_eq!(asked(ThirdPartyActivation, Medium), all);
    }

    /// R-143, I-03
    #[test]
    fn every_change_at_every_tier_asks_for_an_approval() {
        for change in ChangeType::ALL {
            for tier in RiskTier::ALL {
                assert!(!asked(*change, *tier).is_empty(), "{change} {tier}");
            }
        }
    }

    /// I-05
    #[test]
    fn a_role_asked_for_twice_stays_two_rules() {
        let mut policy = policy();
        let again = policy.also[0].clone();
        policy.also.push(again);
        let plan = planned(classified(NewModel, High), &policy, None).unwrap();
        assert_eq!(
            plan.approvals.iter().filter(|rule| rule.role == role("product_lead")).count(),
            2
        );
    }

    #[test]
    fn an_approval_step_in_a_role_the_policy_asks_for_is_signed_by_the_same_signature() {
        let mut runbook = runbook();
        for step in &mut runbook.steps {
            if matches!(step.kind, StepKind::Approval(_)) {
                step.owner = "model_owner".into();
            }
        }
        let policy = policy();
        let plan = planned(classified(NewModel, Low), &policy, Some(&runbook)).unwrap();
        let owner = |rule: &&ApprovalRule| rule.role.is_model_owner();
        assert_eq!(plan.approvals.iter().filter(owner).count(), 1);
        let step = plan.steps.iter().find(|step| matches!(step.step.kind, StepKind::Approval(_)));
        let rule = step.and_then(|step| step.rule).unwrap();
        assert!(plan.approvals[rule as usize].role.is_model_owner());
    }

    /// I-03
    #[test]
    fn a_row_without_approvals_is_no_row() {
        let mut policy = policy();
        for row in &mut policy.rows {
            row.approvals.clear();
        }
        assert_eq!(planned(classified(NewModel, Low), &policy, None), Err(NoPlan::NoRow));
        let with_sign_off = planned(classified(NewModel, Low), &policy, Some(&runbook()));
        assert_eq!(with_sign_off, Err(NoPlan::NoRow));
    }

    #[track_caller]
    fn items(of: Classification) -> Vec<String> {
        let plan = planned(of, &policy(), None).unwrap();
        plan.items.iter().map(|item| item.name.to_string()).collect()
    }

    ///
    #[test]
    fn the_change_log_is_asked_of_updates_only() {
        assert!(!items(classified(NewModel, Low)).contains(&"change_log".into()));
        assert!(items(classified(MinorUpdate, Low)).contains(&"change_log".into()));
        let left = plan(NewModel, Low).left_out;
        let log = left.iter().find(|left| left.title == "change log").unwrap();
        assert_eq!(log.asked_when, "update");
    }

    ///
    #[test]
    fn bias_results_are_asked_of_medium_and_high_risk_and_not_of_low() {
        assert!(!items(classified(NewModel, Low)).contains(&"bias_results".into()));
        for tier in [Medium, High, Critical] {
            assert!(items(classified(NewModel, tier)).contains(&"bias_results".into()));
        }
    }

    ///
    #[test]
    fn independent_validation_is_asked_of_high_risk_only() {
        assert!(!items(classified(NewModel, Medium)).contains(&"validation".into()));
        assert!(items(classified(NewModel, High)).contains(&"validation".into()));
    }

    ///
    #[test]
    fn a_rights_assessment_is_asked_of_high_risk_in_the_eu() {
        let outside = classified(NewModel, High);
        assert!(!items(outside.clone()).contains(&"fria".into()));
        let regions = [Region::new("eu").unwrap()].into();
        assert!(items(Classification { regions, ..outside }).contains(&"fria".into()));
    }

    ///
    #[test]
    fn the_privacy_question_is_asked_when_personal_data_is_processed() {
        let without = classified(NewModel, Low);
        assert!(!items(without.clone()).contains(&"dpia".into()));
        let traits = [Trait::PersonalData].into();
        assert!(items(Classification { traits, ..without }).contains(&"dpia".into()));
    }

    ///
    #[test]
    fn six_steps_are_numbered_and_their_titles_become_roles() {
        let plan = planned(classified(NewModel, Low), &policy(), Some(&runbook())).unwrap();
        let steps: Vec<_> = plan.steps.iter().map(|s| (s.number, s.role.to_string())).collect();
        let roles = [
            "ml_platform_lead",
            "data_governance",
            "ml_engineer",
            "application_security",
            "security_operations_lead",
            "ml_platform",
        ];
        assert_eq!(steps, (1..).zip(roles.map(String::from)).collect::<Vec<_>>());
    }

    ///
    #[test]
    fn a_title_that_means_no_role_gives_no_plan() {
        let mut runbook = runbook();
        runbook.steps[1].owner = "Chief Vibes Officer".into();
        let refused = planned(classified(NewModel, Low), &policy(), Some(&runbook));
        assert_eq!(refused, Err(NoPlan::UnmappedTitle("Chief Vibes Officer".into())));
    }

    ///
    #[test]
    fn a_step_escalates_to_its_own_role_or_to_the_policy_s() {
        let mut runbook = runbook();
        runbook.steps[0].escalation = "Security operations leader".into();
        let plan = planned(classified(NewModel, Low), &policy(), Some(&runbook)).unwrap();
        assert_eq!(plan.steps[0].escalate_to, role("security_operations_lead"));
        assert_eq!(plan.steps[1].escalate_to, role("ai_governance_lead"));
    }

    ///
    #[test]
    fn an_approval_step_adds_a_rule_and_takes_none_away() {
        let without = planned(classified(NewModel, High), &policy(), None).unwrap().approvals;
        let plan = planned(classified(NewModel, High), &policy(), Some(&runbook())).unwrap();
        assert_eq!(plan.approvals[..without.len()], without[..]);
        assert_eq!(plan.approvals.last().unwrap().role, role("security_operations_lead"));
        assert_eq!(plan.steps[4].rule, Some(2));
    }

    fn ordered(kinds: &[(&str, Option<Vec<u32>>)]) -> Vec<(bool, Vec<u32>)> {
        let mut runbook = runbook();
        let kind = |word: &str| StepKind::from_word(word).unwrap();
        let step = |(at, (word, after)): (usize, &(&str, Option<Vec<u32>>))| RunbookStep {
            after: after.clone(),
            ..work(&format!("step-{at}"), kind(word), "ML platform", Sla::SameDay)
        };
        runbook.steps = kinds.iter().enumerate().map(step).collect();
        let plan = planned(classified(NewModel, Low), &policy(), Some(&runbook)).unwrap();
        plan.steps.into_iter().map(|step| (step.after_decision, step.waits_for)).collect()
    }

    ///
    #[test]
    fn steps_wait_for_the_earlier_ones_and_the_webhook_for_the_decision() {
        let steps =
            ordered(&[("manual", None), ("form", None), ("approval", None), ("webhook", None)]);
        let late: Vec<bool> = steps.iter().map(|(late, _)| *late).collect();
        assert_eq!(late, [false, false, false, true]);
        assert_eq!(steps[1].1, [1]);
        assert_eq!(steps[3].1, [1, 2, 3]);
    }

    #[test]
    fn a_runbook_may_let_steps_run_side_by_side_but_not_past_an_approval() {
        let beside = Some(vec![]);
        let steps = ordered(&[("manual", None), ("manual", beside.clone()), ("approval", beside)]);
        assert_eq!(steps[1].1, [] as [u32; 0]);
        assert_eq!(steps[2].1, [1, 2]);
    }

    ///
    #[test]
    fn a_webhook_early_in_a_runbook_pulls_no_work_out_of_the_gate() {
        let steps =
            ordered(&[("webhook", None), ("manual", None), ("approval", None), ("manual", None)]);
        assert_eq!(steps[0], (true, vec![]));
        assert_eq!(steps[1], (false, vec![]));
        assert_eq!(steps[2], (false, vec![2]));
        assert_eq!(steps[3], (true, vec![1, 2, 3]));
    }

    #[test]
    fn work_between_two_approval_steps_is_done_before_either() {
        let steps = ordered(&[("approval", None), ("manual", None), ("approval", None)]);
        assert_eq!(steps, [(false, vec![]), (false, vec![]), (false, vec![1, 2])]);
    }

    ///
    #[test]
    fn self_approval_switched_off_makes_every_rule_independent_of_the_requester() {
        let mut policy = policy();
        policy.settings.self_approval = false;
        let plan = planned(classified(ConfigurationChange, High), &policy, None).unwrap();
        let independent =
            |rule: &ApprovalRule| rule.independent_of.contains(&Independence::Requester);
        assert!(plan.approvals.iter().all(independent));
    }

    ///
    #[test]
    fn the_same_inputs_give_the_same_plan() {
        let of = || classified(MajorUpdate, High);
        let plan = || planned(of(), &policy(), Some(&runbook()));
        assert_eq!(plan(), plan());
    }

    #[test]
    fn conditions_are_read_from_the_plan_s_own_classification() {
        let mut policy = policy();
        policy.also[0].when =
            Condition::Artifact([crate::classification::ArtifactKind::Adapter].into());
        let plan = planned(classified(NewModel, High), &policy, None).unwrap();
        assert!(!plan.approvals.iter().any(|rule| rule.role == role("product_lead")));
    }
}
