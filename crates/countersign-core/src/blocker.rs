//! Blockers: the reasons why a gate is shut, as data, with who can lift each.

use crate::exception::Waived;
use crate::name::{
    CriterionName, EnvironmentName, ItemName, PersonId, ReleaseId, RoleName, StepName,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One reason why the gate is shut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocker {
    /// What is wrong.
    pub reason: Reason,
    /// Who can lift it.
    pub lifted_by: Lifter,
}

/// Who can lift a blocker: these people, or any holder of these roles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lifter {
    /// Roles, any holder of which can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleName>,
    /// People who can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}

/// What shuts a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and its message name")]
pub enum Reason {
    /// The release names no artifact.
    NoArtifact,
    /// The release is still being prepared.
    NotSubmitted,
    /// A prerequisite of the runbook is not confirmed.
    PrerequisiteOpen { number: u32, text: String },
    /// A checklist item is not complete.
    ItemOpen { item: ItemName, title: String, missing: Vec<String> },
    /// A step of the runbook is not complete.
    StepOpen { step: StepName, title: String, missing: Vec<String> },
    /// Somebody raised a concern on a step.
    ConcernOpen { number: u32, step: StepName },
    /// A criterion is not met, or not known to be met.
    CriterionUnmet { criterion: CriterionName, title: String, because: String },
    /// An approval is missing.
    ApprovalMissing { role: RoleName, purpose: String, given: u32, needed: u32 },
    /// The release was rejected.
    Rejected,
    /// The release was withdrawn.
    Withdrawn,
    /// Another release took its place.
    Superseded { environment: EnvironmentName },
    /// The release is suspended.
    Suspended,
    /// A change request of a reviewer waits for its answer.
    ChangesRequested { number: u32 },
    /// The answer to a change request waits for the reviewer.
    ChangesAnswered { number: u32 },
    /// An exception the release relies on has ended.
    ExceptionEnded { number: u32, waives: Waived, at: Timestamp },
    /// A condition of the approval is overdue.
    ConditionOverdue { number: u32, due: Timestamp },
    /// The confirmation after deployment did not come in time.
    ConfirmationMissed { environment: EnvironmentName, due: Timestamp },
    /// Whoever was said to have given verbal authority denied it.
    AuthorityDenied,
    /// Nobody has confirmed the verbal authority in time.
    AuthorityUnconfirmed { due: Timestamp },
    /// An emergency of the owner was never followed by its papers.
    PapersOverdue { release: ReleaseId, due: Timestamp },
    /// The release before it took its place again.
    RolledBack { environment: EnvironmentName },
    /// It left with its model.
    Retired { environment: EnvironmentName },
    /// It is approved for a time that has not come.
    NotYet { from: Timestamp },
    /// The time it was approved for is over, and it is not everywhere it was to go.
    TooLate { until: Timestamp },
}

impl Blocker {
    /// A blocker that any holder of these roles can lift.
    pub fn by_roles(reason: Reason, roles: impl IntoIterator<Item = RoleName>) -> Self {
        let lifted_by = Lifter { roles: roles.into_iter().collect(), people: Vec::new() };
        Self { reason, lifted_by }
    }

    /// A blocker that one of these people can lift.
    pub fn by_people(reason: Reason, people: impl IntoIterator<Item = PersonId>) -> Self {
        let lifted_by = Lifter { roles: Vec::new(), people: people.into_iter().collect() };
        Self { reason, lifted_by }
    }

    /// A blocker that nothing lifts: the release has come to its end.
    pub fn final_one(reason: Reason) -> Self {
        Self { reason, lifted_by: Lifter::default() }
    }

    /// A stable word for tools.
    pub fn code(&self) -> &'static str {
        match &self.reason {
            Reason::NoArtifact => "artifact.missing",
            Reason::NotSubmitted => "release.not_submitted",
            Reason::PrerequisiteOpen { .. } => "prerequisite.open",
            Reason::ItemOpen { .. } => "item.open",
            Reason::StepOpen { .. } => "step.open",
            Reason::ConcernOpen { .. } => "concern.open",
            Reason::CriterionUnmet { .. } => "criterion.unmet",
            Reason::ApprovalMissing { .. } => "approval.missing",
            Reason::Rejected => "release.rejected",
            Reason::Withdrawn => "release.withdrawn",
            Reason::Superseded { .. } => "release.superseded",
            Reason::Suspended => "release.suspended",
            Reason::ChangesRequested { .. } => "changes.requested",
            Reason::ChangesAnswered { .. } => "changes.answered",
            Reason::ExceptionEnded { .. } => "exception.expired",
            Reason::ConditionOverdue { .. } => "condition.overdue",
            Reason::ConfirmationMissed { .. } => "confirmation.missed",
            Reason::AuthorityDenied => "release.authority_denied",
            Reason::AuthorityUnconfirmed { .. } => "authority.unconfirmed",
            Reason::PapersOverdue { .. } => "papers.overdue",
            Reason::RolledBack { .. } => "release.rolled_back",
            Reason::Retired { .. } => "release.retired",
            Reason::NotYet { .. } => "release.not_yet",
            Reason::TooLate { .. } => "release.too_late",
        }
    }

    /// What to do about it.
    pub fn next_step(&self) -> &'static str {
        match &self.reason {
            Reason::NoArtifact => "add the artifact's digest",
            Reason::NotSubmitted => "submit the release",
            Reason::PrerequisiteOpen { .. } => "confirm the prerequisite",
            Reason::ItemOpen { .. } => "complete the checklist item",
            Reason::StepOpen { .. } => "complete the step",
            Reason::ConcernOpen { .. } => "resolve the concern",
            Reason::CriterionUnmet { .. } => "attach evidence that meets the criterion",
            Reason::ApprovalMissing { .. } => "approve the current dossier",
            Reason::Rejected | Reason::Withdrawn => "request a new release that resubmits this one",
            Reason::Superseded { .. } => "ask for the release that took its place",
            Reason::Suspended => "resume the release when the risk is gone",
            Reason::ChangesRequested { .. } => "answer the change request",
            Reason::ChangesAnswered { .. } => "take the answer, or insist",
            Reason::ExceptionEnded { .. } => {
                "ask for an exception that extends it, or release a version that needs none"
            }
            Reason::ConditionOverdue { .. } => "meet the condition and have it closed",
            Reason::ConfirmationMissed { .. } => "confirm the deployment",
            Reason::AuthorityDenied => "roll back, and get the release approved in writing",
            Reason::AuthorityUnconfirmed { .. } => "ask for the confirmation",
            Reason::PapersOverdue { .. } => {
                "submit the emergency release and get it approved or rejected"
            }
            Reason::RolledBack { .. } => "request a new release that mends what was wrong",
            Reason::Retired { .. } => "request the model as a new one",
            Reason::NotYet { .. } => "wait until then; it is allowed by itself",
            Reason::TooLate { .. } => "request a new release for another time",
        }
    }
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = |what: &[String]| {
            if what.is_empty() { String::new() } else { format!(": {}", what.join("; ")) }
        };
        match &self.reason {
            Reason::NoArtifact => f.write_str("no artifact is named"),
            Reason::NotSubmitted => f.write_str("the release is not submitted"),
            Reason::PrerequisiteOpen { number, text } => {
                write!(f, "prerequisite {number} is not confirmed: {text}")
            }
            Reason::ItemOpen { title, missing: what, .. } => {
                write!(f, "checklist item `{title}` is open{}", missing(what))
            }
            Reason::StepOpen { title, missing: what, .. } => {
                write!(f, "step `{title}` is open{}", missing(what))
            }
            Reason::ConcernOpen { number, step } => {
                write!(f, "concern {number} on step `{step}` is not resolved")
            }
            Reason::CriterionUnmet { title, because, .. } => write!(f, "{title}: {because}"),
            Reason::ApprovalMissing { role, purpose, given, needed } => {
                write!(f, "{purpose} by `{role}` is missing ({given} of {needed})")
            }
            Reason::Rejected => f.write_str("the release was rejected"),
            Reason::Withdrawn => f.write_str("the release was withdrawn"),
            Reason::Superseded { environment } => {
                write!(f, "another release took its place in {environment}")
            }
            Reason::Suspended => f.write_str("the release is suspended"),
            Reason::ChangesRequested { number } => {
                write!(f, "change request {number} waits for an answer")
            }
            Reason::ChangesAnswered { number } => {
                write!(f, "the answer to change request {number} waits for the reviewer")
            }
            Reason::ExceptionEnded { number, waives, at } => {
                write!(f, "exception {number} for {waives} ended {at}")
            }
            Reason::ConditionOverdue { number, due } => {
                write!(f, "condition {number} was due {due} and is not met")
            }
            Reason::ConfirmationMissed { environment, due } => {
                write!(f, "the confirmation for {environment} was due {due} and did not come")
            }
            Reason::AuthorityDenied => f.write_str("the verbal authority was denied"),
            Reason::AuthorityUnconfirmed { due } => {
                write!(f, "the verbal authority was to be confirmed by {due} and was not")
            }
            Reason::PapersOverdue { release, due } => {
                write!(f, "the papers of emergency release {release} were due {due}")
            }
            Reason::RolledBack { environment } => {
                write!(f, "it was rolled back in {environment}")
            }
            Reason::Retired { environment } => {
                write!(f, "it left {environment} when the model was retired")
            }
            Reason::NotYet { from } => write!(f, "it may be deployed from {from} on, not before"),
            Reason::TooLate { until } => write!(f, "it was to be deployed before {until}"),
        }
    }
}
