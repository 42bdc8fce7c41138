//! When a release may be deployed: its own time, and what its environments say now.

use crate::app::View;
use crate::portal::components::summary_list::{Line, line};
use crate::portal::moment::Zone;
use countersign_core::schedule::Schedule;
use countersign_core::times::Times;
use jiff::Timestamp;

/// The time it was asked for, in words; `None` when that is left open.
pub fn in_words(zone: &Zone, schedule: &Schedule) -> Option<String> {
    let begin = schedule.not_before.map(|at| zone.text(at));
    let end = schedule.not_after.map(|at| zone.text(at));
    match (begin, end) {
        (Some(begin), Some(end)) => Some(format!("from {begin} until {end}")),
        (Some(begin), None) => Some(format!("from {begin} on")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}

/// The same as a line about the release.
pub fn facts(zone: &Zone, schedule: &Schedule) -> Option<Line> {
    in_words(zone, schedule).map(|words| line("May be deployed", words))
}

/// A time other than the one it was asked for, to ask the rules with whether it may be changed.
pub fn another(view: &View, now: Timestamp) -> Schedule {
    let asked = view.release.state.request.as_ref().map(|request| request.schedule);
    let from_now = Schedule { not_before: Some(now), not_after: None };
    if asked == Some(from_now) { Schedule::default() } else { from_now }
}

/// Why environments that an approved release has still to reach take nothing new now.
pub fn shut(view: &View, now: Timestamp) -> Vec<String> {
    let release = &*view.release.state;
    let places = release.request.iter().flat_map(|request| &request.environments);
    let waiting = places
        .filter(|place| release.state.is_allowed() && !release.deployments.contains_key(*place));
    let said = |place| {
        let reasons = Times::of(&view.register, place).opening(now).shut;
        reasons.into_iter().map(move |reason| format!("{place}: {reason}"))
    };
    waiting.flat_map(said).collect()
}
