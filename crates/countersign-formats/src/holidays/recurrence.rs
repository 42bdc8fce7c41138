//! Holidays that come every year on the same date. No other rule is read.

use super::event::date;
use jiff::civil::Date;

/// Every so many years, so often or until a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Yearly {
    every: i16,
    count: Option<usize>,
    until: Option<Date>,
}

impl Yearly {
    /// Reads the value of a rule for a holiday that is first on this day, or says which part of it
    /// is not understood.
    pub(super) fn read(text: &str, first: Date) -> Result<Self, String> {
        let mut rule = Self { every: 1, count: None, until: None };
        let mut yearly = false;
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let same = |own: i8| (value.parse() == Ok(own)).then_some(());
            let known = match name.to_ascii_uppercase().as_str() {
                "FREQ" => {
                    yearly = value.eq_ignore_ascii_case("YEARLY");
                    yearly.then_some(())
                }
                "INTERVAL" => set(&mut rule.every, value.parse().ok().filter(|n| *n > 0)),
                "COUNT" => set(&mut rule.count, value.parse().ok().filter(|n| *n > 0).map(Some)),
                // A moment ends the rule on its day when the holiday of that day has begun by then,
                // which it has: it begins at midnight.
                "UNTIL" => {
                    let day = value.split(['T', 't']).next().unwrap_or_default();
                    set(&mut rule.until, date(day).map(Some))
                }
                // The date itself, said once more.
                "BYMONTH" => same(first.month()),
                "BYMONTHDAY" => same(first.day()),
                "WKST" => Some(()),
                _ => None,
            };
            known.ok_or_else(|| not_read(part))?;
        }
        if !yearly {
            return Err("the rule has no FREQ: only FREQ=YEARLY is read".into());
        }
        if rule.count.is_some() && rule.until.is_some() {
            return Err("a rule has COUNT or UNTIL, not both".into());
        }
        Ok(rule)
    }

    /// The dates up to this day. A date that a year does not have, as 29 February, is not counted.
    pub(super) fn dates(self, first: Date, last: Date) -> Vec<Date> {
        let last = self.until.map_or(last, |until| until.min(last));
        let years = (0..).map_while(|n: i16| {
            let year = first.year().checked_add(n.checked_mul(self.every)?)?;
            (year <= last.year()).then_some(year)
        });
        let dates = years.filter_map(|year| Date::new(year, first.month(), first.day()).ok());
        let dates = dates.take_while(|day| *day <= last);
        dates.take(self.count.unwrap_or(usize::MAX)).collect()
    }
}

fn set<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn not_read(part: &str) -> String {
    format!(
        "`{part}` is not read: a holiday comes every year on the same date (FREQ=YEARLY with \
         COUNT, UNTIL or INTERVAL); write the days of a moving one as events of their own"
    )
}
