//! Promises as the oracle reads them: when a late one begins to deny.

use countersign_core::calendar::BusinessCalendar;
use countersign_core::policy::Settings;
use countersign_core::release::{Due, Promise};
use countersign_core::sla::Sla;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A promise an approval depends on.
#[derive(Debug)]
pub struct Kept {
    /// The last moment at which it does not yet deny.
    pub bites_after: Timestamp,
    /// Whether the role that asked for it said that it is met.
    pub closed: bool,
}

impl Kept {
    /// A promise of a decision made at this moment.
    pub fn new(
        promise: &Promise,
        decided: Timestamp,
        (calendar, settings): (&BusinessCalendar, &Settings),
    ) -> Self {
        let due = match promise.due {
            Due::At(at) => at,
            Due::Within(Sla::Hours(hours)) => {
                decided + SignedDuration::from_hours(i64::from(hours))
            }
            Due::Within(Sla::SameDay) => closing(decided, 0, calendar),
            Due::Within(Sla::BusinessDays(days)) => closing(decided, days, calendar),
        };
        let grace = settings.conditions.grace_days;
        let bites_after = if grace == 0 { due } else { closing(due, grace, calendar) };
        Self { bites_after, closed: false }
    }
}

/// The end of the so many-th working day after the one on which a clock begins to run.
fn closing(start: Timestamp, mut left: u32, calendar: &BusinessCalendar) -> Timestamp {
    let zone = TimeZone::get(calendar.zone()).expect("a zone");
    let begins = start.to_zoned(zone.clone());
    let mut day = begins.date();
    loop {
        let weekend = day.weekday().to_monday_one_offset() > 5;
        let over = day == begins.date() && begins.time() > calendar.closes;
        if !weekend && !over && !calendar.holidays.contains(&day) {
            if left == 0 {
                let end = day.to_datetime(calendar.closes).to_zoned(zone);
                return end.expect("a moment").timestamp();
            }
            left -= 1;
        }
        day = day.tomorrow().expect("another day");
    }
}
