//! Holidays from a calendar file (iCalendar, RFC 5545): bytes in, days with their names out.
//!
//! Calendars hold much that is no holiday. What this reader cannot turn into days for certain is a
//! fault with its line and its event, and nothing is taken from a file with a fault: a holiday that
//! was silently left out would move deadlines. Time zones, alarms, attendees and the fields of
//! single products say nothing about whole days and are passed over.

mod content;
mod event;
mod recurrence;

use content::{Content, unfolded};
use event::Event;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// The largest calendar file read, in bytes.
pub const MAX_FILE: usize = 1024 * 1024;

/// The most days read from one file.
pub const MAX_DAYS: usize = 10_000;

/// Which days are asked for, the first and the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: Date,
    /// The last.
    pub until: Date,
}

impl Span {
    /// The year of this day and so many after it.
    pub fn years(today: Date, more: i16) -> Self {
        let of = |year: i16, month, day| Date::new(year, month, day).unwrap_or(today);
        Self { from: of(today.year(), 1, 1), until: of(today.year().saturating_add(more), 12, 31) }
    }

    fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// What a calendar file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    /// The days asked for, with what they are called.
    pub days: BTreeMap<Date, String>,
    /// How many days came more than once and were merged.
    pub repeated: usize,
    /// How many days lie outside the span asked for.
    pub outside: usize,
    /// How many events were called off in the file itself.
    pub cancelled: usize,
}

/// Why a calendar file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which line, counted from 1.
    pub line: usize,
    /// In which event, when it has a name.
    pub event: Option<String>,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(event) = &self.event {
            write!(f, " (`{event}`)")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Fault {}

fn fault(line: usize, message: impl Into<String>) -> Fault {
    Fault { line, event: None, message: message.into() }
}

/// Reads the holidays of a calendar file, or says everything that is wrong with it.
pub fn read(bytes: &[u8], span: Span) -> Result<Holidays, Vec<Fault>> {
    if bytes.len() > MAX_FILE {
        return Err(vec![fault(1, "the file is larger than 1 MiB: export the holidays alone")]);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
        vec![fault(line, "this is not UTF-8: save the calendar as UTF-8")]
    })?;
    let mut faults = Vec::new();
    let events = events(&unfolded(text), &mut faults);
    let mut holidays = Holidays::default();
    for event in &events {
        match event.days(span) {
            Ok(days) => holidays.add(event, days, span),
            Err(wrong) => faults.extend(wrong),
        }
        if holidays.days.len() + holidays.outside > MAX_DAYS {
            return Err(vec![fault(
                event.line,
                format!("the file holds more than {MAX_DAYS} days: export fewer years"),
            )]);
        }
    }
    if events.is_empty() && faults.is_empty() {
        faults.push(fault(1, "there is no event in it: export a calendar of holidays"));
    }
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(holidays) } else { Err(faults) }
}

impl Holidays {
    fn add(&mut self, event: &Event, days: Vec<Date>, span: Span) {
        if event.cancelled {
            self.cancelled += 1;
            return;
        }
        for day in days {
            if !span.holds(day) {
                self.outside += 1;
                continue;
            }
            let Some(known) = self.days.get_mut(&day) else {
                self.days.insert(day, event.name().to_owned());
                continue;
            };
            self.repeated += 1;
            if !known.split(" / ").any(|one| one == event.name()) {
                *known = format!("{known} / {}", event.name());
            }
        }
    }
}

/// The events of the calendar, in their order.
fn events(lines: &[Content], faults: &mut Vec<Fault>) -> Vec<Event> {
    let mut open: Vec<String> = Vec::new();
    let mut events: Vec<Event> = Vec::new();
    let begins = lines.first().is_some_and(|line| line.is("BEGIN", "VCALENDAR"));
    if !begins {
        faults.push(fault(1, "this is no iCalendar file: it begins with `BEGIN:VCALENDAR`"));
        return events;
    }
    for line in lines {
        match line.name.as_str() {
            "BEGIN" => {
                let component = line.value.trim().to_ascii_uppercase();
                if ["VTODO", "VJOURNAL", "VFREEBUSY"].contains(&component.as_str()) {
                    let message = format!("a {component} is no holiday: export events alone");
                    faults.push(fault(line.number, message));
                }
                if component == "VEVENT" && open == ["VCALENDAR"] {
                    events.push(Event::at(line.number));
                }
                open.push(component);
            }
            "END" => {
                let component = line.value.trim().to_ascii_uppercase();
                if open.pop().as_ref() != Some(&component) {
                    let message = format!("`END:{component}` closes nothing that was begun");
                    faults.push(fault(line.number, message));
                    return events;
                }
            }
            _ if open == ["VCALENDAR", "VEVENT"] => {
                events.last_mut().into_iter().for_each(|event| event.take(line));
            }
            _ => {}
        }
    }
    if let Some(left) = open.last() {
        let last = lines.last().map_or(1, |line| line.number);
        faults.push(fault(last, format!("the file ends inside `{left}`: export it again")));
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(events: &[&str]) -> String {
        let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
        for event in events {
            let event = event.replace('\n', "\r\n");
            text.push_str(&format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n"));
        }
        text + "END:VCALENDAR\r\n"
    }

    fn span() -> Span {
        Span::years("2026-05-11".parse().unwrap(), 2)
    }

    #[track_caller]
    fn days(events: &[&str]) -> Vec<(String, String)> {
        let read = read(calendar(events).as_bytes(), span()).unwrap();
        read.days.into_iter().map(|(day, name)| (day.to_string(), name)).collect()
    }

    #[track_caller]
    fn faulty(events: &[&str]) -> Vec<String> {
        let faults = read(calendar(events).as_bytes(), span()).unwrap_err();
        faults.iter().map(ToString::to_string).collect()
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(day, name)| ((*day).into(), (*name).into())).collect()
    }

    #[test]
    fn a_whole_day_is_a_holiday_and_the_end_of_several_is_not_one() {
        let read = days(&[
            "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas\\, both days",
            "SUMMARY:New Year\nDTSTART;VALUE=DATE:20270101",
            "DTSTART;VALUE=DATE:20270503\nDURATION:P1D\nSUMMARY:Bridge",
        ]);
        let both = "Christmas, both days";
        assert_eq!(
            read,
            pairs(&[
                ("2026-12-25", both),
                ("2026-12-26", both),
                ("2027-01-01", "New Year"),
                ("2027-05-03", "Bridge")
            ])
        );
    }

    #[test]
    fn a_yearly_holiday_comes_every_year_of_the_span() {
        let yearly = "SUMMARY:Day\nDTSTART;VALUE=DATE:20201003\nRRULE:FREQ=YEARLY";
        let all = ["2026-10-03", "2027-10-03", "2028-10-03"];
        let dates =
            |event: &str| days(&[event]).into_iter().map(|(day, _)| day).collect::<Vec<_>>();
        assert_eq!(dates(yearly), all);
        assert_eq!(dates(&format!("{yearly};UNTIL=20271003")), all[..2]);
        assert_eq!(dates(&format!("{yearly};UNTIL=20271002T235959Z")), all[..1]);
        assert_eq!(dates(&format!("{yearly};COUNT=8")), all[..2]);
        assert_eq!(dates(&format!("{yearly};INTERVAL=7")), all[1..2]);
        assert_eq!(dates(&format!("{yearly};BYMONTH=10;BYMONTHDAY=3;WKST=MO")), all);
        let leap = "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY\nSUMMARY:Leap day";
        assert_eq!(dates(leap), ["2028-02-29"]);
        let but = format!("{yearly}\nEXDATE;VALUE=DATE:20271003");
        assert_eq!(dates(&but), ["2026-10-03", "2028-10-03"]);
    }

    #[test]
    fn a_rule_that_is_not_yearly_names_its_line_and_its_event() {
        for (rule, part) in [
            ("FREQ=MONTHLY", "FREQ=MONTHLY"),
            ("FREQ=YEARLY;BYDAY=4TH", "BYDAY=4TH"),
            ("FREQ=YEARLY;BYMONTH=11", "BYMONTH=11"),
            ("FREQ=YEARLY;COUNT=0", "COUNT=0"),
            ("FREQ=YEARLY;INTERVAL=x", "INTERVAL=x"),
            ("COUNT=3", "FREQ"),
            ("FREQ=YEARLY;COUNT=3;UNTIL=20270101", "UNTIL"),
        ] {
            let event = format!("SUMMARY:Moving\nDTSTART;VALUE=DATE:20261003\nRRULE:{rule}");
            let faults = faulty(&[&event]);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].starts_with("line 6 (`Moving`): "), "{faults:?}");
            assert!(faults[0].contains(part), "{faults:?}");
        }
    }

    #[test]
    fn what_happens_at_a_time_of_day_is_no_holiday() {
        let timed = "SUMMARY:Party\nDTSTART;TZID=Europe/Berlin:20261225T180000";
        let faults = faulty(&[timed]);
        assert!(faults[0].contains("line 5 (`Party`)") && faults[0].contains("whole day"));
        let faults = faulty(&["DTSTART:20261225T180000Z\nSUMMARY:A", "SUMMARY:B"]);
        assert_eq!(faults.len(), 2, "every fault at once: {faults:?}");
        assert!(faults[1].contains("`B`") && faults[1].contains("DTSTART"), "{faults:?}");
    }

    #[test]
    fn what_cannot_be_understood_for_certain_is_never_left_out() {
        for more in [
            "DTEND;VALUE=DATE:20261225",
            "DTEND:20261226T000000Z",
            "DTEND;VALUE=DATE:20280101",
            "RDATE;VALUE=DATE:20271225",
            "RECURRENCE-ID;VALUE=DATE:20261225",
            "DURATION:PT12H",
            "EXDATE:20261225T000000Z",
        ] {
            let event = format!("SUMMARY:A\nDTSTART;VALUE=DATE:20261225\n{more}");
            assert!(faulty(&[&event])[0].contains("line 6"), "{more}");
        }
        for date in ["2026-12-25", "20261325", "20260230", ""] {
            let event = format!("SUMMARY:A\nDTSTART;VALUE=DATE:{date}");
            assert!(faulty(&[&event])[0].contains("line 5"), "{date}");
        }
    }

    #[test]
    fn days_that_come_twice_are_one_and_what_was_called_off_is_none() {
        let read = read(
            calendar(&[
                "SUMMARY:A\nDTSTART;VALUE=DATE:20261225",
                "SUMMARY:A\nDTSTART;VALUE=DATE:20261225",
                "SUMMARY:B\nDTSTART;VALUE=DATE:20261225",
                "SUMMARY:C\nDTSTART;VALUE=DATE:20261226\nSTATUS:CANCELLED",
                "SUMMARY:D\nDTSTART;VALUE=DATE:20251226",
            ])
            .as_bytes(),
            span(),
        )
        .unwrap();
        let day = "2026-12-25".parse().unwrap();
        assert_eq!(read.days, [(day, "A / B".to_owned())].into());
        assert_eq!((read.repeated, read.cancelled, read.outside), (2, 1, 1));
    }

    #[test]
    fn folded_lines_quoted_parameters_alarms_and_zones_are_read_as_they_are_meant() {
        let text = "\u{feff}BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\n\
            DTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n\
            END:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY;LANGUAGE=\"de:x\":Heilig\n \
            abend\ndtstart;value=date:20261224\nBEGIN:VALARM\nSUMMARY:Ring\nEND:VALARM\n\
            END:VEVENT\nEND:VCALENDAR";
        let read = read(text.as_bytes(), span()).unwrap();
        assert_eq!(read.days.values().collect::<Vec<_>>(), ["Heiligabend"]);
    }

    #[test]
    fn a_file_that_is_no_calendar_is_refused() {
        let said = |bytes: &[u8]| read(bytes, span()).unwrap_err()[0].to_string();
        assert!(said(b"day,name\n2026-12-25,Christmas").contains("BEGIN:VCALENDAR"));
        assert!(said(b"").contains("BEGIN:VCALENDAR"));
        assert!(said(b"BEGIN:VCALENDAR\n\xff").starts_with("line 2: this is not UTF-8"));
        assert!(said(b"BEGIN:VCALENDAR\nEND:VCALENDAR").contains("no event"));
        assert!(
            said(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225").contains("ends")
        );
        assert!(said(b"BEGIN:VCALENDAR\nEND:VEVENT").contains("END:VEVENT"));
        let todo = "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR";
        assert!(said(todo.as_bytes()).contains("VTODO"));
        assert!(said(&vec![b' '; MAX_FILE + 1]).contains("1 MiB"));
    }

    #[test]
    fn more_days_than_a_calendar_can_hold_are_refused() {
        let event = "SUMMARY:A\nDTSTART;VALUE=DATE:20000101\nDTEND;VALUE=DATE:20001231";
        let many: Vec<&str> = std::iter::repeat_n(event, 40).collect();
        let said = read(calendar(&many).as_bytes(), span()).unwrap_err();
        assert!(said[0].message.contains("10000 days"), "{said:?}");
    }
}
