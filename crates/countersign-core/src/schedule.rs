//! Approval ahead of a deployment: the time in which an approved release may first be deployed.
//!
//! The schedule is part of the request, and so of the dossier: who approves, approves the time as
//! well, and a later change of it lapses the approvals (I-09).

use crate::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// From when and until when a release may first be deployed. What runs keeps running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Schedule {
    /// The first moment at which it may be; `None` for as soon as it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// The first moment at which it may no more; `None` for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Timestamp>,
}

impl Schedule {
    /// Whether it names no time at all.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether this moment is too early.
    pub fn is_ahead(&self, moment: Timestamp) -> bool {
        self.not_before.is_some_and(|begin| moment < begin)
    }

    /// Whether this moment is too late.
    pub fn is_over(&self, moment: Timestamp) -> bool {
        self.not_after.is_some_and(|end| moment >= end)
    }

    /// Refuses one that has no time between its ends, or none left.
    pub fn check(&self, now: Timestamp) -> Result<(), Refusal> {
        let (begin, end) = (self.not_before, self.not_after);
        if end.is_some_and(|end| begin.is_some_and(|begin| end <= begin)) {
            return Err(Refusal::WrongOrder { what: "a schedule ends after it begins" });
        }
        if self.is_over(now) {
            return Err(Refusal::WrongOrder { what: "a schedule does not end in the past" });
        }
        Ok(())
    }
}
