//! Bytes in, typed values out: policies, runbooks and evidence. No I/O.
//!
//! Everything a person writes comes back with every fault at once, each naming line, column and
//! remedy ([`diagnostic::Diagnostic`]). Everything a tool writes comes back as one shape
//! ([`countersign_core::reading::Reading`]) with the place each value was read from.

pub mod control;
pub mod diagnostic;
pub mod evidence;
pub mod framework;
pub mod holidays;
pub mod policy;
pub mod runbook;
