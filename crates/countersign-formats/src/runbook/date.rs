//! Dates as front matter and web pages write them.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads `2026-05-09`, `2026-05-09T00:00:00.000Z`, `9 May 2026`, `May 9, 2026` and the long form
/// of JavaScript, `Sat May 09 2026 00:00:00 GMT+0000 (Coordinated Universal Time)`.
///
/// A page shows a date that was midnight in UTC in the zone of whoever looked, so a moment that is
/// midnight in UTC is that day; any other moment is the day its writer saw.
pub(super) fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    iso(text).or_else(|| words(text))
}

fn iso(text: &str) -> Option<Date> {
    let date: Date = text.get(..10)?.parse().ok()?;
    match text[10..].strip_prefix(['T', 't', ' ']) {
        None if text.len() == 10 => Some(date),
        None => None,
        Some(rest) => {
            let time = rest.get(..8)?.parse().ok()?;
            let fraction = rest[8..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
            let zone = fraction.trim();
            let zone =
                if zone.eq_ignore_ascii_case("z") || zone.is_empty() { "+0000" } else { zone };
            Some(day_meant(date, time, offset(zone)?))
        }
    }
}

fn words(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let weekday = words.first().and_then(|word| weekday(word));
    let words = &words[usize::from(weekday.is_some())..];
    let (day, month) = match (words.first()?, words.get(1)?) {
        (day, name) if month(name).is_some() => (*day, month(name)?),
        (name, day) => (*day, month(name)?),
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let date = Date::new(words.get(2)?.parse().ok()?, month, day).ok()?;
    if weekday.is_some_and(|weekday| weekday != date.weekday()) {
        return None;
    }
    match words.get(3) {
        None => Some(date),
        Some(time) => {
            let zone = words.get(4).map_or("+0000", |zone| zone.trim_start_matches("GMT"));
            let named = words.get(5..).unwrap_or_default().join(" ");
            let closed = named.is_empty() || named.starts_with('(') && named.ends_with(')');
            let zone = if zone.is_empty() { "+0000" } else { zone };
            closed.then_some(day_meant(date, time.parse().ok()?, offset(zone)?))
        }
    }
}

fn month(word: &str) -> Option<i8> {
    let short = word.get(..3)?.to_lowercase();
    let at = MONTHS.iter().position(|month| *month == short)?;
    let letters = word.chars().all(char::is_alphabetic);
    i8::try_from(at + 1).ok().filter(|_| letters)
}

fn weekday(word: &str) -> Option<Weekday> {
    match word.get(..3)?.to_lowercase().as_str() {
        "mon" => Some(Weekday::Monday),
        "tue" => Some(Weekday::Tuesday),
        "wed" => Some(Weekday::Wednesday),
        "thu" => Some(Weekday::Thursday),
        "fri" => Some(Weekday::Friday),
        "sat" => Some(Weekday::Saturday),
        "sun" => Some(Weekday::Sunday),
        _ => None,
    }
}

/// `+0200`, `-07:00`.
fn offset(text: &str) -> Option<Offset> {
    let negative = text.starts_with('-');
    let digits: String = text.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|rest| rest.len() == 2)?.parse().ok()?;
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

fn day_meant(date: Date, time: Time, offset: Offset) -> Date {
    let utc = offset.to_timestamp(date.to_datetime(time)).map(|at| Offset::UTC.to_datetime(at));
    match utc {
        Ok(utc) if utc.time() == Time::midnight() => utc.date(),
        Ok(_) | Err(_) => date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    ///
    #[test]
    fn a_date_is_the_same_day_in_every_form() {
        let day: Date = "2026-05-09".parse().unwrap();
        for text in [
            "2026-05-09",
            "2026-05-09T00:00:00.000Z",
            "2026-05-09 00:00:00+00:00",
            "Sat May 09 2026 00:00:00 GMT+0000 (Coordinated Universal Time)",
            "Sat May 09 2026 02:00:00 GMT+0200 (Central European Summer Time)",
            "Fri May 08 2026 17:00:00 GMT-0700 (Pacific Daylight Time)",
            "Sat May 09 2026 15:30:00 GMT-0700 (Pacific Daylight Time)",
            "Sat May 09 2026",
            "May 9, 2026",
            "9 May 2026",
            "9th May 2026",
        ] {
            assert_eq!(read(text), Some(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_contradicts_itself_is_refused() {
        for text in [
            "",
            "soon",
            "2026-13-01",
            "2026-05-09x",
            "Mon May 09 2026 00:00:00 GMT+0000 (Coordinated Universal Time)",
            "31 Feb 2026",
            "05/09/2026",
            "Sat May 09 2026 25:00:00 GMT+0000",
            "May",
            "é 9 2026",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
