//! Change windows, freezes and schedules in tests.

use super::{environment, monday, production, text};
use crate::freeze::NewFreeze;
use crate::register::{RegisterCommand, TimesCommand};
use crate::schedule::Schedule;
use jiff::SignedDuration;

/// Set these change windows for production.
#[track_caller]
pub fn windows(texts: &[&str]) -> RegisterCommand {
    let windows = texts.iter().map(|text| text.parse().expect("a window")).collect();
    RegisterCommand::Times(TimesCommand::SetChangeWindows { environment: production(), windows })
}

/// A freeze of production, so many hours after the first Monday morning.
pub fn new_freeze(from: i64, until: i64) -> NewFreeze {
    let after = |hours| monday() + SignedDuration::from_hours(hours);
    NewFreeze {
        name: "quarter end".into(),
        environments: [environment("production")].into(),
        from: Some(after(from)),
        until: after(until),
        reason: text("the books are closed"),
    }
}

/// Declare it.
pub fn freeze(from: i64, until: i64) -> RegisterCommand {
    RegisterCommand::Times(TimesCommand::DeclareFreeze(new_freeze(from, until)))
}

/// Lift it.
pub fn lift_freeze(number: u32) -> RegisterCommand {
    RegisterCommand::Times(TimesCommand::LiftFreeze {
        number,
        reason: text("the books are closed early"),
    })
}

/// To be deployed so many hours after the first Monday morning, and until so many.
pub fn scheduled(from: Option<i64>, until: Option<i64>) -> Schedule {
    let after = |hours| monday() + SignedDuration::from_hours(hours);
    Schedule { not_before: from.map(after), not_after: until.map(after) }
}
