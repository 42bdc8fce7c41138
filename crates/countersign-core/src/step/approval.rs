//! An approval step: the holder of the owner's role signs that every earlier step is satisfied
//! and that traffic may proceed per the rollback plan (R-045..R-047).
//!
//! In a gate plan it becomes an approval rule, so that it is counted, frozen and lapses like any
//! other approval.

use serde::{Deserialize, Serialize};

/// An approval step has nothing to configure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalStep {}
