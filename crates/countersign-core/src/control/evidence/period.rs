//! The days evidence is asked for, on the organisation's calendar.

use crate::calendar::BusinessCalendar;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A run of whole days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day, itself included.
    pub to: Date,
    /// The zone the days are meant in.
    pub zone: String,
    /// The first moment.
    pub begins: Timestamp,
    /// The first moment after it.
    pub ends: Timestamp,
}

/// Why two days are no period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPeriod {
    from: Date,
    to: Date,
}

impl fmt::Display for InvalidPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(f, "the last day, `{to}`, is before the first, `{from}`: exchange them")
    }
}

impl std::error::Error for InvalidPeriod {}

impl Period {
    /// These days on this calendar, the last one included.
    pub fn new(from: Date, to: Date, on: &BusinessCalendar) -> Result<Self, InvalidPeriod> {
        if to < from {
            return Err(InvalidPeriod { from, to });
        }
        let ends = to.tomorrow().map_or(Timestamp::MAX, |next| on.begin_of(next));
        Ok(Self { from, to, zone: on.zone().to_owned(), begins: on.begin_of(from), ends })
    }

    /// Whether a moment is in it.
    pub fn covers(&self, at: Timestamp) -> bool {
        self.begins <= at && at < self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{at, calendar};

    #[test]
    fn the_last_day_counts_to_its_end_on_the_organisations_clock() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let period = Period::new(day("2026-05-01"), day("2026-05-31"), &calendar()).unwrap();
        // Berlin is two hours ahead of UTC in summer.
        assert!(period.covers(at("2026-04-30T22:00:00Z")));
        assert!(!period.covers(at("2026-04-30T21:59:59Z")));
        assert!(period.covers(at("2026-05-31T21:59:59Z")));
        assert!(!period.covers(at("2026-05-31T22:00:00Z")));
        let error = Period::new(day("2026-06-01"), day("2026-05-31"), &calendar()).unwrap_err();
        assert!(error.to_string().contains("exchange"), "{error}");
    }
}
