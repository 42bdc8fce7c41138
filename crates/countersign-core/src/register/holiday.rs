//! The business calendar as it is set: bounded, with working days left in it, and with the names
//! of its holidays beside it. The names stay out of the calendar, which is frozen into every plan.

use super::{HolidayNames, RegisterEvent};
use crate::calendar::BusinessCalendar;
use crate::field::FieldFault;
use crate::refusal::Refusal;
use jiff::{Timestamp, ToSpan};

/// The most holidays one calendar has; with their names they fit one event.
pub const MAX_HOLIDAYS: usize = 500;

/// The longest name of a holiday that is kept, in characters; a longer one is cut.
pub const MAX_HOLIDAY_NAME: usize = 40;

pub(super) fn set_calendar(
    calendar: BusinessCalendar,
    names: HolidayNames,
    now: Timestamp,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if calendar.holidays.len() > MAX_HOLIDAYS {
        return Err(fault(format!(
            "these are {} days: a calendar takes {MAX_HOLIDAYS}; leave out years that are over or \
             far ahead",
            calendar.holidays.len()
        )));
    }
    let today = calendar.date_at(now);
    let ahead = (0..366).map_while(|n: i64| today.checked_add(n.days()).ok());
    if !ahead.into_iter().any(|day| calendar.is_business_day(day)) {
        let message = "every day of the coming year would be free: leave at least one working day";
        return Err(fault(message.to_owned()));
    }
    let short = |name: String| name.trim().chars().take(MAX_HOLIDAY_NAME).collect::<String>();
    let names = names.into_iter().map(|(day, name)| (day, short(name)));
    let names = names.filter(|(day, name)| calendar.holidays.contains(day) && !name.is_empty());
    let names = names.collect();
    Ok(vec![RegisterEvent::CalendarSet { calendar, names }])
}

fn fault(message: String) -> Refusal {
    let (field, label) = ("holidays".to_owned(), "Holidays".to_owned());
    Refusal::InvalidAnswers { faults: vec![FieldFault { field, label, message }] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::*;
    use jiff::civil::Date;

    fn with(days: impl Iterator<Item = Date>) -> BusinessCalendar {
        let mut calendar = BusinessCalendar::new("UTC").unwrap();
        calendar.holidays.extend(days);
        calendar
    }

    fn from(first: &str) -> impl Iterator<Item = Date> {
        let first: Date = first.parse().unwrap();
        (0..).map(move |n: i64| first + n.days())
    }

    #[test]
    fn a_calendar_whose_every_day_is_free_is_refused() {
        let free = with(from("2026-05-11").take(366));
        let refusal = set_calendar(free, HolidayNames::new(), monday()).unwrap_err();
        assert!(refusal.to_string().contains("at least one working day"), "{refusal}");
        let one_left = with(from("2026-05-11").take(365));
        assert!(set_calendar(one_left, HolidayNames::new(), monday()).is_ok());
    }

    #[test]
    fn more_holidays_than_an_event_holds_are_refused() {
        let full = || from("2030-01-01").step_by(3);
        assert!(set_calendar(with(full().take(500)), HolidayNames::new(), monday()).is_ok());
        let refusal = set_calendar(with(full().take(501)), HolidayNames::new(), monday());
        assert_eq!(refusal.unwrap_err().code(), "answers.invalid");
    }

    #[test]
    fn a_name_stays_with_its_holiday_and_a_long_one_is_cut() {
        let day: Date = "2026-12-25".parse().unwrap();
        let other: Date = "2026-12-27".parse().unwrap();
        let names = [(day, "x".repeat(60)), (other, "no holiday".to_owned())].into();
        let events = set_calendar(with([day].into_iter()), names, monday()).unwrap();
        let RegisterEvent::CalendarSet { names, .. } = &events[0] else { panic!() };
        assert_eq!((names.len(), names[&day].len()), (1, 40));
    }
}
