//! What a policy says about going back to an earlier version, and about practising it.

use crate::name::{ItemName, RoleName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who may roll back, what was planned, and how old a drill may be.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RollbackSettings {
    /// Who may roll back beside the Model Owner.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub may: BTreeSet<RoleName>,
    /// The question of the checklist that says how many minutes are planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Question>,
    /// How old the last drill may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill: Option<DrillLimit>,
}

impl RollbackSettings {
    /// Whether the policy says nothing about it.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

/// A question of a checklist item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The item.
    pub item: ItemName,
    /// The name of its field.
    pub field: String,
}

/// An item that is complete only while the last rollback drill is young enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillLimit {
    /// The item, and its question for the date of a drill that was held elsewhere.
    pub asked: Question,
    /// The greatest age in days.
    pub days: u32,
}
