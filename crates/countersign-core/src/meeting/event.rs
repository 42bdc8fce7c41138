//! What can happen in a session, and what its events are made of.

use crate::digest::Sha256;
use crate::name::{MeetingId, PersonId, ReleaseId};
use crate::policy::{CommitteeSettings, PolicyRef};
use crate::release::RejectionReason;
use crate::release::urgent::review::ReviewOutcome;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What happened in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingEvent {
    /// A session was called.
    MeetingCalled(Call),
    /// It was opened; who sits in it is fixed from here on.
    MeetingOpened {
        /// Everybody who holds the committee's role now.
        members: BTreeSet<PersonId>,
    },
    /// Something was put on the table.
    ItemPut {
        /// Its number, counted from 1.
        number: u32,
        /// What it is about.
        topic: Topic,
        /// What people call it.
        title: String,
        /// The item it takes the place of, because what was on the table has changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<u32>,
    },
    /// A member stepped back from an item.
    MemberRecused {
        /// The item.
        number: u32,
        /// Why.
        reason: Text,
    },
    /// A member voted.
    VoteCast {
        /// The item.
        number: u32,
        /// How.
        vote: Vote,
        /// Why; never missing for anything but a yes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// The chair closed an item.
    ItemClosed {
        /// The item.
        number: u32,
        /// What came of it.
        outcome: Outcome,
        /// How the votes fell.
        tally: Tally,
        /// The chair's statement; the reason of a no.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        statement: Option<Text>,
        /// Why it was a no, as a word that can be counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<RejectionReason>,
        /// What was found, where the item was a look afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        finding: Option<ReviewOutcome>,
    },
    /// The session was closed; what is still on the table is left to the next one.
    MeetingClosed {
        /// The minutes.
        minutes: Text,
        /// A file that holds them in full.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<MinutesFile>,
    },
    /// The session was called off.
    MeetingCancelled {
        /// Why.
        reason: Text,
    },
    /// Somebody tried what he had no right to; nothing changed (I-01).
    MeetingAttemptRefused {
        /// What was tried.
        action: String,
        /// The code of the refusal.
        code: String,
    },
}

impl MeetingEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::MeetingCalled(..) => "meeting_called",
            Self::MeetingOpened { .. } => "meeting_opened",
            Self::ItemPut { .. } => "item_put",
            Self::MemberRecused { .. } => "member_recused",
            Self::VoteCast { .. } => "vote_cast",
            Self::ItemClosed { .. } => "item_closed",
            Self::MeetingClosed { .. } => "meeting_closed",
            Self::MeetingCancelled { .. } => "meeting_cancelled",
            Self::MeetingAttemptRefused { .. } => "meeting_attempt_refused",
        }
    }
}

/// A session as it was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its identifier.
    pub id: MeetingId,
    /// What people call it: `May session`.
    pub title: String,
    /// When it is to take place.
    pub at: Timestamp,
    /// Why it is called out of turn; `None` for a scheduled session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<Text>,
    /// How the committee works, as the policy in force said when it was called.
    pub rules: CommitteeSettings,
}

/// What an item is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Whether to approve a release.
    Release {
        /// Which.
        release: ReleaseId,
        /// The content that lies on the table.
        dossier: Sha256,
    },
    /// Whether to approve a policy.
    Policy {
        /// Which.
        policy: PolicyRef,
    },
    /// Something that happened to a release and is looked back at.
    Review {
        /// The release.
        release: ReleaseId,
        /// What of it, as its agenda calls it: `suspension-1`.
        what: String,
    },
    /// Anything else.
    Matter {
        /// What.
        text: Text,
    },
}

impl Topic {
    /// The release it is about, if it is about one.
    pub fn release(&self) -> Option<&ReleaseId> {
        match self {
            Self::Release { release, .. } | Self::Review { release, .. } => Some(release),
            Self::Policy { .. } | Self::Matter { .. } => None,
        }
    }

    /// Whether both are about the same thing, whatever its content is now.
    pub fn is_about(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Release { release, .. }, Self::Release { release: other, .. }) => {
                release == other
            }
            (Self::Release { .. }, _) => false,
            (Self::Policy { .. } | Self::Review { .. } | Self::Matter { .. }, other) => {
                self == other
            }
        }
    }
}

/// How a member votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither; it counts for the quorum only.
    Abstain,
}

impl Vote {
    /// Every vote.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Abstain];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Abstain => "abstain",
        }
    }
}

/// What came of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was carried.
    Carried,
    /// It was turned down.
    TurnedDown,
    /// The votes decide nothing; it stays on the agenda.
    Undecided,
}

impl Outcome {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::TurnedDown => "turned_down",
            Self::Undecided => "undecided",
        }
    }
}

/// How the votes fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// For it.
    pub yes: u32,
    /// Against it.
    pub no: u32,
    /// Neither.
    pub abstained: u32,
    /// Stepped back.
    pub recused: u32,
}

impl Tally {
    /// How many members voted, abstentions included.
    pub fn voted(self) -> u32 {
        self.yes.saturating_add(self.no).saturating_add(self.abstained)
    }
}

/// A file with the minutes in full. Its bytes are kept under the digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesFile {
    /// Its name.
    pub name: String,
    /// The digest of its bytes.
    pub sha256: Sha256,
}

/// In which session, and under which item, something was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// The session.
    pub meeting: MeetingId,
    /// The item's number.
    pub item: u32,
}
