//! By when a promise is kept: at a moment, or so long after the decision.

use crate::sla::Sla;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// By when a promise is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Due {
    /// At this moment.
    At(Timestamp),
    /// So long after the decision, on the release's calendar.
    Within(Sla),
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => write!(f, "{at}"),
            Self::Within(limit) => write!(f, "{limit}"),
        }
    }
}

/// Why a text is no due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidDue {
    given: String,
}

impl fmt::Display for InvalidDue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is neither a moment such as `2026-06-30T17:00:00Z` nor a duration such as `20 \
             business days` or `48 hours`",
            self.given
        )
    }
}

impl std::error::Error for InvalidDue {}

impl FromStr for Due {
    type Err = InvalidDue;

    fn from_str(text: &str) -> Result<Self, InvalidDue> {
        let text = text.trim();
        let within = || text.parse().map(Self::Within);
        let invalid = |_| InvalidDue { given: text.to_owned() };
        text.parse().map(Self::At).or_else(|_| within()).map_err(invalid)
    }
}
