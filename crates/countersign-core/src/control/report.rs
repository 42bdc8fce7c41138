//! A report on a control, as it goes into the log: for which period, how far it was, and the
//! numbers somebody was told.

use super::maturity::Metrics;
use super::{ControlRef, Level};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlReport {
    /// On which control.
    pub control: ControlRef,
    /// The first day it is about.
    pub from: Date,
    /// The last day it is about.
    pub to: Date,
    /// How far the control was, before this report was made; `None` when nothing was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The numbers.
    pub metrics: Metrics,
}
