//! Read rows: what lists, inboxes and verdicts are answered from.
//!
//! Every row is a pure function of one stream's state, written in the append that changed it.
//! `countersign doctor --replay` compares them with the fold. No row holds a rule: a verdict is
//! computed from [`StandingRow`]s by the core's one verdict function.

use crate::classification::{ChangeType, RiskTier};
use crate::digest::Sha256;
use crate::entry::EntryKind;
use crate::name::{EnvironmentName, ModelName, PersonId, ReleaseId, RoleName};
use crate::schedule::Schedule;
use crate::stream::StreamId;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One release in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRow {
    /// Which release.
    pub release: ReleaseId,
    /// Of which model.
    pub model: ModelName,
    /// Its title: `summarizer v1.4`.
    pub title: String,
    /// The word of its state: `draft`, `in_review`, `approved` …
    pub state: String,
    /// The change it makes.
    pub change: ChangeType,
    /// The model's tier when it was requested or submitted.
    pub tier: RiskTier,
    /// Who requested it.
    pub requested_by: PersonId,
    /// When it was requested.
    pub requested_at: Timestamp,
    /// When its last event happened.
    pub updated_at: Timestamp,
}

/// Something one person or role has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRow {
    /// On what: the history it comes from, most often a release.
    pub subject: StreamId,
    /// A key unique in that history: `step/security-review`, `approval/2`, `confirm/production`.
    pub task: String,
    /// What to do, as a person reads it.
    pub title: String,
    /// The person it waits for, when it is one person's.
    pub person: Option<PersonId>,
    /// The role it waits for, when any holder may do it.
    pub role: Option<RoleName>,
    /// When it should be done; `None` sorts last.
    pub due: Option<Timestamp>,
}

/// One entry of a list that people keep beside the releases: a condition, an exception, an
/// incident. Lists of every kind are answered from these rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// Which list it belongs to.
    pub kind: EntryKind,
    /// Its identifier in that list: `r-k3…/condition-1`.
    pub id: String,
    /// The history it comes from.
    pub subject: StreamId,
    /// The model it concerns.
    pub model: Option<ModelName>,
    /// What it is, as a person reads it. Free text is not in it.
    pub title: String,
    /// What somebody wrote about it; kept apart, so that it can be erased.
    pub text: Option<Text>,
    /// The word of its state: `open`, `closed` …
    pub state: String,
    /// Whom it waits for, or who answers for it.
    pub owner: Option<PersonId>,
    /// The role that deals with it.
    pub role: Option<RoleName>,
    /// When it is due, or until when it holds.
    pub due: Option<Timestamp>,
    /// Since when there is such an entry.
    pub opened_at: Timestamp,
    /// Since when it is settled; `None` while it is open.
    pub closed_at: Option<Timestamp>,
}

impl EntryRow {
    /// The row as it is at this moment: what ended by itself has ended, whether the clock recorded
    /// it or not (I-11).
    #[must_use]
    pub fn as_of(mut self, now: Timestamp) -> Self {
        let ended = self.due.filter(|due| now > *due && self.closed_at.is_none());
        if self.kind == EntryKind::Exception
            && self.state == "granted"
            && let Some(end) = ended
        {
            self.state = "expired".to_owned();
            self.closed_at = Some(end);
        }
        if self.kind == EntryKind::Freeze && self.state == "declared" {
            // A freeze holds no longer at its end; the other lists count their last moment in.
            let over = self.due.filter(|due| now >= *due);
            self.closed_at = over;
            self.state = if over.is_some() { "ended" } else { "declared" }.to_owned();
        }
        self
    }
}

/// One model in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelRow {
    /// Which model.
    pub model: ModelName,
    /// What people call it.
    pub title: String,
    /// Who owns it.
    pub owner: PersonId,
    /// Its tier now.
    pub tier: RiskTier,
    /// When it was registered.
    pub registered_at: Timestamp,
}

/// Where one release stands on one digest in one environment: all a verdict needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingRow {
    /// The digest asked about.
    pub digest: Sha256,
    /// The environment asked about.
    pub environment: EnvironmentName,
    /// The release that names both.
    pub release: ReleaseId,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a release stands on a digest in an environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Standing {
    /// Not decided yet, or refused, withdrawn, suspended, superseded: the state's word says which.
    Denied {
        /// The word of the release's state: `draft`, `in_review`, `suspended` …
        state: String,
    },
    /// Approved for this environment.
    Allowed {
        /// Since when.
        since: Timestamp,
        /// The last moment it holds unless something happens first: a condition comes due, or a
        /// confirmation where the policy says that a missed one denies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Lapse>,
        /// How long a verdict may be relied on, in minutes.
        lease_minutes: u32,
        /// What it rests on.
        #[serde(default, skip_serializing_if = "Basis::is_approval")]
        basis: Basis,
        /// In which time it may first be deployed.
        #[serde(default, skip_serializing_if = "Schedule::is_open")]
        schedule: Schedule,
        /// Whether its deployment there is on record, so that it is nothing new.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        deployed: bool,
    },
}

impl Standing {
    /// Whether it runs there by a recorded deployment.
    pub fn is_deployed(&self) -> bool {
        matches!(self, Self::Allowed { deployed: true, .. })
    }

    /// Whether it is suspended, which denies the digest everywhere.
    pub fn is_suspended(&self) -> bool {
        matches!(self, Self::Denied { state } if state == "suspended")
    }
}

/// What an allowance rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Verbal authority in an emergency: a claim of the Model Owner, not an approval.
    VerbalAuthority,
    /// The written approval of everybody the plan asks.
    #[default]
    Approval,
}

impl Basis {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::VerbalAuthority => "verbal_authority",
        }
    }

    fn is_approval(&self) -> bool {
        *self == Self::Approval
    }
}

/// A moment at which an allowance ends by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// The last moment of the allowance.
    pub at: Timestamp,
    /// Why, as a stable word: `condition.overdue`, `confirmation.missed`.
    pub code: String,
}
