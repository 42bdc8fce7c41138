//! Times as people read them: in the organisation's zone, with the zone named.

use countersign_core::register::Register;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// The zone times are shown in, and the moment the page is made.
#[derive(Debug, Clone)]
pub struct Zone {
    /// The zone's name: `Europe/Berlin`.
    pub name: String,
    zone: TimeZone,
    now: Timestamp,
}

impl Zone {
    /// The zone of the organisation's calendar.
    pub fn of(register: &Register, now: Timestamp) -> Self {
        let name = register.calendar().map_or_else(|| "UTC".into(), |it| it.zone().to_owned());
        let zone = TimeZone::get(&name).unwrap_or(TimeZone::UTC);
        Self { name, zone, now }
    }

    /// UTC, for pages that anybody sees and for samples.
    pub fn utc(now: Timestamp) -> Self {
        Self { name: "UTC".into(), zone: TimeZone::UTC, now }
    }

    /// Day and time: `9 May 2026, 14:05 CEST`.
    pub fn text(&self, at: Timestamp) -> String {
        let zoned = at.to_zoned(self.zone.clone());
        zoned.strftime("%-d %b %Y, %H:%M %Z").to_string()
    }

    /// Day and time, readable for machines as well.
    pub fn moment(&self, at: Timestamp) -> Markup {
        html! { time datetime=(at) { (self.text(at)) } }
    }

    /// Day and time as a box for a moment holds them: `2026-05-09T14:05`.
    pub fn typed(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// The day alone, as people write it.
    pub fn day(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%-d %b %Y").to_string()
    }

    /// How far away a moment is: "in 2 days", "3 hours ago".
    pub fn distance(&self, at: Timestamp) -> String {
        let seconds = at.duration_since(self.now).as_secs();
        let (amount, unit) = match seconds.unsigned_abs() {
            seconds @ 0..3_600 => (seconds / 60, "minute"),
            seconds @ 3_600..172_800 => (seconds / 3_600, "hour"),
            seconds => (seconds / 86_400, "day"),
        };
        let plural = if amount == 1 { "" } else { "s" };
        if seconds.is_negative() {
            format!("{amount} {unit}{plural} ago")
        } else {
            format!("in {amount} {unit}{plural}")
        }
    }

    /// Where a due date stands.
    pub fn due(&self, at: Timestamp) -> Due {
        let left = at.duration_since(self.now).as_secs();
        match left {
            i64::MIN..0 => Due::Over,
            0..86_400 => Due::Soon,
            _ => Due::Later,
        }
    }

    /// A text of the form `2026-05-09T14:05`, as a browser sends it, in this zone; or any
    /// timestamp with its offset.
    pub fn parse(&self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(at);
        }
        // A day alone means its usual close; a date-and-time parser would read it as midnight.
        let local = match text.contains(['T', ' ']) {
            true => text.parse::<jiff::civil::DateTime>().ok()?,
            false => text.parse::<jiff::civil::Date>().ok()?.at(17, 0, 0, 0),
        };
        local.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }

    /// A moment as the API takes it; what is none stays as typed, and the API says what is wrong.
    pub fn as_sent(&self, text: &str) -> String {
        self.parse(text).map_or_else(|| text.to_owned(), |at| at.to_string())
    }
}

/// Where a due date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It has passed.
    Over,
    /// Within a day.
    Soon,
    /// After that.
    Later,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Zone {
        let calendar = countersign_core::calendar::BusinessCalendar::new("Europe/Berlin").unwrap();
        let register = Register { calendar: Some(calendar), ..Register::default() };
        Zone::of(&register, "2026-05-09T12:00:00Z".parse().unwrap())
    }

    ///
    #[test]
    fn times_are_shown_in_the_organisations_zone_with_the_zone_named() {
        let at = "2026-05-09T12:05:00Z".parse().unwrap();
        assert_eq!(berlin().text(at), "9 May 2026, 14:05 CEST");
        assert_eq!(berlin().distance(at), "in 5 minutes");
        assert_eq!(berlin().due("2026-05-09T11:59:59Z".parse().unwrap()), Due::Over);
    }

    #[test]
    fn a_time_without_offset_is_meant_in_the_organisations_zone() {
        let at = berlin().parse("2026-05-09T14:05").unwrap();
        assert_eq!(at.to_string(), "2026-05-09T12:05:00Z");
        assert_eq!(berlin().parse("2026-05-09").unwrap().to_string(), "2026-05-09T15:00:00Z");
        assert_eq!(berlin().typed(at), "2026-05-09T14:05");
        assert_eq!(berlin().parse("9 May"), None);
    }
}
