//! What a release has to satisfy, worked out from the text of the policy and of the runbook at
//! the moment it is submitted.

use super::case::Case;
use super::{Facts, Library};
use countersign_core::calendar::BusinessCalendar;
use countersign_core::classification::{ChangeType, Condition, RiskTier, Trait};
use countersign_core::criterion::Criterion;
use countersign_core::name::{PersonId, RoleName, StepName};
use countersign_core::policy::{Independence, Item, Policy, Settings};
use countersign_core::runbook::{Runbook, RunbookStep};
use countersign_core::step::StepKind;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A seat: a role, how many people it takes, and whom they must not be.
#[derive(Debug, Clone)]
pub struct Rule {
    pub role: RoleName,
    pub count: u32,
    pub apart_from: BTreeSet<Independence>,
}

/// Everything asked of one release.
#[derive(Debug)]
pub struct Demands<'w> {
    pub settings: &'w Settings,
    pub calendar: BusinessCalendar,
    pub owner: PersonId,
    pub rules: Vec<Rule>,
    pub holders: BTreeMap<RoleName, BTreeSet<PersonId>>,
    pub items: Vec<&'w Item>,
    pub criteria: Vec<&'w Criterion>,
    pub prerequisites: u32,
    /// Work to be done before the decision.
    pub early: Vec<&'w RunbookStep>,
    /// What comes after it.
    pub late: BTreeSet<StepName>,
}

/// The facts conditions of a policy speak of.
struct Nature<'c> {
    tier: RiskTier,
    change: ChangeType,
    case: &'c Case<'c>,
}

impl<'w> Demands<'w> {
    /// What is asked of this release when it is submitted now; `None` when nothing is known.
    pub fn of(
        case: &Case<'w>,
        at: Timestamp,
        facts: &Facts,
        library: &Library<'w>,
    ) -> Option<Self> {
        let model = case.model.as_ref()?;
        let followed = facts.followed(at)?;
        let (_, policy) = library.policies.iter().find(|(known, _)| known == followed)?;
        let nature = Nature { tier: *facts.tiers.get(model)?, change: case.change?, case };
        let choice = case.request.and_then(|request| request.runbook.as_ref());
        let runbook: Option<&Runbook> = match choice {
            None => None,
            Some(choice) => {
                let same =
                    |one: &&Runbook| one.name == choice.name && one.version == choice.version;
                Some(library.runbooks.iter().map(|(_, runbook)| runbook).find(same)?)
            }
        };
        let steps = runbook.map(|one| one.steps.as_slice()).unwrap_or_default();
        let (early, late) = before_and_after(steps);
        let rules = rules(policy, &nature, steps)?;
        let holders =
            rules.iter().map(|one| (one.role.clone(), facts.acting(&one.role, model, at)));
        Some(Self {
            settings: &policy.settings,
            calendar: facts.calendar.clone()?,
            owner: facts.owners.get(model)?.clone(),
            holders: holders.collect(),
            rules,
            items: policy.items.iter().filter(|it| nature.is(&it.when)).collect(),
            criteria: policy.criteria.iter().filter(|it| nature.is(&it.when)).collect(),
            prerequisites: u32::try_from(runbook.map_or(0, |it| it.prerequisites.len())).ok()?,
            early,
            late,
        })
    }

    /// Whether a step comes after the decision.
    pub fn is_late(&self, step: &StepName) -> bool {
        self.late.contains(step)
    }
}

impl Nature<'_> {
    fn is(&self, when: &Condition) -> bool {
        let request = self.case.request;
        let mut kinds = self.case.content.parts.values().map(|part| part.kind);
        match when {
            Condition::Always => true,
            Condition::Tier(of) => of.contains(&self.tier),
            Condition::Change(of) => of.contains(&self.change),
            Condition::Region(of) => {
                request.is_some_and(|request| request.regions.iter().any(|it| of.contains(it)))
            }
            Condition::Artifact(of) => kinds.any(|kind| of.contains(&kind)),
            Condition::Is(fact) => self.states(*fact),
            Condition::IsNot(fact) => !self.states(*fact),
            Condition::All(all) => all.iter().all(|one| self.is(one)),
            Condition::Any(any) => any.iter().any(|one| self.is(one)),
        }
    }

    /// An update is one that changes what ran before; everything else the requester stated.
    fn states(&self, fact: Trait) -> bool {
        match fact {
            Trait::Update => matches!(
                self.change,
                ChangeType::MajorUpdate | ChangeType::MinorUpdate | ChangeType::ConfigurationChange
            ),
            other => self.case.request.is_some_and(|request| request.traits.contains(&other)),
        }
    }
}

/// The row's signatures, those asked for beside it, and one for each sign-off of the runbook that
/// the policy does not ask for already.
fn rules(policy: &Policy, nature: &Nature<'_>, steps: &[RunbookStep]) -> Option<Vec<Rule>> {
    let mut rows = policy.rows.iter();
    let row = rows.find(|row| row.change == nature.change && row.tiers.contains(&nature.tier))?;
    let asked = row.approvals.iter().chain(&policy.also).filter(|rule| nature.is(&rule.when));
    let mut rules: Vec<Rule> = Vec::new();
    for rule in asked {
        let mut apart_from = rule.independent_of.clone();
        if !policy.settings.self_approval {
            apart_from.insert(Independence::Requester);
        }
        rules.push(Rule { role: rule.role.clone(), count: rule.count, apart_from });
    }
    if rules.is_empty() {
        return None;
    }
    let mut free: Vec<RoleName> = rules.iter().map(|rule| rule.role.clone()).collect();
    for step in steps.iter().filter(|step| matches!(step.kind, StepKind::Approval(_))) {
        let role = meaning(policy, &step.owner)?;
        if let Some(at) = free.iter().position(|one| one == role) {
            free.remove(at);
            continue;
        }
        let apart_from = [Independence::Requester].into();
        rules.push(Rule { role: role.clone(), count: 1, apart_from });
    }
    Some(rules)
}

/// The role an owner title of a runbook stands for.
fn meaning<'p>(policy: &'p Policy, title: &str) -> Option<&'p RoleName> {
    let title = title.to_lowercase();
    let mapped = policy.titles.iter().find(|it| it.title.to_lowercase() == title);
    let titled = policy
        .roles
        .iter()
        .find(|it| it.title.to_lowercase() == title || it.name.as_str() == title);
    mapped.map(|it| &it.role).or_else(|| titled.map(|it| &it.name))
}

/// Work before the decision and work after it. A webhook tells of the decision, so it is late.
/// Behind the last sign-off, whatever waits for a sign-off or for something late is late too.
fn before_and_after(steps: &[RunbookStep]) -> (Vec<&RunbookStep>, BTreeSet<StepName>) {
    let signs = |step: &RunbookStep| matches!(step.kind, StepKind::Approval(_));
    let last = steps.iter().rposition(signs);
    let (mut early, mut late) = (Vec::new(), BTreeSet::new());
    let mut behind = vec![false; steps.len()];
    for (at, step) in steps.iter().enumerate() {
        let awaits = |other: usize| match &step.after {
            Some(after) => after.contains(&u32::try_from(other + 1).unwrap_or(u32::MAX)),
            None => other < at,
        };
        let follows = (0..at).any(|other| awaits(other) && (behind[other] || signs(&steps[other])));
        let past = last.is_none_or(|last| at > last);
        behind[at] = matches!(step.kind, StepKind::Webhook(_)) || (past && follows);
        if behind[at] {
            late.insert(step.name.clone());
        } else if !signs(step) {
            early.push(step);
        }
    }
    (early, late)
}
