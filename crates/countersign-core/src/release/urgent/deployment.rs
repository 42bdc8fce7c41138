//! What a deployment on verbal authority sets going.

use super::UrgentEvent;
use crate::release::{Context, Release, ReleaseEvent};
use jiff::{SignedDuration, Timestamp};

/// The papers that are owed from the first deployment on verbal authority on.
pub(in crate::release) fn started(
    release: &Release,
    at: Timestamp,
    context: &Context<'_>,
) -> Option<ReleaseEvent> {
    let emergency = release.on_authority().filter(|emergency| emergency.papers.is_none())?;
    let terms = emergency.claim.settings.emergency.as_ref()?;
    let due = context.register.calendar()?.deadline(at, terms.papers_within);
    let before = SignedDuration::from_hours(i64::from(terms.remind_hours));
    let remind_at = due.checked_sub(before).unwrap_or(at).max(at);
    Some(ReleaseEvent::Urgent(UrgentEvent::PapersAwaited { due, remind_at }))
}
