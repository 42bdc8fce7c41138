//! What the policy says about reminders and escalations.

use crate::name::RoleName;
use serde::{Deserialize, Serialize};

/// When people are reminded of what they have to do, and who hears when it is late.
///
/// Conditions and the papers of emergencies have reminders of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSettings {
    /// Clock hours before something is due on which whoever has to do it is reminded.
    pub remind_hours: u32,
    /// The same for the confirmation of a deployment.
    pub confirmation_hours: u32,
    /// Who hears next when it is still not done after the first escalation; `None`: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<EscalateAgain>,
}

/// The second level of an escalation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalateAgain {
    /// Whose holders hear.
    pub to: RoleName,
    /// How many business days after the due date.
    pub after_days: u32,
}

impl NoticeSettings {
    /// The longest time before a due date at which anybody is reminded, in hours: 31 days.
    pub const MOST_HOURS: u32 = 31 * 24;

    /// Whether it is what holds when a policy says nothing. Such settings are not written, so that
    /// what was stored before there were any stays as it is.
    pub fn is_default(&self) -> bool {
        self == &Self::default()
    }
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self { remind_hours: 24, confirmation_hours: 8, again: None }
    }
}
