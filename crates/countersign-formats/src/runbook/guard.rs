//! A backslash before a line that would mean something keeps it plain text.
//!
//! Both exports guard every such line of a step's text and the parser takes the guard away, so a
//! text may hold anything and still come back the same.

use super::heading::{Section, heading, is_furniture, numbered};
use super::key;
use super::outline::Form;
use super::review_note;
use std::borrow::Cow;

/// Whether a line means something in either form of a runbook.
fn has_meaning(line: &str) -> bool {
    let titled = heading(line).is_some_and(|(level, text)| {
        level <= 2 || Section::named(text).is_some() || numbered(text).is_some()
    });
    titled
        || Section::named(line).is_some()
        || key::has_known(line)
        || review_note::starts(line, Form::Rendered).is_some()
        || is_furniture(line)
}

/// The line, guarded when it would mean something.
pub(super) fn guard(line: &str) -> String {
    guard_where(line, |_| false)
}

/// The same within a step of a rendered text, where the number of the next step means something.
pub(super) fn guard_before(line: &str, next: u32) -> String {
    guard_where(line, |text| numbered(text).is_some_and(|(number, _)| number == next))
}

fn guard_where(line: &str, also: impl Fn(&str) -> bool) -> String {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    let bare = text.trim_start_matches('\\');
    // A backslash that would be taken away needs another one before it.
    let escaped = bare.len() < text.len() && numbered(bare).is_some();
    if has_meaning(bare) || escaped || also(bare) {
        format!("{indent}\\{text}")
    } else {
        line.to_owned()
    }
}

/// The line without its guard, as far in as it stood: code begins with its blanks.
pub(super) fn unguard(line: &str) -> Cow<'_, str> {
    let text = line.trim();
    let bare = text.trim_start_matches('\\');
    match text.strip_prefix('\\') {
        Some(rest) if has_meaning(bare) || numbered(bare).is_some() => {
            let indent = &line[..line.len() - line.trim_start().len()];
            Cow::Owned(format!("{indent}{rest}"))
        }
        Some(_) | None => Cow::Borrowed(line),
    }
}
