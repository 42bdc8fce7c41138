//! A webhook step: once the release is approved, another system is told, and the step is done when
//! that system has taken the message (R-048..R-050).

use serde::{Deserialize, Serialize};

/// Which configured endpoint is told. URL, headers, body and success condition are the
/// organisation's settings and may hold secrets, so they are not part of a runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// The endpoint's name in the settings.
    pub endpoint: String,
}

impl Default for Webhook {
    fn default() -> Self {
        Self { endpoint: "default".into() }
    }
}
