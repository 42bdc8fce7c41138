//! What happens to a release. Every event is a complete fact: whatever a replay needs is in it.

use super::content::{
    Approval, Artifact, Decision, Deployment, Evidence, ItemAnswer, Rejection, Request, Statements,
    StepResult,
};
use super::retention::RetentionEvent;
use super::urgent::UrgentEvent;
use crate::change_request::ChangesEvent;
use crate::condition::ConditionEvent;
use crate::digest::Sha256;
use crate::exception::ExceptionEvent;
use crate::name::{EnvironmentName, EvidenceId, ItemName, PersonId, ReleaseId, StepName};
use crate::plan::GatePlan;
use crate::proposal::Proposal;
use crate::reading::Reading;
use crate::schedule::Schedule;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happened to a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum ReleaseEvent {
    /// Somebody asked for a release.
    Requested { id: ReleaseId, request: Box<Request>, artifacts: Vec<Artifact> },
    /// The time in which it may first be deployed was changed.
    Rescheduled { schedule: Schedule },
    /// A lower change type was chosen than the facts propose.
    ChangeTypeOverridden { proposal: Box<Proposal>, reason: Text },
    /// An artifact was added.
    ArtifactAdded { artifact: Artifact },
    /// An artifact was taken out.
    ArtifactRemoved { name: String },
    /// A prerequisite of the runbook was confirmed.
    PrerequisiteConfirmed { number: u32 },
    /// A checklist item was answered.
    ItemAnswered { item: ItemName, answer: ItemAnswer },
    /// Evidence was attached, with what a reader found in it.
    EvidenceAttached { evidence: Box<Evidence> },
    /// More of what the reader found, when it does not fit into one event.
    ReadingContinued { evidence: EvidenceId, part: Box<Reading> },
    /// Evidence no longer counts.
    EvidenceWithdrawn { evidence: EvidenceId, reason: Text },
    /// An approver opened evidence.
    EvidenceOpened { evidence: EvidenceId },
    /// A finding was closed by hand.
    FindingClosed { evidence: EvidenceId, finding: String, reason: Text },
    /// The release was submitted; its plan is fixed.
    Submitted { plan: Box<GatePlan>, dossier: Sha256 },
    /// A step was completed.
    StepCompleted { step: StepName, result: StepResult },
    /// A webhook could not be delivered; somebody has to look.
    DeliveryFailed { step: StepName, error: String },
    /// Somebody raised a concern, which stops approvals.
    ConcernRaised { number: u32, step: StepName, text: Text },
    /// A concern was resolved.
    ConcernResolved { number: u32, text: Text },
    /// Somebody approved.
    ApprovalGiven { approval: Approval },
    /// Content changed, so approvals given for the old dossier no longer count.
    ApprovalsLapsed { people: Vec<PersonId>, old: Sha256, new: Sha256, changed: String },
    /// Every requirement was met: the decision is yes.
    Approved { decision: Decision },
    /// Somebody with a right to said no.
    Rejected { rejection: Rejection },
    /// The requester took it back.
    Withdrawn { reason: Text },
    /// It was put into an environment.
    Deployed { deployment: Deployment },
    /// The owner made the three statements about a deployment.
    DeploymentConfirmed { environment: EnvironmentName, statements: Statements },
    /// The statements did not come in time.
    ConfirmationMissed { environment: EnvironmentName, due: Timestamp },
    /// Something happened to a condition that is still open.
    Condition(ConditionEvent),
    /// Something happened to an exception.
    Exception(ExceptionEvent),
    /// Something happened to a change request of a reviewer.
    Changes(ChangesEvent),
    /// A condition was met: the role that set it says so.
    ConditionClosed { number: u32, done: Text },
    /// It must not run anywhere for now.
    Suspended { reason: Text },
    /// It may run again.
    Resumed { reason: Text },
    /// Another release took its place.
    Superseded { environment: EnvironmentName, digests: Vec<Sha256>, by: ReleaseId },
    /// Something happened beside the routine.
    Urgent(UrgentEvent),
    /// Something happened to its records.
    Retention(RetentionEvent),
    /// Somebody tried to decide without a right to (I-01). Nothing else changed.
    AttemptRefused { action: String, code: String },
}

impl ReleaseEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Requested { .. } => "requested",
            Self::Rescheduled { .. } => "rescheduled",
            Self::ChangeTypeOverridden { .. } => "change_type_overridden",
            Self::ArtifactAdded { .. } => "artifact_added",
            Self::ArtifactRemoved { .. } => "artifact_removed",
            Self::PrerequisiteConfirmed { .. } => "prerequisite_confirmed",
            Self::ItemAnswered { .. } => "item_answered",
            Self::EvidenceAttached { .. } => "evidence_attached",
            Self::ReadingContinued { .. } => "reading_continued",
            Self::EvidenceWithdrawn { .. } => "evidence_withdrawn",
            Self::EvidenceOpened { .. } => "evidence_opened",
            Self::FindingClosed { .. } => "finding_closed",
            Self::Submitted { .. } => "submitted",
            Self::StepCompleted { .. } => "step_completed",
            Self::DeliveryFailed { .. } => "delivery_failed",
            Self::ConcernRaised { .. } => "concern_raised",
            Self::ConcernResolved { .. } => "concern_resolved",
            Self::ApprovalGiven { .. } => "approval_given",
            Self::ApprovalsLapsed { .. } => "approvals_lapsed",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Deployed { .. } => "deployed",
            Self::DeploymentConfirmed { .. } => "deployment_confirmed",
            Self::ConfirmationMissed { .. } => "confirmation_missed",
            Self::Condition(event) => event.word(),
            Self::Exception(event) => event.word(),
            Self::Changes(event) => event.word(),
            Self::ConditionClosed { .. } => "condition_closed",
            Self::Suspended { .. } => "suspended",
            Self::Resumed { .. } => "resumed",
            Self::Superseded { .. } => "superseded",
            Self::Urgent(event) => event.word(),
            Self::Retention(event) => event.word(),
            Self::AttemptRefused { .. } => "attempt_refused",
        }
    }
}

impl ReleaseEvent {
    /// What a lapsed approval says has changed.
    pub(crate) fn what_changed(&self) -> String {
        match self {
            Self::Rescheduled { .. } => "the time of the deployment was changed".to_owned(),
            Self::ArtifactAdded { artifact } => format!("artifact `{}` was added", artifact.name),
            Self::ArtifactRemoved { name } => format!("artifact `{name}` was taken out"),
            Self::ItemAnswered { item, .. } => format!("checklist item `{item}` was answered anew"),
            Self::EvidenceAttached { evidence } => {
                format!("evidence `{}` ({}) was attached", evidence.id, evidence.name)
            }
            Self::EvidenceWithdrawn { evidence, .. } => {
                format!("evidence `{evidence}` was withdrawn")
            }
            Self::FindingClosed { finding, .. } => format!("finding `{finding}` was closed"),
            Self::StepCompleted { step, .. } => format!("step `{step}` was completed anew"),
            Self::ConcernRaised { step, .. } => format!("a concern was raised on step `{step}`"),
            Self::ConcernResolved { number, .. } => format!("concern {number} was resolved"),
            Self::PrerequisiteConfirmed { number } => {
                format!("prerequisite {number} was confirmed")
            }
            Self::Exception(event) => event.what_changed(),
            Self::Changes(event) => event.what_changed(),
            Self::Requested { .. }
            | Self::ChangeTypeOverridden { .. }
            | Self::ReadingContinued { .. }
            | Self::EvidenceOpened { .. }
            | Self::Submitted { .. }
            | Self::DeliveryFailed { .. }
            | Self::ApprovalGiven { .. }
            | Self::ApprovalsLapsed { .. }
            | Self::Approved { .. }
            | Self::Rejected { .. }
            | Self::Withdrawn { .. }
            | Self::Deployed { .. }
            | Self::DeploymentConfirmed { .. }
            | Self::ConfirmationMissed { .. }
            | Self::Condition(_)
            | Self::ConditionClosed { .. }
            | Self::Suspended { .. }
            | Self::Resumed { .. }
            | Self::Superseded { .. }
            | Self::Retention(_)
            | Self::AttemptRefused { .. } => String::new(),
            Self::Urgent(UrgentEvent::DrillRecorded { drill }) => {
                format!("a drill on {} was recorded", drill.on)
            }
            Self::Urgent(event) => event.word().replace('_', " "),
        }
    }
}
