//! What people do in stories, in the words they use; drivers turn it into commands.

pub mod beside;

use super::care::Care;
use super::people::OfPeople;
use countersign_core::schedule::Schedule;
use std::collections::BTreeMap;

/// Something done by somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    RegisterModel {
        model: String,
        tier: String,
        intended_use: String,
    },
    ChangeTier {
        model: String,
        tier: String,
        reason: String,
    },
    ChangeOwner {
        model: String,
        owner: String,
        reason: String,
    },
    Request(Box<Asked>),
    AddArtifact(NamedArtifact),
    RemoveArtifact {
        name: String,
    },
    ConfirmPrerequisite {
        number: u32,
    },
    Answer {
        item: String,
        answers: BTreeMap<String, String>,
    },
    NotApplicable {
        item: String,
        reason: String,
    },
    Attach(Attachment),
    WithdrawEvidence {
        evidence: String,
        reason: String,
    },
    OpenEvidence {
        evidence: String,
    },
    CloseFinding {
        evidence: String,
        finding: String,
        reason: String,
    },
    Submit,
    Complete {
        step: String,
        done: Done,
    },
    RaiseConcern {
        step: String,
        text: String,
    },
    ResolveConcern {
        number: u32,
        text: String,
    },
    /// Reads the release; a later approval by the same person is for what was read here.
    Read,
    Approve {
        role: String,
        conditions: Vec<Condition>,
    },
    Reject {
        role: String,
        reason: String,
        text: String,
    },
    Withdraw {
        reason: String,
    },
    Deploy {
        environment: String,
        change: Option<String>,
    },
    Confirm {
        environment: String,
        trouble: Option<String>,
    },
    /// About a condition, an exception or a change request.
    Care(Care),
    /// About keeping records.
    Kept(super::kept::Kept),
    /// Countersign's own: whatever its clock says is due.
    Clock,
    Suspend {
        reason: String,
    },
    Resume {
        reason: String,
    },
    /// Changes who may do what.
    OfPeople(OfPeople),
    PublishPolicy {
        file: String,
        /// What is written otherwise than in the file, before and after.
        changes: Vec<(String, String)>,
    },
    ApprovePolicy {
        policy: String,
    },
    DeclinePolicy {
        policy: String,
        reason: String,
    },
    /// Something done in a session of the committee.
    Meeting {
        meeting: String,
        deed: MeetingDeed,
    },
    PublishRunbook {
        file: String,
    },
    /// Countersign's own: the other system took the message of a webhook step.
    Delivered {
        step: String,
    },
    /// Countersign's own: the clock found a confirmation missing.
    Missed {
        environment: String,
    },
    /// About the review of a policy.
    OfPolicy(super::policy_review::PolicyDeed),
    /// Something beside the routine.
    Urgent(super::urgent::UrgentDeed),
    /// About the times in which environments take something new.
    OfTimes(super::times::OfTimes),
    /// Changes the time in which the release may first be deployed.
    Schedule(Schedule),
    /// Something done beside the releases.
    Beside(beside::Beside),
    /// Several deeds at once: every prerequisite of the runbook.
    ConfirmPrerequisites,
    /// Several deeds at once: every open item, with the answers of `checklist.txt`.
    CompleteChecklist {
        except: Vec<String>,
    },
    /// Several deeds at once, by several people: every step that can be done.
    WorkThroughRunbook {
        except: Vec<String>,
    },
}

/// A release as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub title: String,
    pub model: String,
    pub change: String,
    pub summary: String,
    pub artifacts: Vec<NamedArtifact>,
    pub environments: Vec<String>,
    pub regions: Vec<String>,
    pub facts: Vec<String>,
    pub runbook: Option<String>,
    pub resubmits: Option<String>,
    pub schedule: Schedule,
    pub override_reason: Option<String>,
}

/// An artifact. Its digest is that of a word, so that a story needs no digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedArtifact {
    pub name: String,
    pub kind: String,
    /// The word that stands for its bytes: the name, unless the story says another.
    pub bytes: String,
}

/// A file and what it is attached to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    pub file: String,
    pub to: Place,
    pub parts: Vec<String>,
    pub redacted: bool,
    pub replaces: Option<String>,
    /// What is in it; a file of `stories/files` when left out.
    pub content: Option<String>,
}

impl Attachment {
    /// The bytes of the file.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        match &self.content {
            Some(text) => Ok(text.clone().into_bytes()),
            None => super::organisation::file(&self.file),
        }
    }
}

/// What a file is attached to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Item(String),
    Step(String),
    Condition(u32),
}

impl Default for Place {
    fn default() -> Self {
        Self::Item(String::new())
    }
}

/// How a step is completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    Statement(String),
    Files,
    Answers(BTreeMap<String, String>),
}

/// A promise an approval depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub text: String,
    pub owner: String,
    pub due: countersign_core::release::Due,
}

/// Something done in a session. Items are named by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingDeed {
    Call { urgent: Option<String> },
    Open,
    PutRelease { release: String },
    PutPolicy { policy: String },
    Vote { number: u32, vote: String, reason: Option<String> },
    Recuse { number: u32, reason: String },
    Settle { number: u32, statement: Option<String> },
    Close { minutes: String },
}
