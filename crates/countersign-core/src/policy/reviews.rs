//! What the policy says about looking at itself again.

use serde::{Deserialize, Serialize};

/// How many failed releases ask for a review of the policy itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewSettings {
    /// So many releases that failed.
    pub failures: u32,
    /// Within so many days.
    pub within_days: u32,
}

impl Default for ReviewSettings {
    fn default() -> Self {
        Self { failures: 3, within_days: 90 }
    }
}

impl ReviewSettings {
    /// Whether it is what holds when a policy says nothing. Such settings are not written, so that
    /// what was stored before there were any stays as it is.
    pub fn is_default(&self) -> bool {
        self == &Self::default()
    }
}
