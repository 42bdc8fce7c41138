//! The risk register: what could go wrong with models, how likely and how bad that is, who
//! watches it, and when it is looked at again.

mod decide;
mod event;
mod rating;
mod reference;

pub use decide::{Reassessment, RiskCommand, decide};
pub use event::RiskEvent;
pub use rating::{InvalidRating, Level, Rating};
pub use reference::{Unusable, known};

use crate::actor::Who;
use crate::classification::{UnknownWord, word_enum};
use crate::name::{ModelName, PersonId, RiskId};
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

word_enum! {
    /// What is done about a risk.
    Treatment {
        /// What carries the risk is not done.
        Avoid = "avoid", "Avoid";
        /// It is made less likely, or less bad.
        Reduce = "reduce", "Reduce";
        /// Somebody else bears it, by insurance or contract.
        Share = "share", "Share";
        /// It is borne.
        Accept = "accept", "Accept";
    }
}

/// An entry as it is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskEntry {
    /// Its name, chosen by whoever enters it: `risk-12`.
    pub id: RiskId,
    /// What people call it.
    pub title: String,
    /// What could happen, and to whom.
    pub description: Text,
    /// How likely and how bad it is.
    pub rating: Rating,
    /// Who watches it.
    pub owner: PersonId,
    /// What is done about it.
    pub treatment: Treatment,
    /// When it is looked at again.
    pub review_by: Timestamp,
    /// The models it is about.
    #[serde(default)]
    pub models: BTreeSet<ModelName>,
}

/// An entry as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Risk {
    /// The entry as it is now; `None` before it was entered.
    pub entry: Option<RiskEntry>,
    /// When it was entered, and by whom.
    pub entered: Option<(Timestamp, Who)>,
    /// Its ratings, oldest first.
    pub ratings: Vec<(Timestamp, Who, Rating)>,
    /// When it was closed, by whom, and why.
    pub closed: Option<(Timestamp, Who, Text)>,
    /// How many events there were.
    pub version: u64,
}

impl Risk {
    /// Whether it is watched.
    pub fn is_open(&self) -> bool {
        self.entry.is_some() && self.closed.is_none()
    }
}
