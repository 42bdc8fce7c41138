//! What the events of a release carry: requests, artifacts, answers, evidence, approvals,
//! decisions, deployments.

use crate::classification::{ArtifactKind, ChangeType, Classification, RiskTier, Trait};
use crate::digest::Sha256;
use crate::field::Answers;
use crate::meeting::Sitting;
use crate::name::{
    EnvironmentName, EvidenceId, ItemName, ModelName, PersonId, Region, ReleaseId, RoleName,
    RunbookName, StepName,
};
use crate::reading::Reading;
use crate::release::Due;
use crate::schedule::Schedule;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Of which model.
    pub model: ModelName,
    /// What people call the release: `summarizer v1.4`.
    pub title: String,
    /// What kind of change it is.
    pub change: ChangeType,
    /// The model's tier when it was requested.
    pub tier: RiskTier,
    /// What changes, and why.
    pub summary: Text,
    /// Where it should run.
    pub environments: BTreeSet<EnvironmentName>,
    /// Where in the world it is used.
    #[serde(default)]
    pub regions: BTreeSet<Region>,
    /// The facts stated about it.
    #[serde(default)]
    pub traits: BTreeSet<Trait>,
    /// The runbook it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runbook: Option<RunbookChoice>,
    /// The rejected or withdrawn release it takes up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resubmits: Option<ReleaseId>,
    /// In which time it may first be deployed.
    #[serde(default, skip_serializing_if = "Schedule::is_open")]
    pub schedule: Schedule,
    /// Why the change type is a lower one than the facts propose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}

impl Request {
    /// What the release is, with the tier and the artifacts it has now.
    pub fn classification(&self, tier: RiskTier, artifacts: &[Artifact]) -> Classification {
        Classification {
            tier,
            change: self.change,
            regions: self.regions.clone(),
            traits: self.traits.clone(),
            artifacts: artifacts.iter().map(|artifact| artifact.kind).collect(),
        }
    }
}

/// A runbook, in one version: a release is pinned to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunbookChoice {
    /// Its slug.
    pub name: RunbookName,
    /// The version.
    pub version: String,
}

/// One digest-named part of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// What the team calls it; for weights and adapters the checkpoint's identifier.
    pub name: String,
    /// What kind of thing it is.
    pub kind: ArtifactKind,
    /// Its identity.
    pub digest: Sha256,
}

/// The answer to a checklist item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemAnswer {
    /// It is done; these are the answers to its questions.
    Confirmed(Filled),
    /// It does not apply, for a reason.
    NotApplicable {
        /// Why.
        reason: Text,
    },
}

/// Answers to typed questions: checked words as they are, free text as digests.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filled {
    /// Answers that are dates, numbers, choices, yes or no.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: Answers,
    /// Answers in free text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Text>,
}

/// What evidence is attached to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A checklist item.
    Item(ItemName),
    /// A step of the runbook.
    Step(StepName),
    /// A condition of the approval, by number: what shows that it was met.
    Condition(u32),
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Item(item) => write!(f, "item {item}"),
            Self::Step(step) => write!(f, "step {step}"),
            Self::Condition(number) => write!(f, "condition {number}"),
        }
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `e1`, `e2` … in the order of attachment.
    pub id: EvidenceId,
    /// The digest of its bytes, under which they are kept.
    pub sha256: Sha256,
    /// Its size in bytes.
    pub size: u64,
    /// The file's name.
    pub name: String,
    /// What it was attached to.
    pub target: Target,
    /// Which parts of a packet it covers: `safety`, `quality`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub parts: BTreeSet<String>,
    /// Whether customer examples in it are redacted.
    #[serde(default)]
    pub redacted: bool,
    /// The evidence it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<EvidenceId>,
    /// What a reader found; `None` for a file no reader knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
}

/// What completing a step left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepResult {
    /// It was done; this is what was done.
    Done {
        /// In words.
        statement: Text,
    },
    /// These files cover it.
    Files {
        /// The evidence.
        evidence: BTreeSet<EvidenceId>,
    },
    /// These are the answers.
    Answers(Filled),
    /// Another system took the message.
    Delivered {
        /// The message's identifier.
        message: String,
        /// The HTTP status it answered.
        status: u16,
    },
}

/// One person's signed yes, in one role, for one dossier and its environments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub person: PersonId,
    /// The holder of the role for whom the person stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
    /// The other accounts of these people; none of them approves again (I-03).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub other_accounts: BTreeSet<PersonId>,
    /// In which role.
    pub role: RoleName,
    /// For which rule of the plan, counted from 0.
    pub rule: u32,
    /// For exactly this content.
    pub dossier: Sha256,
    /// For these environments (I-09).
    pub environments: BTreeSet<EnvironmentName>,
    /// Promises it depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Promise>,
    /// True when the approver requested the release himself, where the rule allows it.
    #[serde(default)]
    pub self_approved: bool,
    /// What the approver wrote, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
    /// How strong the signature is.
    pub grade: Grade,
    /// The session in which it was voted; `None` when it was given alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sitting: Option<Sitting>,
}

impl Approval {
    /// Whether this approval is also this person's, who then approves no more.
    pub fn stands_for(&self, person: &PersonId) -> bool {
        &self.person == person
            || self.on_behalf_of.as_ref() == Some(person)
            || self.other_accounts.contains(person)
    }
}

/// How strong a signature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// A signed-in session: the weakest.
    Session,
}

/// A promise attached to an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What is promised.
    pub text: Text,
    /// Who keeps it.
    pub owner: PersonId,
    /// By when.
    pub due: Due,
}

/// The decision to release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The content it was made for.
    pub dossier: Sha256,
    /// The environments.
    pub environments: BTreeSet<EnvironmentName>,
    /// Who approved, in which role.
    pub approvers: Vec<(PersonId, RoleName)>,
    /// Whether there are conditions.
    pub with_conditions: bool,
    /// Whether an approval came from the requester himself.
    pub self_approved: bool,
}

/// Somebody said no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Who.
    pub person: PersonId,
    /// The holder of the role for whom the person stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
    /// In which role.
    pub role: RoleName,
    /// Why, as a word that can be counted.
    pub reason: RejectionReason,
    /// Why, in words.
    pub text: Text,
}

/// Why a release is rejected, as a word that can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// Evidence is missing, old or does not show what it should.
    InsufficientEvidence,
    /// A criterion is not met.
    CriteriaNotMet,
    /// The remaining risk is too high.
    UnacceptableRisk,
    /// A legal or regulatory duty is not met.
    Compliance,
    /// A security matter.
    Security,
    /// The release is not what it says it is.
    Scope,
    /// Something else; the text says what.
    Other,
}

impl RejectionReason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::InsufficientEvidence,
        Self::CriteriaNotMet,
        Self::UnacceptableRisk,
        Self::Compliance,
        Self::Security,
        Self::Scope,
        Self::Other,
    ];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::InsufficientEvidence => "insufficient_evidence",
            Self::CriteriaNotMet => "criteria_not_met",
            Self::UnacceptableRisk => "unacceptable_risk",
            Self::Compliance => "compliance",
            Self::Security => "security",
            Self::Scope => "scope",
            Self::Other => "other",
        }
    }
}

/// What went where, when, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    /// Where.
    pub environment: EnvironmentName,
    /// When it happened.
    pub at: Timestamp,
    /// Who deployed: a person or a machine.
    pub deployer: crate::actor::Who,
    /// The change ticket, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_reference: Option<String>,
    /// The digests deployed.
    pub digests: Vec<Sha256>,
    /// By when it has to be confirmed.
    pub confirm_by: Timestamp,
    /// What shut the environment to anything new at that moment, as stable words; it was let
    /// through in an emergency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<String>,
}

/// The three statements after a deployment (R-107..R-109).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statements {
    /// It operates within expected parameters.
    pub within_parameters: Answer,
    /// Monitoring is active and producing data.
    pub monitoring_active: Answer,
    /// No immediate issue was seen.
    pub no_issues: Answer,
    /// What there is to say, required with a "no".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Statements {
    /// Whether all three were a yes.
    pub fn all_well(&self) -> bool {
        [self.within_parameters, self.monitoring_active, self.no_issues] == [Answer::Yes; 3]
    }
}

/// Yes or no, said by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}
