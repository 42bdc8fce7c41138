//! An approved release whose time has not come, or is over.

use crate::blocker::{Blocker, Reason};
use crate::release::Release;
use jiff::Timestamp;

/// Nobody lifts it: the time was approved with the rest. What runs everywhere is not asked.
pub(super) fn blocker(release: &Release, now: Timestamp) -> Option<Blocker> {
    let request = release.request.as_ref().filter(|_| release.state.is_allowed())?;
    let places = &request.environments;
    if places.iter().all(|place| release.deployments.contains_key(place)) {
        return None;
    }
    let schedule = request.schedule;
    let ahead = schedule.not_before.filter(|_| schedule.is_ahead(now));
    let over = schedule.not_after.filter(|_| schedule.is_over(now));
    let reason = ahead
        .map(|from| Reason::NotYet { from })
        .or_else(|| over.map(|until| Reason::TooLate { until }))?;
    Some(Blocker::final_one(reason))
}
