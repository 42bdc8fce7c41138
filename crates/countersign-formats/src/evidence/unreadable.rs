//! Why a file that a reader recognised could not be read.

use countersign_core::reading::Place;
use serde::Serialize;
use std::fmt;

/// A file that a reader knows but cannot read: where it breaks, why, and what to do about it.
///
/// Nothing is kept from such a file; half a result would be worse than none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// Where the fault stands.
    pub place: Place,
    /// The column in characters, counted from 1, where the place is a line and it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// What is wrong: lower case, no full stop, words from the file in backticks.
    pub message: String,
    /// What to do about it; empty when nothing can be advised.
    pub help: String,
}

impl Unreadable {
    /// A fault at this place.
    pub fn at(place: Place, message: impl Into<String>) -> Self {
        Self { place, column: None, message: message.into(), help: String::new() }
    }

    /// A fault at this byte of a text; line and column are worked out from it.
    pub fn in_text(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let before = &text[..offset.unwrap_or(0)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
        let column = 1 + before[line_start..].chars().count();
        Self {
            place: Place::Line(u32::try_from(line).unwrap_or(u32::MAX)),
            column: Some(u32::try_from(column).unwrap_or(u32::MAX)),
            message: message.into(),
            help: String::new(),
        }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.message)?;
        if !self.help.is_empty() {
            write!(f, " (help: {})", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_text_names_line_and_column_in_characters() {
        let fault = Unreadable::in_text("a\näö!", "a\näö".len(), "no").help("yes");
        assert_eq!(fault.to_string(), "line 2, column 3: no (help: yes)");
    }

    #[test]
    fn a_byte_inside_a_character_counts_as_its_start() {
        assert_eq!(Unreadable::in_text("ä", 1, "no").column, Some(1));
        assert_eq!(Unreadable::in_text("ä", 99, "no").column, Some(2));
    }
}
