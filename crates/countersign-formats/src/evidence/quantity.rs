//! Numbers as people and tools write them: quoted, with a percent sign, or not at all.

use super::json::is_json_number;
use super::node::Node;
use super::text::quoted;
use countersign_core::decimal::Decimal;
use countersign_core::reading::Unit;

/// What stands where a number is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// A number, and the unit when it carries a percent sign.
    Number(Decimal, Option<Unit>),
    /// Nothing that can be compared, and why: `NaN`, an infinity, an empty cell, 400 digits.
    Nothing(String),
}

/// Why a text is neither a number nor one of the words for "no value".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotANumber {
    /// True when it was meant as a number but can be read in two ways.
    pub ambiguous: bool,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

const LONGEST_NO_VALUE: usize = "-infinity".len();
const NO_VALUE: &[&str] = &[
    "",
    "-",
    "nan",
    ".nan",
    "inf",
    "+inf",
    "-inf",
    ".inf",
    "+.inf",
    "-.inf",
    "infinity",
    "+infinity",
    "-infinity",
    "n/a",
    "na",
    "null",
    "none",
];

impl Quantity {
    /// Reads a text: `0.05`, `8.1 %`, `NaN`. A decimal comma is refused, because `1,234` may be
    /// either side of a thousand.
    pub fn from_text(text: &str) -> Result<Self, NotANumber> {
        let text = text.trim();
        let short = text.len() <= LONGEST_NO_VALUE;
        if short && NO_VALUE.contains(&text.to_ascii_lowercase().as_str()) {
            let what = if text.is_empty() { "nothing".to_owned() } else { quoted(text) };
            return Ok(Self::Nothing(format!("{what} is no number")));
        }
        let (digits, unit) = match text.strip_suffix('%') {
            Some(digits) => (digits.trim_end(), Some(Unit::Percent)),
            None => (text, None),
        };
        if let Ok(number) = digits.parse() {
            return Ok(Self::Number(number, unit));
        }
        if looks_numeric(digits) {
            return Ok(Self::Nothing(format!("{} cannot be kept exactly", quoted(text))));
        }
        let with_comma = |char| matches!(char, '0'..='9' | '.' | ',' | '-' | '+' | '\'' | ' ');
        if digits.contains(',') && digits.chars().all(with_comma) {
            return Err(NotANumber {
                ambiguous: true,
                message: format!("{} is written with a comma", quoted(text)),
                help: "write a decimal point and no thousands separators, for example `0.05`"
                    .into(),
            });
        }
        Err(NotANumber {
            ambiguous: false,
            message: format!("{} is not a number", quoted(text)),
            help: "write digits with a decimal point, for example `0.05` or `5%`".into(),
        })
    }

    /// Reads a value of a tree; quoted numbers count.
    pub fn from_node(node: Option<&Node>) -> Result<Self, NotANumber> {
        match node {
            Some(Node::Number(number)) => Ok(Self::Number(*number, None)),
            Some(Node::NoNumber(written)) => {
                Ok(Self::Nothing(format!("{} is no number", quoted(written))))
            }
            Some(Node::Text(text)) => Self::from_text(text),
            Some(Node::Null) | None => Ok(Self::Nothing("nothing is no number".into())),
            Some(other @ (Node::Bool(_) | Node::List(_) | Node::Object(_))) => Err(NotANumber {
                ambiguous: false,
                message: format!("{} where a number should stand", other.kind()),
                help: "write digits with a decimal point, for example `0.05`".into(),
            }),
        }
    }

    /// The number, if there is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number, _) => Some(*number),
            Self::Nothing(_) => None,
        }
    }
}

/// A number by its looks, even when it is too long to keep.
fn looks_numeric(text: &str) -> bool {
    is_json_number(text.strip_prefix('+').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// I-12
    #[test]
    fn what_is_no_number_never_yields_one() {
        for text in ["NaN", "-Infinity", ".inf", "", " ", "n/a", "1e400", &"9".repeat(400)] {
            assert_eq!(Quantity::from_text(text).unwrap().number(), None, "{text}");
        }
    }

    #[test]
    fn a_percent_sign_sets_the_unit() {
        let five = Decimal::whole(5);
        for text in ["5%", "5 %", " 5.0 % "] {
            let read = Quantity::from_text(text).unwrap();
            assert_eq!(read, Quantity::Number(five, Some(Unit::Percent)), "{text}");
        }
        assert_eq!(Quantity::from_text("5").unwrap(), Quantity::Number(five, None));
    }

    #[test]
    fn a_comma_is_refused_and_the_point_advised() {
        for text in ["0,05", "1,234", "1,234.5", "-8,1 %"] {
            let fault = Quantity::from_text(text).unwrap_err();
            assert!(fault.message.contains("comma"), "{text}: {}", fault.message);
        }
        assert!(Quantity::from_text("five").unwrap_err().message.contains("not a number"));
    }
}
