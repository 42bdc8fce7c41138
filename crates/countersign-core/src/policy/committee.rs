//! How the body that decides in sessions works: who sits in it, who chairs, and what makes a
//! decision.

use super::Independence;
use crate::name::RoleName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The committee of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitteeSettings {
    /// The role its members hold.
    pub role: RoleName,
    /// The role that chairs: it calls and opens sessions and closes what is on the table.
    pub chair: RoleName,
    /// How many members must have voted before an item can be closed.
    pub quorum: u32,
    /// What carries an item.
    pub decides_by: Majority,
    /// The longest time in days between two sessions; what is on the agenda is due by then.
    pub meets_every_days: u32,
    /// Whether a member may also approve alone, outside a session.
    pub single_approvals: bool,
    /// Who has no vote on a release of his own.
    pub recuses: BTreeSet<Independence>,
}

/// What carries an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Majority {
    /// More yes than no.
    Simple,
    /// At least two of three votes that are not abstentions.
    TwoThirds,
    /// Nobody against.
    Unanimous,
}

impl Majority {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Simple, Self::TwoThirds, Self::Unanimous];

    /// The word in the policy language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Simple => "majority",
            Self::TwoThirds => "two_thirds",
            Self::Unanimous => "unanimity",
        }
    }

    /// The words a person reads after "decides by".
    pub fn human(self) -> &'static str {
        match self {
            Self::Simple => "more yes than no",
            Self::TwoThirds => "two of three votes",
            Self::Unanimous => "nobody against",
        }
    }

    /// Whether so many yes against so many no carry an item. Abstentions count for the quorum
    /// only, and nothing is carried without a yes.
    pub fn carries(self, yes: u32, no: u32) -> bool {
        match self {
            Self::Simple => yes > no,
            Self::TwoThirds => {
                yes > 0 && yes.saturating_mul(3) >= yes.saturating_add(no).saturating_mul(2)
            }
            Self::Unanimous => yes > 0 && no == 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Majority::{Simple, TwoThirds, Unanimous};

    #[test]
    fn a_tie_carries_nothing_and_nothing_is_carried_without_a_yes() {
        for majority in [Simple, TwoThirds, Unanimous] {
            assert!(!majority.carries(1, 1) && !majority.carries(0, 0));
            assert!(majority.carries(1, 0));
        }
        assert!(Simple.carries(3, 2) && !TwoThirds.carries(3, 2) && !Unanimous.carries(3, 2));
        assert!(TwoThirds.carries(2, 1));
    }
}
