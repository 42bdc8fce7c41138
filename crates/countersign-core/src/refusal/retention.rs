//! Refusals about keeping and ending records: what is still kept, what is on hold, and who asks.

use crate::name::{PersonId, RoleName};
use crate::retention::Keeping;
use serde::{Serialize, Serializer};
use std::fmt;

/// Why records are not touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and its message name")]
pub enum RetentionRefusal {
    /// The records are still kept.
    StillKept {
        #[serde(serialize_with = "as_words")]
        keeping: Keeping,
    },
    /// A legal hold stands.
    OnHold { holds: Vec<u32>, lifted_by: Vec<RoleName> },
    /// A hold was placed after the purge was proposed, so that the proposal no longer counts.
    ProposalOutdated { number: u32, hold: u32 },
    /// Two people purge, and one of them does not count twice (I-03).
    SamePurger { person: PersonId },
    /// Whoever lifted the hold asks for no purge of what it covered.
    LiftedTheHold { hold: u32 },
    /// Nobody erases himself.
    ErasesOneself,
    /// The person still answers for models.
    StillOwns { models: Vec<String> },
}

fn as_words<S: Serializer>(keeping: &Keeping, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&keeping.to_string())
}

impl RetentionRefusal {
    /// A stable word for tools.
    pub fn code(&self) -> &'static str {
        match self {
            Self::StillKept { .. } => "retention.still_kept",
            Self::OnHold { .. } => "retention.on_hold",
            Self::ProposalOutdated { .. } => "purge.outdated",
            Self::SamePurger { .. } => "purge.same_person",
            Self::LiftedTheHold { .. } => "purge.lifted_the_hold",
            Self::ErasesOneself => "erasure.oneself",
            Self::StillOwns { .. } => "erasure.still_owns",
        }
    }

    /// What the person can do next.
    pub fn next_step(&self) -> String {
        let next = match self {
            Self::OnHold { lifted_by, .. } => return super::right::whom_to_ask(lifted_by),
            Self::StillKept { .. } => "wait until keeping has ended",
            Self::ProposalOutdated { .. } => "propose the purge anew",
            Self::SamePurger { .. } | Self::LiftedTheHold { .. } => "ask another person",
            Self::ErasesOneself => "ask another administrator",
            Self::StillOwns { .. } => "change the owner of the models first",
        };
        next.to_owned()
    }

    /// Whether somebody tried who had no right to, which the log keeps (I-01).
    pub(super) fn is_without_right(&self) -> bool {
        match self {
            Self::OnHold { .. } | Self::SamePurger { .. } | Self::LiftedTheHold { .. } => true,
            Self::StillKept { .. }
            | Self::ProposalOutdated { .. }
            | Self::ErasesOneself
            | Self::StillOwns { .. } => false,
        }
    }
}

impl fmt::Display for RetentionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StillKept { keeping } => write!(f, "the records are kept {keeping}"),
            Self::OnHold { holds, .. } => {
                let holds: Vec<String> = holds.iter().map(|hold| format!("{hold}")).collect();
                write!(f, "legal hold {} keeps this as it is", holds.join(", "))
            }
            Self::ProposalOutdated { number, hold } => {
                write!(f, "hold {hold} was placed after purge {number} was proposed")
            }
            Self::SamePurger { .. } => {
                f.write_str("you proposed this purge, and two people purge together")
            }
            Self::LiftedTheHold { hold } => {
                write!(f, "you lifted hold {hold}, and do not purge what it covered")
            }
            Self::ErasesOneself => f.write_str("nobody erases himself"),
            Self::StillOwns { models } => {
                write!(f, "the person still owns {}", models.join(", "))
            }
        }
    }
}

impl From<RetentionRefusal> for super::Refusal {
    fn from(why: RetentionRefusal) -> Self {
        Self::OfRetention(why)
    }
}
