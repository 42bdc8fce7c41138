//! Change windows: on which days, and between which times of the wall clock, something new may be
//! deployed to an environment.
//!
//! A window is a stretch of real time for each of its days, so that an hour that the wall clock
//! shows twice opens it once, and an hour that it skips does not open it early. A holiday of the
//! calendar has no window: whoever works on it opens one by taking the day off the calendar.

use crate::calendar::BusinessCalendar;
use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A change window: `mon-fri 09:00-16:00`. One that ends at or before the time it begins ends on
/// the next day; `00:00-00:00` is the whole day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChangeWindow {
    /// On which days it begins, Monday first; never empty.
    days: BTreeSet<Day>,
    from: Time,
    until: Time,
}

/// A day of the week, in the order of the working week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// The most windows one environment has.
pub const MAX_WINDOWS: usize = 50;

/// How far ahead an opening is looked for, in days: a year and its holidays.
const LOOKS_AHEAD: i64 = 400;

/// How many windows that touch are followed to their common end.
const FOLLOWS: usize = 16;

/// Why a text is not a change window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidWindow {
    /// The text as given.
    pub given: String,
}

impl fmt::Display for InvalidWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no change window: write its days and times, for example `mon-fri 09:00-16:00` \
             or `sat,sun 22:00-04:00`",
            self.given
        )
    }
}

impl std::error::Error for InvalidWindow {}

/// Where a moment lies between windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// In one that ends then; windows that touch end together.
    Open(Timestamp),
    /// In none; the next begins then, if one begins within a year.
    Shut(Option<Timestamp>),
}

/// Where this moment lies between these windows on this calendar.
pub fn between(windows: &[ChangeWindow], calendar: &BusinessCalendar, at: Timestamp) -> Between {
    match end_of(windows, calendar, at) {
        Some(end) => Between::Open(end),
        None => Between::Shut(next(windows, calendar, at)),
    }
}

/// When the window ends that this moment lies in; `None` when it lies in none.
fn end_of(
    windows: &[ChangeWindow],
    calendar: &BusinessCalendar,
    at: Timestamp,
) -> Option<Timestamp> {
    let holds = |moment: Timestamp| {
        let today = calendar.date_at(moment);
        let days = [today.checked_sub(1.day()).unwrap_or(today), today];
        let spans = days.into_iter().flat_map(|day| spans_on(windows, calendar, day));
        spans.filter(|(begin, end)| *begin <= moment && moment < *end).map(|(_, end)| end).max()
    };
    let mut end = holds(at)?;
    for _ in 0..FOLLOWS {
        match holds(end) {
            Some(later) => end = later,
            None => break,
        }
    }
    Some(end)
}

fn next(windows: &[ChangeWindow], calendar: &BusinessCalendar, at: Timestamp) -> Option<Timestamp> {
    let today = calendar.date_at(at);
    let days = (0..LOOKS_AHEAD).map_while(|n| today.checked_add(n.days()).ok());
    days.into_iter().find_map(|day| {
        let begins = spans_on(windows, calendar, day).map(|(begin, _)| begin);
        begins.filter(|begin| *begin > at).min()
    })
}

/// The stretches of time that these windows open on this day.
fn spans_on<'a>(
    windows: &'a [ChangeWindow],
    calendar: &'a BusinessCalendar,
    day: Date,
) -> impl Iterator<Item = (Timestamp, Timestamp)> + use<'a> {
    let works = !calendar.holidays.contains(&day);
    let today = windows.iter().filter(move |one| works && one.days.contains(&Day::of(day)));
    today.filter_map(move |one| {
        let last = if one.until <= one.from { day.checked_add(1.day()).ok()? } else { day };
        let (begin, end) = (calendar.moment(day, one.from), calendar.moment(last, one.until));
        // A window in the hour that the wall clock skips is none.
        (begin < end).then_some((begin, end))
    })
}

impl Day {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Mon, "mon"),
        (Self::Tue, "tue"),
        (Self::Wed, "wed"),
        (Self::Thu, "thu"),
        (Self::Fri, "fri"),
        (Self::Sat, "sat"),
        (Self::Sun, "sun"),
    ];

    fn of(date: Date) -> Self {
        match date.weekday() {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let known = Self::ALL.into_iter().find(|(_, word)| text.eq_ignore_ascii_case(word));
        known.map(|(day, _)| day)
    }
}

impl FromStr for ChangeWindow {
    type Err = InvalidWindow;

    fn from_str(text: &str) -> Result<Self, InvalidWindow> {
        let invalid = || InvalidWindow { given: text.to_owned() };
        let mut parts = text.split_whitespace();
        let (Some(days), Some(times), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(invalid());
        };
        let days: Option<Vec<BTreeSet<Day>>> = days.split(',').map(span_of_days).collect();
        let (from, until) = times.split_once('-').ok_or_else(invalid)?;
        let (from, until) = (time(from).ok_or_else(invalid)?, end_time(until).ok_or_else(invalid)?);
        let days = days.ok_or_else(invalid)?.into_iter().flatten().collect();
        Ok(Self { days, from, until })
    }
}

/// `mon`, or `mon-fri`; `fri-mon` goes over the weekend.
fn span_of_days(text: &str) -> Option<BTreeSet<Day>> {
    let Some((first, last)) = text.split_once('-') else {
        return Day::read(text).map(|day| [day].into());
    };
    let (first, last) = (Day::read(first)?, Day::read(last)?);
    let week = Day::ALL.into_iter().map(|(day, _)| day);
    let within = |day: &Day| {
        if first <= last { first <= *day && *day <= last } else { *day >= first || *day <= last }
    };
    Some(week.filter(within).collect())
}

fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn end_time(text: &str) -> Option<Time> {
    if text == "24:00" { Some(Time::midnight()) } else { time(text) }
}

impl fmt::Display for ChangeWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut runs: Vec<Vec<&str>> = Vec::new();
        let mut goes_on = false;
        for (day, word) in Day::ALL {
            let open = self.days.contains(&day);
            match runs.last_mut().filter(|_| goes_on && open) {
                Some(run) => run.push(word),
                None => runs.extend(open.then(|| vec![word])),
            }
            goes_on = open;
        }
        let run = |run: Vec<&str>| match run[..] {
            [first, .., last] => format!("{first}-{last}"),
            [one] => one.to_owned(),
            [] => String::new(),
        };
        let days: Vec<String> = runs.into_iter().map(run).collect();
        let (from, until) = (self.from.strftime("%H:%M"), self.until.strftime("%H:%M"));
        write!(f, "{} {from}-{until}", days.join(","))
    }
}

impl TryFrom<String> for ChangeWindow {
    type Error = InvalidWindow;
    fn try_from(text: String) -> Result<Self, InvalidWindow> {
        text.parse()
    }
}

impl From<ChangeWindow> for String {
    fn from(window: ChangeWindow) -> Self {
        window.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{at, calendar};

    fn windows(texts: &[&str]) -> Vec<ChangeWindow> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[track_caller]
    fn asked(texts: &[&str], moment: &str) -> Between {
        between(&windows(texts), &calendar(), at(moment))
    }

    #[test]
    fn a_window_reads_back_what_it_prints() {
        for (given, printed) in [
            ("mon-fri 09:00-16:00", "mon-fri 09:00-16:00"),
            ("Sat,SUN 22:00-04:00", "sat-sun 22:00-04:00"),
            ("fri-mon 00:00-24:00", "mon,fri-sun 00:00-00:00"),
            ("tue,thu 08:30-09:15", "tue,thu 08:30-09:15"),
        ] {
            let window: ChangeWindow = given.parse().unwrap();
            assert_eq!(window.to_string(), printed);
            assert_eq!(printed.parse(), Ok(window));
        }
    }

    #[test]
    fn what_is_no_window_is_refused_with_an_example() {
        let faulty = ["", "mon", "09:00-16:00", "mon 9:00-16:00", "mon 09:00", "moon 09:00-10:00"];
        for text in faulty.into_iter().chain(["mon 25:00-26:00", "mon 24:00-01:00", "mon- 1-2 3"]) {
            let error = text.parse::<ChangeWindow>().unwrap_err();
            assert!(error.to_string().contains("mon-fri 09:00-16:00"), "{error}");
        }
    }

    #[test]
    fn a_window_is_open_from_its_first_moment_and_no_longer_at_its_last() {
        let office = ["mon-fri 09:00-16:00"];
        let shut = Between::Shut(Some(at("2026-05-11T07:00:00Z")));
        assert_eq!(asked(&office, "2026-05-11T06:59:59Z"), shut);
        let open = Between::Open(at("2026-05-11T14:00:00Z"));
        assert_eq!(asked(&office, "2026-05-11T07:00:00Z"), open);
        assert_eq!(asked(&office, "2026-05-11T13:59:59Z"), open);
        let tomorrow = Between::Shut(Some(at("2026-05-12T07:00:00Z")));
        assert_eq!(asked(&office, "2026-05-11T14:00:00Z"), tomorrow);
    }

    #[test]
    fn a_window_over_midnight_belongs_to_the_day_it_begins_on_and_windows_that_touch_are_one() {
        let night = ["sat 22:00-04:00"];
        assert_eq!(
            asked(&night, "2026-05-17T01:00:00Z"),
            Between::Open(at("2026-05-17T02:00:00Z"))
        );
        assert_eq!(
            asked(&night, "2026-05-17T02:00:00Z"),
            Between::Shut(Some(at("2026-05-23T20:00:00Z")))
        );
        let touching = ["mon 09:00-12:00", "mon 12:00-15:00"];
        let one = Between::Open(at("2026-05-11T13:00:00Z"));
        assert_eq!(asked(&touching, "2026-05-11T08:00:00Z"), one);
        let always = ["mon-sun 00:00-24:00"];
        assert!(matches!(asked(&always, "2026-05-12T08:00:00Z"), Between::Open(_)));
    }

    #[test]
    fn a_holiday_has_no_window() {
        // Ascension Day is a Thursday; the window of the day before ends in it.
        let office = ["mon-fri 09:00-16:00"];
        let friday = Between::Shut(Some(at("2026-05-15T07:00:00Z")));
        assert_eq!(asked(&office, "2026-05-14T10:00:00Z"), friday);
        let night = ["mon-fri 22:00-04:00"];
        assert_eq!(
            asked(&night, "2026-05-14T01:00:00Z"),
            Between::Open(at("2026-05-14T02:00:00Z"))
        );
    }
}
