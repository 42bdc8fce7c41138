//! Approvals: which rules are satisfied, by whom, and who could still give one.

use crate::blocker::{Blocker, Lifter, Reason};
use crate::name::{PersonId, RoleName};
use crate::plan::GatePlan;
use crate::policy::{ApprovalRule, Independence};
use crate::release::{Given, Release};
use serde::Serialize;

/// A rule of the plan and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleStatus {
    /// The rule's place in the plan, counted from 0.
    pub rule: u32,
    /// The role.
    pub role: RoleName,
    /// What the signature is for.
    pub purpose: String,
    /// How many are asked for.
    pub needed: u32,
    /// Who approved, for the current dossier.
    pub given: Vec<PersonId>,
    /// Whether one of them approved his own request.
    pub self_approved: bool,
    /// Who lapsed because content changed.
    pub lapsed: Vec<PersonId>,
    /// Who could still approve.
    pub eligible: Vec<PersonId>,
    /// Whom the approver must not be, in words.
    pub independent_of: Vec<String>,
}

impl RuleStatus {
    /// Whether enough people approved.
    pub fn satisfied(&self) -> bool {
        self.needed > 0 && self.given.len() >= self.needed as usize
    }
}

/// The approvals that count for a rule: not lapsed, for the dossier as it is now, one for each
/// person.
pub fn given_for(release: &Release, rule: u32) -> impl Iterator<Item = &Given> {
    release.approvals.iter().filter(move |given| !given.lapsed && given.approval.rule == rule)
}

/// Whether every rule of the plan is satisfied by distinct people. A plan without rules is never
/// complete (I-03).
pub fn approvals_complete(release: &Release, plan: &GatePlan) -> bool {
    let statuses = statuses(release, plan);
    !statuses.is_empty() && statuses.iter().all(RuleStatus::satisfied)
}

/// Every approval rule of the plan, with who gave what and who may still give.
pub fn statuses(release: &Release, plan: &GatePlan) -> Vec<RuleStatus> {
    (0u32..)
        .zip(&plan.approvals)
        .map(|(index, rule)| status(release, plan, (index, rule)))
        .collect()
}

fn status(release: &Release, plan: &GatePlan, (index, rule): (u32, &ApprovalRule)) -> RuleStatus {
    let given: Vec<&Given> = given_for(release, index).collect();
    let mut people: Vec<PersonId> = given.iter().map(|g| g.approval.person.clone()).collect();
    people.sort();
    people.dedup();
    let lapsed = release.approvals.iter().filter(|g| g.lapsed && g.approval.rule == index);
    RuleStatus {
        rule: index,
        role: rule.role.clone(),
        purpose: rule.purpose.clone(),
        needed: rule.count,
        self_approved: given.iter().any(|given| given.approval.self_approved),
        given: people,
        lapsed: lapsed.map(|given| given.approval.person.clone()).collect(),
        eligible: eligible(release, plan, rule),
        independent_of: rule.independent_of.iter().map(|of| of.human().to_owned()).collect(),
    }
}

fn eligible(release: &Release, plan: &GatePlan, rule: &ApprovalRule) -> Vec<PersonId> {
    let used = |person: &PersonId| {
        release.approvals.iter().any(|given| !given.lapsed && given.approval.stands_for(person))
    };
    let dependent = |person: &PersonId| {
        rule.independent_of.iter().any(|of| match of {
            Independence::Requester => release.requesters().contains(person),
            Independence::ModelOwner => &plan.owner == person,
            Independence::EvidenceAuthor => release.evidence_authors().contains(person),
            Independence::OtherRoles => plan
                .holders
                .iter()
                .any(|(role, holders)| role != &rule.role && holders.contains(person)),
        })
    };
    let holders = plan.holders.get(&rule.role).into_iter().flatten();
    holders.filter(|person| !used(person) && !dependent(person)).cloned().collect()
}

pub(super) fn blockers(release: &Release, plan: &GatePlan) -> Vec<Blocker> {
    let waiting = statuses(release, plan).into_iter().filter(|status| !status.satisfied());
    waiting
        .map(|status| Blocker {
            reason: Reason::ApprovalMissing {
                given: u32::try_from(status.given.len()).unwrap_or(u32::MAX),
                needed: status.needed,
                role: status.role.clone(),
                purpose: status.purpose,
            },
            lifted_by: Lifter { roles: vec![status.role], people: status.eligible },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;

    /// I-03
    #[test]
    fn a_rule_that_asks_for_nobody_is_never_satisfied() {
        let status = submitted(Low).report().approvals.remove(0);
        assert!(!RuleStatus { needed: 0, ..status }.satisfied());
    }

    /// I-03
    #[test]
    fn a_plan_without_rules_is_never_complete() {
        let world = submitted(Low);
        let empty = GatePlan { approvals: Vec::new(), ..world.plan() };
        assert!(!approvals_complete(world.release(), &empty));
    }

    #[test]
    fn whoever_signed_is_not_asked_again_under_another_rule() {
        let world = submitted(High).having("osei", approve_as("ai_governance_committee"));
        let committee = &world.report().approvals[0];
        assert_eq!(committee.given, [id("osei")]);
        assert_eq!(committee.eligible, ["lindqvist", "moreau"].map(id));
    }
}
