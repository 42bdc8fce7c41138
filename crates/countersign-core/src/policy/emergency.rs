//! What a policy says about emergency releases (R-110..R-114).

use crate::name::RoleName;
use crate::sla::Sla;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How a release may run before it is approved in writing. A policy without these lines knows no
/// emergency: that is the safe reading of silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencySettings {
    /// Whose holders may give the authority by word of mouth.
    pub authority_of: BTreeSet<RoleName>,
    /// Clock hours within which the person who gave it confirms that; afterwards it lapses until
    /// the confirmation comes.
    pub confirm_within_hours: u32,
    /// From the deployment to written approval and full papers.
    pub papers_within: Sla,
    /// How long before that the owner is reminded, in clock hours.
    pub remind_hours: u32,
    /// Whether overdue papers turn the verdict to deny.
    pub overdue_papers_deny: bool,
}

impl EmergencySettings {
    /// Clock hours to the confirmation where the policy says nothing.
    pub const CONFIRM_WITHIN_HOURS: u32 = 24;
    /// The time for the papers where the policy says nothing.
    pub const PAPERS_WITHIN: Sla = Sla::BusinessDays(5);
    /// Clock hours from the reminder to the end where the policy says nothing.
    pub const REMIND_HOURS: u32 = 24;
}
