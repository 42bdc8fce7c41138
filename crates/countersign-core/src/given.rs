//! The language tests are written in: given a history, when somebody acts, then this happens.
//!
//! Only history is ever given: a [`World`] is the fold of events that the rules themselves made,
//! or of events named one by one. No test builds the state of a release by hand. The organisation,
//! its policy and its runbook are plain data here, so that rules, properties and stories happen in
//! the same place. This module is compiled for tests only.

mod around;
mod beside;
mod care;
mod control;
mod deed;
mod files;
mod journey;
mod meeting;
mod organisation;
mod policy;
mod published;
mod retention;
mod runbook;
mod times;
mod urgent;
mod world;

pub use beside::*;
pub use care::*;
pub use control::*;
pub use deed::*;
pub use files::*;
pub use journey::*;
pub use meeting::*;
pub use organisation::*;
pub use policy::policy;
pub use retention::*;
pub use runbook::{runbook, work};
pub use times::*;
pub use urgent::*;
pub use world::*;
