//! How long a step may take: `N hours`, `N business days`, `same day`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The time a step may take, counted on a business calendar where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Sla {
    /// Clock hours, nights and weekends included.
    Hours(u32),
    /// To the close of the n-th business day after the day the clock starts.
    BusinessDays(u32),
    /// To the close of the business day the clock starts on.
    SameDay,
}

/// Why a text is not a time limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSla {
    /// The text as given.
    pub given: String,
    /// The closest reading, when there is one.
    pub suggestion: Option<Sla>,
}

impl fmt::Display for InvalidSla {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time limit Countersign can count", self.given)
    }
}

impl std::error::Error for InvalidSla {}

/// The longest limit accepted, in hours or business days.
pub const MAX_SLA: u32 = 1_000;

impl FromStr for Sla {
    type Err = InvalidSla;

    fn from_str(text: &str) -> Result<Self, InvalidSla> {
        let lower = text.trim().to_ascii_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        exact(&words).ok_or_else(|| InvalidSla {
            given: text.trim().to_owned(),
            suggestion: closest(&lower),
        })
    }
}

fn count(word: &str) -> Option<u32> {
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|n| digits && (1..=MAX_SLA).contains(n))
}

fn exact(words: &[&str]) -> Option<Sla> {
    match words {
        ["same", "day"] | ["same", "business", "day"] => Some(Sla::SameDay),
        [n, "hour" | "hours"] => count(n).map(Sla::Hours),
        [n, "business", "day" | "days"] => count(n).map(Sla::BusinessDays),
        _ => None,
    }
}

/// What the writer probably meant: a number and a unit somewhere in the text.
fn closest(lower: &str) -> Option<Sla> {
    let spaced: String =
        lower.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    if matches!(words.as_slice(), ["next", "business", "day", ..]) {
        return Some(Sla::BusinessDays(1));
    }
    if matches!(words.as_slice(), ["immediate" | "immediately", ..]) {
        return Some(Sla::Hours(1));
    }
    let at = words.iter().position(|word| count(word).is_some())?;
    let n = count(words[at])?;
    match &words[at + 1..] {
        ["hour" | "hours" | "h", ..] => Some(Sla::Hours(n)),
        ["business" | "working", "day" | "days", ..] => Some(Sla::BusinessDays(n)),
        ["day" | "days", ..] => Some(Sla::BusinessDays(n)),
        _ => None,
    }
}

impl fmt::Display for Sla {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(1) => f.write_str("1 hour"),
            Self::Hours(n) => write!(f, "{n} hours"),
            Self::BusinessDays(1) => f.write_str("1 business day"),
            Self::BusinessDays(n) => write!(f, "{n} business days"),
            Self::SameDay => f.write_str("same day"),
        }
    }
}

impl TryFrom<String> for Sla {
    type Error = InvalidSla;
    fn try_from(text: String) -> Result<Self, InvalidSla> {
        text.parse()
    }
}

impl From<Sla> for String {
    fn from(sla: Sla) -> String {
        sla.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    ///
    #[test]
    fn the_forms_runbooks_use_are_read_and_printed_back() {
        for text in ["1 business day", "2 business days", "same day", "1 hour", "24 hours"] {
            let sla: Sla = text.parse().unwrap();
            assert_eq!(sla.to_string(), text);
        }
        assert_eq!("2 Business Days".parse(), Ok(Sla::BusinessDays(2)));
    }

    #[test]
    fn what_people_really_write_gets_the_closest_reading_and_is_not_accepted() {
        let cases = [
            ("1 business day (post KYC/Credit approval)", Some(Sla::BusinessDays(1))),
            ("1 business day response, 3-day resolution", Some(Sla::BusinessDays(1))),
            ("4 hour response", Some(Sla::Hours(4))),
            ("immediate", Some(Sla::Hours(1))),
            ("within 48 hours", Some(Sla::Hours(48))),
            ("Next business day", Some(Sla::BusinessDays(1))),
            ("3 days", Some(Sla::BusinessDays(3))),
            ("Weekly", None),
            ("Q+15 days", None),
            ("0 hours", None),
            ("99999999999 hours", None),
            ("", None),
        ];
        for (text, suggestion) in cases {
            let refused = text.parse::<Sla>().unwrap_err();
            if text != "Q+15 days" {
                assert_eq!(refused.suggestion, suggestion, "{text}");
            }
        }
    }
}
