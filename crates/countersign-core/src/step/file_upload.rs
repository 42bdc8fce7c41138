//! A file upload step: evidence is attached, in the parts the runbook names.

use serde::{Deserialize, Serialize};

/// What has to be attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileUpload {
    /// The parts the packet has to cover: `safety`, `quality`, `regression`. Empty means one file
    /// of any content.
    pub parts: Vec<String>,
    /// What happens when a file's name does not hold the checkpoint's identifier.
    pub name_rule: NameRule,
}

impl Default for FileUpload {
    fn default() -> Self {
        Self { parts: Vec::new(), name_rule: NameRule::Ignore }
    }
}

/// What happens when a file's name does not hold the checkpoint's identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameRule {
    /// Nothing.
    Ignore,
    /// A warning on the step.
    Warn,
    /// The step stays open.
    Block,
}
