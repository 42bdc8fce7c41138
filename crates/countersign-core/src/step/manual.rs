//! A manual step: somebody does it, says so, and writes what was done.

use serde::{Deserialize, Serialize};

/// A manual step has nothing to configure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manual {}
