//! What the policy says about how long records are kept, and about who may end that.

use crate::name::RoleName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Two clocks and the people beside them. A policy without these lines keeps everything for ever:
/// that is the safe reading of silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionSettings {
    /// For how many months records are kept, counted from the decision.
    pub keep_months: u32,
    /// For how many months they are kept after the release left its last environment: the audit
    /// period behind its life in production. The later of both clocks decides.
    pub after_retirement_months: u32,
    /// Who may place a legal hold, and who may lift one.
    pub legal_hold_by: BTreeSet<RoleName>,
    /// Who may purge evidence whose keeping has ended, two people together.
    pub purge_by: BTreeSet<RoleName>,
}
