//! A release as the API shows it.

mod about;
mod care;
pub mod emergency;
mod present;
mod withdrawn;

pub use care::{ChangeRequestView, ConditionView, ExceptionView, RiskView, WordView};
pub use withdrawn::WithdrawnView;

pub use emergency::EmergencyView;

use super::propose::ProposalView;
use super::schedule::ScheduleBody;
use crate::api::problem::Reason;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A release with its report, evidence and timeline.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReleaseView {
    /// Its identifier.
    pub release: String,
    /// Its version: how many events there were.
    pub version: u64,
    /// Its model.
    pub model: String,
    /// What people call it.
    pub title: String,
    /// The word of its state.
    pub state: String,
    /// Its change type.
    pub change: String,
    /// Its risk tier.
    pub tier: String,
    /// What changes, and why.
    pub summary: String,
    /// Who requested it, by name.
    pub requested_by: String,
    /// When it was requested (RFC 3339).
    pub requested_at: String,
    /// The rejected or withdrawn release it takes up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resubmits: Option<String>,
    /// The lower change type that was chosen than the facts proposed, when one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<OverriddenView>,
    /// Where in the world it is used.
    #[serde(default)]
    pub regions: Vec<String>,
    /// The facts stated about it.
    #[serde(default)]
    pub traits: Vec<String>,
    /// Where it should run.
    pub environments: Vec<String>,
    /// In which time it may first be deployed; absent when that is left open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleBody>,
    /// Its artifacts.
    pub artifacts: Vec<ArtifactView>,
    /// The digest approvals bind to now.
    pub dossier: Option<String>,
    /// The policy it is judged by: `NAME VERSION`.
    pub policy: Option<String>,
    /// The runbook it follows: `NAME VERSION`.
    pub runbook: Option<String>,
    /// Why a draft would get no plan if it were submitted now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_plan: Option<String>,
    /// What approving it does at once, when it is a retirement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shuts: Option<String>,
    /// Its emergency on verbal authority, when it is one. While that holds, `blockers` say what its
    /// papers lack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<EmergencyView>,
    /// Every reason why the gate is shut; empty when it is open.
    pub blockers: Vec<Reason>,
    /// The names of the people in `blockers`, by identifier.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// The checklist.
    pub items: Vec<ItemView>,
    /// The prerequisites of the runbook.
    pub prerequisites: Vec<PrerequisiteView>,
    /// The steps of the runbook.
    pub steps: Vec<StepView>,
    /// The criteria.
    pub criteria: Vec<CriterionView>,
    /// The approvals asked for and given.
    pub approvals: Vec<ApprovalView>,
    /// The concerns raised, resolved ones included.
    #[serde(default)]
    pub concerns: Vec<ConcernView>,
    /// The rejection, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejection: Option<RejectionView>,
    /// The evidence.
    pub evidence: Vec<EvidenceView>,
    /// Evidence that spoke against the release and no longer counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<WithdrawnView>,
    /// The deployments.
    pub deployments: Vec<DeploymentView>,
    /// The conditions of the approval.
    pub conditions: Vec<ConditionView>,
    /// The exceptions asked for.
    #[serde(default)]
    pub exceptions: Vec<ExceptionView>,
    /// The change requests of reviewers.
    #[serde(default)]
    pub change_requests: Vec<ChangeRequestView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// A lower change type than the facts proposed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OverriddenView {
    /// What the facts proposed.
    pub proposal: ProposalView,
    /// Why another was chosen.
    pub reason: String,
    /// Who chose it.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

/// An artifact.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ArtifactView {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its digest.
    pub digest: String,
}

/// A checklist item.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ItemView {
    /// Its name.
    pub item: String,
    /// What is confirmed.
    pub title: String,
    /// Its section.
    pub section: String,
    /// `open`, `complete`, `waived` or `not_applicable`.
    pub state: String,
    /// Why it is asked, in the policy's words.
    pub asked_because: String,
    /// What it lacks.
    pub missing: Vec<String>,
    /// The evidence attached to it.
    pub evidence: Vec<String>,
    /// The reason somebody gave for "not applicable", whether or not that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub does_not_apply: Option<String>,
    /// Its questions.
    #[serde(default)]
    pub fields: Vec<FieldView>,
    /// Whether "not applicable", with a reason, is an answer.
    #[serde(default)]
    pub may_not_apply: bool,
}

/// A question of a checklist item or of a form.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FieldView {
    /// The key in answers.
    pub name: String,
    /// The question.
    pub label: String,
    /// `text`, `yes_no`, `date`, `number`, `choice`, `risk` or `rows`.
    pub kind: String,
    /// The possible answers of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether an answer is needed where the question applies.
    pub required: bool,
    /// Asked only when another field has this answer: `tool_use = yes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// A prerequisite.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PrerequisiteView {
    /// Its number.
    pub number: u32,
    /// What must be true.
    pub text: String,
    /// Who confirmed it; absent while nobody has.
    pub confirmed_by: Option<String>,
}

/// A step.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StepView {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub step: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// The role that does it.
    pub role: String,
    /// `done`, `ready`, `waits`, `after_decision` or `delivery_failed`.
    pub progress: String,
    /// When it is due (RFC 3339).
    pub due: Option<String>,
    /// Whether it is late.
    pub overdue: bool,
    /// Whether its clock stands still while the release waits for the answer to a change request.
    #[serde(default)]
    pub paused: bool,
    /// What it lacks, then what somebody should look at.
    pub remarks: Vec<String>,
    /// The questions of a form.
    #[serde(default)]
    pub fields: Vec<FieldView>,
    /// The parts that uploaded files have to cover.
    #[serde(default)]
    pub parts: Vec<String>,
}

/// A criterion.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CriterionView {
    /// Its name.
    pub criterion: String,
    /// What it asks.
    pub title: String,
    /// `met`, `unmet`, `unknown`, `waived` or `not_applicable`.
    pub outcome: String,
    /// Why, in one sentence.
    pub because: String,
}

/// An approval rule.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ApprovalView {
    /// The role.
    pub role: String,
    /// What the signature is for.
    pub purpose: String,
    /// How many people are asked for.
    pub needed: u32,
    /// Who approved the current dossier.
    pub given_by: Vec<String>,
    /// Whose approval lapsed because content changed.
    pub lapsed: Vec<String>,
    /// Whether somebody approved his own request.
    pub self_approved: bool,
    /// Who could still approve, by name.
    pub eligible: Vec<String>,
}

/// A concern.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConcernView {
    /// Its number.
    pub number: u32,
    /// The step it is about.
    pub step: String,
    /// What it is about.
    pub text: String,
    /// Who raised it.
    pub by: String,
    /// How it was resolved; absent while it stands.
    pub resolved: Option<String>,
}

/// A rejection.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RejectionView {
    /// Who rejected, by name.
    pub by: String,
    /// In which role.
    pub role: String,
    /// The reason as a word: `criteria_not_met`.
    pub reason: String,
    /// The reason in words.
    pub text: String,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EvidenceView {
    /// Its identifier on this release.
    pub evidence: String,
    /// The file's name.
    pub name: String,
    /// Its digest.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it is attached to: `item model_card`.
    pub target: String,
    /// The format a reader recognised.
    pub format: Option<String>,
    /// How many measurements, findings and checks were read.
    pub read: u64,
    /// Who attached it.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// Whether it was withdrawn or replaced.
    pub withdrawn: bool,
    /// What the reader noticed.
    pub warnings: Vec<String>,
    /// How its content was purged; absent while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purged: Option<PurgedView>,
}

/// How the content of a piece of evidence was purged.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PurgedView {
    /// When (RFC 3339).
    pub at: String,
    /// Who confirmed it, by name.
    pub by: String,
    /// Who proposed it, by name.
    pub proposed_by: String,
    /// Why.
    pub reason: String,
}

/// A deployment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeploymentView {
    /// Where.
    pub environment: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who deployed.
    pub deployer: String,
    /// The change ticket.
    pub change_reference: Option<String>,
    /// By when it has to be confirmed (RFC 3339).
    pub confirm_by: String,
    /// `waiting`, `confirmed`, `confirmed_with_issues` or `missed`.
    pub confirmation: String,
    /// What it passed as an emergency, as stable words: `environment.frozen`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<String>,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TimelineEntry {
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub by: String,
    /// The event's word.
    pub event: String,
    /// What it concerns: an item, a step, a role, an environment, a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}
