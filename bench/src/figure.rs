//! One line of the result: the limit, ours, and what was aimed at.

use crate::arguments::Part;
use serde::Serialize;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// In a second: more is better.
    PerSecond,
    /// Milliseconds: less is better.
    Milliseconds,
    /// Bytes: less is better.
    Bytes,
    /// A share of 1: more is better.
    Share,
}

impl Unit {
    /// Whether more is better.
    pub fn grows(self) -> bool {
        matches!(self, Self::PerSecond | Self::Share)
    }

    /// The number as people read it.
    pub fn text(self, value: f64) -> String {
        match self {
            Self::PerSecond => format!("{}/s", grouped(value)),
            Self::Milliseconds => format!("{value:.2} ms"),
            Self::Bytes => format!("{:.1} MiB", value / 1_048_576.0),
            Self::Share => format!("{value:.2}"),
        }
    }
}

/// A whole number with its thousands apart.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One line of the result.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The part it belongs to: `W1`.
    pub part: String,
    /// What was measured.
    pub what: String,
    /// What its numbers count.
    pub unit: Unit,
    /// The best this machine could do; absent where there is nothing to compare with.
    pub limit: Option<f64>,
    /// What Countersign does.
    pub ours: f64,
    /// What was aimed at.
    pub target: Option<f64>,
    /// What else there is to know.
    pub note: String,
}

impl Row {
    /// A line with what Countersign does.
    pub fn new(part: Part, what: impl Into<String>, unit: Unit, ours: f64) -> Self {
        let (part, what, note) = (format!("{part:?}"), what.into(), String::new());
        Self { part, what, unit, limit: None, ours, target: None, note }
    }

    /// The same beside the limit.
    #[must_use]
    pub fn limit(mut self, limit: f64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The same with what was aimed at.
    #[must_use]
    pub fn target(mut self, target: f64) -> Self {
        self.target = Some(target);
        self
    }

    /// The same with what else there is to know.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Ours as a share of the limit: 1 is the limit itself, whichever way better lies.
    pub fn ratio(&self) -> Option<f64> {
        let limit = self.limit.filter(|limit| *limit > 0.0 && self.ours > 0.0)?;
        Some(if self.unit.grows() { self.ours / limit } else { limit / self.ours })
    }

    /// Whether the target is met; `None` without one.
    pub fn holds(&self) -> Option<bool> {
        let target = self.target?;
        Some(if self.unit.grows() { self.ours >= target } else { self.ours <= target })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_than_the_target_holds_whichever_way_better_lies() {
        let rate = Row::new(Part::W1, "rate", Unit::PerSecond, 50.0).limit(100.0).target(40.0);
        assert_eq!((rate.ratio(), rate.holds()), (Some(0.5), Some(true)));
        let time = Row::new(Part::W7, "time", Unit::Milliseconds, 50.0).limit(10.0).target(40.0);
        assert_eq!((time.ratio(), time.holds()), (Some(0.2), Some(false)));
        assert_eq!(Row::new(Part::W7, "size", Unit::Bytes, 1.0).holds(), None);
    }

    #[test]
    fn numbers_are_read_in_thousands() {
        assert_eq!(Unit::PerSecond.text(1_234_567.4), "1,234,567/s");
        assert_eq!(Unit::PerSecond.text(999.0), "999/s");
        assert_eq!(Unit::Bytes.text(1_048_576.0), "1.0 MiB");
    }
}
