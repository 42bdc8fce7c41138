//! What the policy says about exceptions.

use crate::exception::Waived;
use crate::name::RoleName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who accepts the risk of an exception, how long one lasts at most, and what has none.
///
/// A policy that says nothing allows none: nobody could accept the risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionSettings {
    /// The roles that accept the risk, all of them, each by another person.
    pub accepted_by: BTreeSet<RoleName>,
    /// How many days an exception lasts at most, counted from the request.
    pub at_most_days: u32,
    /// What is never waived.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub never: BTreeSet<Waived>,
}

impl Default for ExceptionSettings {
    fn default() -> Self {
        Self { accepted_by: BTreeSet::new(), at_most_days: 90, never: BTreeSet::new() }
    }
}

impl ExceptionSettings {
    /// Whether it is what holds when a policy says nothing. Such settings are not written, so that
    /// what was stored before there were any stays as it is.
    pub fn is_default(&self) -> bool {
        self == &Self::default()
    }
}
