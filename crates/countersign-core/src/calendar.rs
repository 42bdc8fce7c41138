//! A business calendar: which moments are working time, where, and when a limit runs out.
//!
//! The calendar is data frozen into a gate plan; the time zone database is compiled in, so that a
//! deadline computed twice is the same twice.

use crate::sla::Sla;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Working hours, holidays and the zone they are meant in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessCalendar {
    zone: ZoneName,
    /// When a business day closes, on the wall clock of the zone.
    pub closes: Time,
    /// Days without work beside Saturdays and Sundays.
    #[serde(default)]
    pub holidays: BTreeSet<Date>,
}

/// The name of a time zone in the IANA database, known to exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct ZoneName(String);

/// Why a text is not a time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownZone {
    /// The text as given.
    pub given: String,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a time zone: use a name of the IANA database, for example `Europe/Berlin` \
             or `UTC`",
            self.given
        )
    }
}

impl std::error::Error for UnknownZone {}

impl TryFrom<String> for ZoneName {
    type Error = UnknownZone;
    fn try_from(text: String) -> Result<Self, UnknownZone> {
        match TimeZone::get(&text) {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err(UnknownZone { given: text }),
        }
    }
}

impl From<ZoneName> for String {
    fn from(zone: ZoneName) -> String {
        zone.0
    }
}

impl BusinessCalendar {
    /// Monday to Friday, closing at 17:00 in the zone, without holidays.
    pub fn new(zone: &str) -> Result<Self, UnknownZone> {
        let zone = ZoneName::try_from(zone.to_owned())?;
        Ok(Self { zone, closes: Time::constant(17, 0, 0, 0), holidays: BTreeSet::new() })
    }

    /// The zone's name.
    pub fn zone(&self) -> &str {
        &self.zone.0
    }

    fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone.0).unwrap_or(TimeZone::UTC)
    }

    /// Whether people work on this date.
    pub fn is_business_day(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
            && !self.holidays.contains(&date)
    }

    /// The date on the zone's calendar at this moment.
    pub fn date_at(&self, at: Timestamp) -> Date {
        at.to_zoned(self.time_zone()).date()
    }

    /// The first moment of a date in the zone.
    pub fn begin_of(&self, date: Date) -> Timestamp {
        let begin = date.to_zoned(self.time_zone());
        begin.map_or(Timestamp::MAX, |begin| begin.timestamp())
    }

    /// When a limit that starts now runs out.
    ///
    /// A clock that starts after closing time or on a day without work starts on the next business
    /// day. Clock hours ignore the calendar.
    pub fn deadline(&self, start: Timestamp, limit: Sla) -> Timestamp {
        match limit {
            Sla::Hours(hours) => add_hours(start, hours),
            Sla::SameDay => self.close_of(self.working_date(start)),
            Sla::BusinessDays(days) => {
                let first = self.working_date(start);
                let last = (0..days).fold(first, |date, _| self.next_business_day(date));
                self.close_of(last)
            }
        }
    }

    /// The same time of day, so many business days earlier.
    pub fn business_days_before(&self, at: Timestamp, days: u32) -> Timestamp {
        let local = at.to_zoned(self.time_zone());
        let date = (0..days).fold(local.date(), |date, _| self.business_day_before(date));
        let moment = date.to_datetime(local.time()).to_zoned(self.time_zone());
        moment.map_or(at, |zoned| zoned.timestamp())
    }

    fn business_day_before(&self, date: Date) -> Date {
        let days = (1..=3_660).map_while(|n: i64| date.checked_sub(n.days()).ok());
        days.into_iter().find(|day| self.is_business_day(*day)).unwrap_or(Date::MIN)
    }

    /// The business day a clock started at this moment runs on.
    fn working_date(&self, start: Timestamp) -> Date {
        let local = start.to_zoned(self.time_zone());
        if self.is_business_day(local.date()) && local.time() <= self.closes {
            local.date()
        } else {
            self.next_business_day(local.date())
        }
    }

    fn next_business_day(&self, after: Date) -> Date {
        // A calendar whose every day is a holiday has no answer; the bound keeps the search finite.
        let days = (1..=3_660).map_while(|n: i64| after.checked_add(n.days()).ok());
        days.into_iter().find(|date| self.is_business_day(*date)).unwrap_or(Date::MAX)
    }

    /// The last moment of a date in the zone.
    pub fn end_of(&self, date: Date) -> Timestamp {
        let next = date.checked_add(1.day()).unwrap_or(Date::MAX).to_zoned(self.time_zone());
        let next = next.map_or(Timestamp::MAX, |zoned| zoned.timestamp());
        next.checked_sub(SignedDuration::from_secs(1)).unwrap_or(next)
    }

    fn close_of(&self, date: Date) -> Timestamp {
        self.moment(date, self.closes)
    }

    /// When the zone's wall clock shows this on this date: the first time when it does so twice,
    /// and as much later as it skips when it never does.
    pub(crate) fn moment(&self, date: Date, time: Time) -> Timestamp {
        let zoned = date.to_datetime(time).to_zoned(self.time_zone());
        zoned.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }
}

/// A moment this many clock hours later; the end of time when there is no such moment.
pub fn add_hours(start: Timestamp, hours: u32) -> Timestamp {
    start.checked_add(SignedDuration::from_hours(i64::from(hours))).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> BusinessCalendar {
        let mut calendar = BusinessCalendar::new("Europe/Berlin").unwrap();
        calendar.holidays.insert("2026-05-14".parse().unwrap());
        calendar
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    ///
    #[test]
    fn business_days_skip_weekends_and_holidays_in_the_zone() {
        let cases = [
            // Monday 11 May 2026, 11:00 in Berlin.
            ("2026-05-11T09:00:00Z", "same day", "2026-05-11T15:00:00Z"),
            ("2026-05-11T09:00:00Z", "1 business day", "2026-05-12T15:00:00Z"),
            // Thursday 14 May is a holiday, then a weekend.
            ("2026-05-13T09:00:00Z", "1 business day", "2026-05-15T15:00:00Z"),
            ("2026-05-13T09:00:00Z", "2 business days", "2026-05-18T15:00:00Z"),
            // After closing time the clock starts on the next business day.
            ("2026-05-11T16:00:00Z", "same day", "2026-05-12T15:00:00Z"),
            ("2026-05-16T09:00:00Z", "same day", "2026-05-18T15:00:00Z"),
            // Clock hours run through the night.
            ("2026-05-15T09:00:00Z", "48 hours", "2026-05-17T09:00:00Z"),
        ];
        for (start, limit, due) in cases {
            let limit: Sla = limit.parse().unwrap();
            assert_eq!(berlin().deadline(at(start), limit), at(due), "{start} {limit}");
        }
    }

    #[test]
    fn closing_time_is_wall_clock_time_across_the_change_to_winter_time() {
        // Friday 23 October is summer time, Monday 26 October winter time.
        let due = berlin().deadline(at("2026-10-23T09:00:00Z"), Sla::BusinessDays(1));
        assert_eq!(due, at("2026-10-26T16:00:00Z"));
    }

    #[test]
    fn a_deadline_never_precedes_its_start() {
        for start in ["2026-12-31T23:59:59Z", "2024-02-29T12:00:00Z", "9998-12-31T00:00:00Z"] {
            for limit in [Sla::Hours(1), Sla::SameDay, Sla::BusinessDays(1_000)] {
                assert!(berlin().deadline(at(start), limit) >= at(start));
            }
        }
    }

    #[test]
    fn an_unknown_zone_is_refused_by_name() {
        let error = BusinessCalendar::new("Mars/Olympus").unwrap_err();
        assert!(error.to_string().contains("`Mars/Olympus`"));
    }
}
