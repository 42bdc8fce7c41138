//! What the policy says about conditions.

use serde::{Deserialize, Serialize};

/// When people hear of a condition, and when it bites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionSettings {
    /// Business days before the due date on which its owner is reminded.
    pub remind_days: u32,
    /// Business days after the due date until the verdict turns to deny; 0 denies at once.
    pub grace_days: u32,
}

impl Default for ConditionSettings {
    fn default() -> Self {
        Self { remind_days: 3, grace_days: 1 }
    }
}

impl ConditionSettings {
    /// Whether it is what holds when a policy says nothing. Such settings are not written, so that
    /// what was stored before there were any stays as it is.
    pub fn is_default(&self) -> bool {
        self == &Self::default()
    }
}
