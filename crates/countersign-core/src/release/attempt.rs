//! What stays of a decision somebody tried to make without a right to it.

use super::{Command, Release, ReleaseEvent};
use crate::refusal::Refusal;

/// What the log keeps of a refused decision: somebody tried who had no right to (I-01). `None`
/// for anything else, which leaves no trace.
pub fn attempt(release: &Release, command: &Command, refusal: &Refusal) -> Option<ReleaseEvent> {
    let without_right = refusal.is_without_right();
    (release.id.is_some() && command.is_decision() && without_right).then(|| {
        let (action, code) = (command.action().to_owned(), refusal.code().to_owned());
        ReleaseEvent::AttemptRefused { action, code }
    })
}
