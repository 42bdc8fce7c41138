//! When an environment takes something new, worked out minute by minute from the wall clock.

use super::case::Case;
use countersign_core::calendar::BusinessCalendar;
use countersign_core::digest::Sha256;
use countersign_core::name::EnvironmentName;
use countersign_core::register::RegisterEvent;
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// A freeze: where, from when, until when, when it was declared, and whether it was lifted.
#[derive(Debug)]
struct Stop {
    places: BTreeSet<EnvironmentName>,
    from: Timestamp,
    until: Timestamp,
    declared: Timestamp,
    lifted: bool,
}

/// Windows as they are written, and freezes.
#[derive(Debug, Default)]
pub struct Times {
    windows: BTreeMap<EnvironmentName, Vec<String>>,
    stops: BTreeMap<u32, Stop>,
}

impl Times {
    /// Takes in what happened next.
    pub fn reads(&mut self, at: Timestamp, event: &RegisterEvent) {
        match event {
            RegisterEvent::ChangeWindowsSet { environment, windows } => {
                let written = windows.iter().map(ToString::to_string).collect();
                self.windows.insert(environment.clone(), written);
            }
            RegisterEvent::FreezeDeclared { number, environments, from, until, .. } => {
                let (places, from, until) = (environments.clone(), *from, *until);
                let stop = Stop { places, from, until, declared: at, lifted: false };
                self.stops.insert(*number, stop);
            }
            RegisterEvent::FreezeLifted { number, .. } => {
                self.stops.get_mut(number).iter_mut().for_each(|stop| stop.lifted = true);
            }
            _ => {}
        }
    }

    /// Why nothing new goes there now.
    pub fn shut(
        &self,
        place: &EnvironmentName,
        now: Timestamp,
        calendar: Option<&BusinessCalendar>,
    ) -> BTreeSet<&'static str> {
        let here = self.stops.values().filter(|stop| stop.places.contains(place) && !stop.lifted);
        // A stop that began at once is known, even to a clock that is behind.
        let begun = |stop: &Stop| stop.from <= now || stop.from == stop.declared;
        let frozen = here.into_iter().any(|stop| begun(stop) && now < stop.until);
        let frozen = frozen.then_some("environment.frozen");
        let outside = (!self.within(place, now, calendar)).then_some("environment.outside_window");
        frozen.into_iter().chain(outside).collect()
    }

    /// The first moment before `until` at which it stops taking anything new; `until` if there is
    /// none.
    pub fn closes(
        &self,
        place: &EnvironmentName,
        now: Timestamp,
        until: Timestamp,
        calendar: Option<&BusinessCalendar>,
    ) -> Timestamp {
        let here = self.stops.values().filter(|stop| stop.places.contains(place) && !stop.lifted);
        let begins = here.map(|stop| stop.from).filter(|from| *from > now);
        let minute = SignedDuration::from_mins(1);
        let first = Timestamp::from_second(now.as_second() / 60 * 60 + 60).unwrap_or(now);
        let minutes = std::iter::successors(Some(first), |at| Some(*at + minute));
        let mut minutes = minutes.take_while(|at| *at < until);
        let ends = minutes.find(|at| !self.within(place, *at, calendar));
        begins.chain(ends).chain([until]).min().unwrap_or(until)
    }

    fn within(
        &self,
        place: &EnvironmentName,
        at: Timestamp,
        calendar: Option<&BusinessCalendar>,
    ) -> bool {
        let Some(windows) = self.windows.get(place).filter(|all| !all.is_empty()) else {
            return true;
        };
        let zone = calendar.map_or("UTC", BusinessCalendar::zone);
        let Ok(wall) = at.in_tz(zone) else { return false };
        let clock = wall.strftime("%H:%M").to_string();
        let (today, day_before) = (wall.date(), wall.date().checked_sub(1.day()).ok());
        let free = |day: Date| calendar.is_some_and(|calendar| calendar.holidays.contains(&day));
        windows.iter().any(|window| {
            let Some((days, times)) = window.split_once(' ') else { return false };
            let Some((from, until)) = times.split_once('-') else { return false };
            let on = |day: Date| names(days, day) && !free(day);
            let (after, before) = (clock.as_str() >= from, clock.as_str() < until);
            if from < until {
                return on(today) && after && before;
            }
            (on(today) && after) || (day_before.is_some_and(on) && before)
        })
    }
}

/// Whether a list of days such as `mon,wed-fri` names this one.
fn names(days: &str, day: Date) -> bool {
    const WEEK: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let place = |word: &str| WEEK.iter().position(|(known, _)| *known == word).unwrap_or(0);
    let today = WEEK.iter().position(|(_, known)| *known == day.weekday()).unwrap_or(0);
    days.split(',').any(|part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        (place(first)..=place(last)).contains(&today)
    })
}

/// Until when a release may go there for the first time, or why it may not.
pub fn scheduled(
    case: &Case<'_>,
    digest: Sha256,
    place: &EnvironmentName,
    now: Timestamp,
    until: Timestamp,
) -> Result<Timestamp, String> {
    let (from, end) = case.content.time;
    if case.ran(digest, place) {
        return Ok(until);
    }
    if from.is_some_and(|from| now < from) {
        return Err("release.not_yet".into());
    }
    match end {
        Some(end) if now >= end => Err("release.too_late".into()),
        Some(end) => Ok(until.min(end)),
        None => Ok(until),
    }
}
