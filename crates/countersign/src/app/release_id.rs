//! Drawing the identifier of a new release: the one place every face asks.

use super::App;
use crate::failure::{Doing, Failure};
use crate::random;
use countersign_core::name::ReleaseId;

impl App {
    /// An identifier that no release has.
    pub fn new_release_id(&self) -> Result<ReleaseId, Failure> {
        ReleaseId::new(random::timed_id("r", self.clock.now())).doing("draw an identifier")
    }
}
