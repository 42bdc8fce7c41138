//! A backslash before a line that would mean something keeps it plain text.
//!
//! Both exports guard every such line of a step's text and the parser takes the guard away, so a
//! text may hold anything and still come back the same.

use super::heading::{Section, heading, is_furniture, numbered};
use super::key;
use super::outline::Form;
use super::review_note;

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
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    if has_meaning(text.trim_start_matches('\\')) {
        format!("{indent}\\{text}")
    } else {
        line.to_owned()
    }
}

/// The line without its guard.
pub(super) fn unguard(line: &str) -> &str {
    let text = line.trim();
    match text.strip_prefix('\\') {
        Some(rest) if has_meaning(rest.trim_start_matches('\\')) => rest,
        Some(_) | None => line,
    }
}
