//! Assessing a release: every blocker at once, as data, with who could lift each.
//!
//! Pages, API, command line and the rules themselves read this; nothing else works out why a gate
//! is shut.

mod approvals;
mod changes;
mod criteria;
mod exceptions;
mod items;
mod schedule;
mod steps;
mod withdrawn;

pub use approvals::{RuleStatus, approvals_complete, given_for, statuses as rule_statuses};
pub use criteria::{CriterionStatus, Outcome, Source};
pub(crate) use exceptions::holds_already;
pub use exceptions::{ExceptionStatus, relied_on};
pub use items::ItemStatus;
pub use steps::{
    Clock, StepProgress, StepStatus, statuses as step_statuses, steps_waited_for, upload_missing,
};
pub use withdrawn::WithdrawnStatus;

use crate::blocker::{Blocker, Reason};
use crate::digest::Sha256;
use crate::name::{PersonId, RoleName};
use crate::plan::GatePlan;
use crate::register::Register;
use crate::release::{Release, State};
use jiff::Timestamp;
use serde::Serialize;

/// Where a release stands, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateReport {
    /// The word of its state.
    pub state: String,
    /// Every reason why the gate is shut; empty when it is open.
    pub blockers: Vec<Blocker>,
    /// The digest approvals bind to now.
    pub dossier: Sha256,
    /// The checklist.
    pub items: Vec<ItemStatus>,
    /// The prerequisites.
    pub prerequisites: Vec<PrerequisiteStatus>,
    /// The runbook's steps.
    pub steps: Vec<StepStatus>,
    /// The criteria.
    pub criteria: Vec<CriterionStatus>,
    /// The approvals.
    pub approvals: Vec<RuleStatus>,
    /// The exceptions.
    pub exceptions: Vec<ExceptionStatus>,
    /// Evidence that spoke against the release and no longer counts.
    pub withdrawn: Vec<WithdrawnStatus>,
}

/// A prerequisite and whether it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrerequisiteStatus {
    /// Counted from 1.
    pub number: u32,
    /// What must be true.
    pub text: String,
    /// Who confirmed it and when.
    pub confirmed: Option<(Timestamp, crate::actor::Who)>,
}

impl GateReport {
    /// The same, with only those among the possible approvers who still hold their role and have
    /// the qualification the plan asks for. Who could approve is fixed with the plan; who no longer
    /// can is read off the register at this moment.
    #[must_use]
    pub fn as_of(mut self, plan: &GatePlan, register: &Register, now: Timestamp) -> Self {
        let still =
            |person: &PersonId, role: &RoleName| register.still_approves((person, role), plan, now);
        for rule in &mut self.approvals {
            rule.eligible.retain(|person| still(person, &rule.role));
        }
        for blocker in &mut self.blockers {
            if let Reason::ApprovalMissing { role, .. } = &blocker.reason {
                blocker.lifted_by.people.retain(|person| still(person, role));
            }
        }
        self
    }
}

/// Assesses a release by its frozen plan; a draft, which has none, by a plan made for it.
/// `None` when there is no plan at all.
pub fn assess(
    release: &Release,
    draft_plan: Option<&GatePlan>,
    now: Timestamp,
) -> Option<GateReport> {
    let plan = release.plan.as_ref().or(draft_plan)?;
    let mut blockers = Vec::new();
    match release.state {
        State::Absent | State::Draft => {
            let people = release.requesters();
            blockers.push(Blocker::by_people(Reason::NotSubmitted, people));
            blockers.extend(submission_blockers(release, plan, now));
            blockers.extend(authority_blockers(release, now));
        }
        State::InReview => {
            blockers.extend(content_blockers(release, plan, now));
            blockers.extend(approvals::blockers(release, plan));
            blockers.extend(authority_blockers(release, now));
        }
        State::Rejected => blockers.push(Blocker::final_one(Reason::Rejected)),
        State::Withdrawn => blockers.push(Blocker::final_one(Reason::Withdrawn)),
        State::Approved
        | State::Deployed
        | State::Confirmed
        | State::Superseded
        | State::RolledBack
        | State::Retired => {
            blockers.extend(standing_blockers(release, plan, now));
        }
    }
    Some(GateReport {
        state: release.state_word().to_owned(),
        blockers,
        dossier: crate::dossier::digest(release),
        items: items::statuses(release, plan, now),
        prerequisites: prerequisites(release, plan),
        steps: steps::statuses(release, plan, now),
        criteria: criteria::statuses(release, plan, now),
        approvals: approvals::statuses(release, plan),
        exceptions: exceptions::statuses(release, now),
        withdrawn: withdrawn::statuses(release, plan),
    })
}

/// What keeps a draft from being submitted: its artifacts, its checklist and its prerequisites.
/// Steps and criteria come later, in review.
pub fn submission_blockers(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    blockers.extend(no_artifact(release));
    blockers.extend(prerequisite_blockers(release, plan));
    blockers.extend(items::blockers(release, plan, now));
    blockers
}

/// What keeps a submitted release from being approved, approvals themselves left out.
pub fn content_blockers(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<Blocker> {
    let mut blockers = submission_blockers(release, plan, now);
    blockers.extend(steps::blockers(release, plan));
    blockers.extend(steps::concerns(release, plan));
    blockers.extend(criteria::blockers(release, plan, now));
    blockers.extend(changes::blockers(release));
    blockers
}

/// What stops a release that runs on verbal authority while its papers are on the way.
fn authority_blockers(release: &Release, now: Timestamp) -> Vec<Blocker> {
    let roles = release.settings().map(|settings| settings.may_suspend.clone()).unwrap_or_default();
    let suspended = release.suspended.map(|_| Blocker::by_roles(Reason::Suspended, roles));
    suspended.into_iter().chain(crate::release::urgent::blockers(release, now)).collect()
}

/// What turns an approval into a deny: suspension, an overdue condition, an exception that came to
/// its end, a missed confirmation
/// where the policy says so, another release in its place.
fn standing_blockers(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    if release.suspended.is_some() {
        let roles = plan.settings.may_suspend.clone();
        blockers.push(Blocker::by_roles(Reason::Suspended, roles));
    }
    for (number, open) in &release.conditions {
        if open.denies(now) {
            let reason = Reason::ConditionOverdue { number: *number, due: open.due };
            let mut blocker = Blocker::by_people(reason, [open.condition.owner.clone()]);
            blocker.lifted_by.roles.push(open.set_by.clone());
            blockers.push(blocker);
        }
    }
    blockers.extend(exceptions::ended(release, plan, now));
    for (environment, deployed) in &release.deployments {
        let due = deployed.deployment.confirm_by;
        let here = release.urgent.left(environment).is_none();
        let missed = here && (deployed.missed || now > due);
        if plan.settings.missed_confirmation_denies && !deployed.is_confirmed() && missed {
            let reason = Reason::ConfirmationMissed { environment: environment.clone(), due };
            blockers.push(Blocker::by_people(reason, [plan.owner.clone()]));
        }
    }
    let places: std::collections::BTreeSet<_> =
        release.superseded.iter().map(|(environment, _)| environment.clone()).collect();
    let gone = places.into_iter().map(|environment| Reason::Superseded { environment });
    blockers.extend(gone.map(Blocker::final_one));
    let back = release.urgent.rolled_back.keys().cloned();
    let back = back.map(|environment| Reason::RolledBack { environment });
    let retired = release.urgent.retired.iter().cloned();
    let retired = retired.map(|environment| Reason::Retired { environment });
    blockers.extend(back.chain(retired).map(Blocker::final_one));
    blockers.extend(schedule::blocker(release, now));
    blockers
}

fn no_artifact(release: &Release) -> Option<Blocker> {
    release
        .artifacts
        .is_empty()
        .then(|| Blocker::by_people(Reason::NoArtifact, release.requesters()))
}

fn prerequisites(release: &Release, plan: &GatePlan) -> Vec<PrerequisiteStatus> {
    let numbered = (1u32..).zip(&plan.prerequisites);
    let status = |(number, text): (u32, &String)| PrerequisiteStatus {
        number,
        text: text.clone(),
        confirmed: release.prerequisites.get(&number).cloned(),
    };
    numbered.map(status).collect()
}

fn prerequisite_blockers(release: &Release, plan: &GatePlan) -> Vec<Blocker> {
    let open = prerequisites(release, plan).into_iter().filter(|one| one.confirmed.is_none());
    open.map(|one| {
        let reason = Reason::PrerequisiteOpen { number: one.number, text: one.text };
        Blocker::by_people(reason, release.requesters())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::blocker::Lifter;
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;

    ///
    #[test]
    fn untested_undocumented_and_unapproved_are_three_reasons_and_each_is_named() {
        let untested = submitted(Low).having("rivera", withdraw_evidence("e4"));
        assert_eq!(untested.blocked_by(), ["criterion.unmet", "approval.missing"]);
        let undocumented = submitted(Low).having("rivera", withdraw_evidence("e1"));
        assert_eq!(undocumented.blocked_by(), ["item.open", "approval.missing"]);
        let unapproved = submitted(Low);
        assert_eq!(unapproved.blocked_by(), ["approval.missing"]);
        for world in [untested, undocumented, unapproved] {
            assert_eq!(world.denied_by(), ["release.in_review"]);
        }
    }

    #[test]
    fn a_draft_says_all_that_keeps_it_from_being_submitted() {
        let codes = drafted(Low).blocked_by();
        assert_eq!(codes[0], "release.not_submitted");
        assert_eq!(codes[1..], ["item.open"; 5]);
    }

    #[test]
    fn a_blocker_names_who_can_lift_it() {
        let world = submitted(High).having("osei", approve_as("ai_governance_committee"));
        let blockers = world.report().blockers;
        let people = ["lindqvist", "moreau"].map(id).to_vec();
        let roles = vec![role("ai_governance_committee")];
        assert_eq!(blockers[0].lifted_by, Lifter { roles, people });
        assert!(blockers[0].to_string().ends_with("is missing (1 of 2)"));
    }

    #[test]
    fn an_open_gate_has_no_blocker() {
        assert!(approved(Low).report().blockers.is_empty());
        assert!(deployed(Low).report().blockers.is_empty());
    }
}
