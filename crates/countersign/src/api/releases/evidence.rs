//! Evidence of a release: attaching, looking, taking back.

pub mod change;
pub mod content;
pub mod show;
pub mod upload;
