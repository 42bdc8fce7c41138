//! Freezes: times in which nothing new is deployed to an environment, with a name and a reason.

use crate::name::EnvironmentName;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The longest name of a freeze, in characters.
pub const MAX_FREEZE_NAME: usize = 80;

/// A freeze to declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFreeze {
    /// What people call it: `year end`.
    pub name: String,
    /// Where.
    pub environments: BTreeSet<EnvironmentName>,
    /// From when; `None` for now.
    pub from: Option<Timestamp>,
    /// The first moment at which it no longer holds.
    pub until: Timestamp,
    /// Why.
    pub reason: Text,
}

/// A freeze as the register keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// What people call it.
    pub name: String,
    /// Where.
    pub environments: BTreeSet<EnvironmentName>,
    /// The first moment at which it holds.
    pub from: Timestamp,
    /// The first moment at which it no longer does.
    pub until: Timestamp,
    /// Why.
    pub reason: Text,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// When it was lifted before its end.
    pub lifted_at: Option<Timestamp>,
}

impl Freeze {
    /// Whether it holds for what happens at `moment`, asked at `now`.
    ///
    /// One that began when it was declared holds as well for a clock that was set back behind
    /// that: the log knows of it, whatever the clock says.
    pub fn holds(&self, moment: Timestamp, now: Timestamp) -> bool {
        let at_once = self.from <= self.declared_at && now < self.from;
        let lifted = self.lifted_at.is_some_and(|lifted| moment >= lifted || now < lifted);
        !lifted && (self.from <= moment || at_once) && moment < self.until
    }

    /// When it begins, while that is still to come.
    pub fn begins_after(&self, moment: Timestamp) -> Option<Timestamp> {
        (self.lifted_at.is_none() && self.from > moment).then_some(self.from)
    }
}
