//! Numbers as people write them: whole counts, and decimals with an optional percent sign.

use super::cursor::{Cursor, Named, cut};
use super::faults::Faults;
use super::token::Kind;
use countersign_core::decimal::Decimal;
use std::ops::Range;

/// The highest count any line may say; more is a slip of the pen.
const MAX_COUNT: u32 = 1_000_000;

/// Takes a whole number of at least 1.
pub(super) fn count(
    cursor: &mut Cursor<'_>,
    what: &str,
    faults: &mut Faults<'_>,
) -> Option<Named<u32>> {
    decimal_comma(cursor, faults)?;
    let token = cursor.word(what, faults)?;
    let help = format!("write {what} in digits, 1 to {MAX_COUNT}");
    let digits = token.text.bytes().all(|byte| byte.is_ascii_digit());
    match token.text.parse::<u32>() {
        Ok(0) => {
            let message = format!("0 is no count: expected {what}");
            faults.error("policy.count.zero", &token.span, message, help);
            None
        }
        Ok(value) if digits && value <= MAX_COUNT => {
            Some(Named { value, span: token.span.clone() })
        }
        Ok(_) | Err(_) => {
            let message = format!("`{}` is not {what}", cut(&token.text));
            faults.error("policy.number", &token.span, message, help);
            None
        }
    }
}

/// A number and whether a percent sign follows it.
pub(super) struct Amount {
    pub(super) value: Decimal,
    pub(super) percent: bool,
    pub(super) span: Range<usize>,
}

/// Takes a decimal number, with or without a percent sign.
pub(super) fn amount(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Amount> {
    decimal_comma(cursor, faults)?;
    let token = cursor.word("a number", faults)?;
    let (digits, attached) = match token.text.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (token.text.as_str(), false),
    };
    let mut span = token.span.clone();
    match digits.parse() {
        Ok(value) => {
            let sign = cursor.here();
            let percent = attached || cursor.eat("%");
            if percent && !attached {
                span.end = sign.end;
            }
            Some(Amount { value, percent, span })
        }
        Err(_) => {
            let message = format!("`{}` is not a number", cut(&token.text));
            let help =
                "write digits with an optional point, and ` %` for a percentage: `5 %`, `0.9`";
            faults.error("policy.number", &span, message, help);
            None
        }
    }
}

/// `0,05` is read as two words and a comma; it gets a message of its own.
fn decimal_comma(cursor: &Cursor<'_>, faults: &mut Faults<'_>) -> Option<()> {
    let mut ahead = cursor.clone();
    let (whole, comma, fraction) = match (ahead.take(), ahead.take(), ahead.take()) {
        (Some(whole), Some(comma), Some(fraction)) => (whole, comma, fraction),
        _ => return Some(()),
    };
    let digit = |text: &str| text.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let adjacent = whole.span.end == comma.span.start && comma.span.end == fraction.span.start;
    let number = digit(whole.text.trim_start_matches('-')) && digit(&fraction.text);
    if !(adjacent && number && comma.kind == Kind::Comma) {
        return Some(());
    }
    let message = format!("`{},{}` has a decimal comma", cut(&whole.text), cut(&fraction.text));
    let help = format!("write a point: `{}.{}`", cut(&whole.text), cut(&fraction.text));
    faults.error(
        "policy.number.decimal_comma",
        &(whole.span.start..fraction.span.end),
        message,
        help,
    );
    None
}
