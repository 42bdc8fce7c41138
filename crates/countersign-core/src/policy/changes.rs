//! What the policy says about kinds of change.

use serde::{Deserialize, Serialize};

/// How many small changes may follow each other before somebody looks at the whole again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSettings {
    /// Minor updates and configuration changes in a row since the last full review. The next one
    /// is proposed as a major update.
    pub minor_at_most: u32,
}

impl Default for ChangeSettings {
    fn default() -> Self {
        Self { minor_at_most: 5 }
    }
}

impl ChangeSettings {
    /// Whether it is what holds when a policy says nothing. Such settings are not written, so that
    /// what was stored before there were any stays as it is.
    pub fn is_default(&self) -> bool {
        self == &Self::default()
    }
}
