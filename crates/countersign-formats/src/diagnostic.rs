//! Faults in text that people write: where, what, and what to do about it.

pub(crate) mod nearest;
mod render;

pub use render::{render, render_coloured};

use serde::Serialize;
use std::ops::Range;

/// One fault or remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Whether the text can be used in spite of it.
    pub level: Level,
    /// A stable word for tools and tests: `runbook.step.owner_missing`.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop, user input in backticks.
    pub message: String,
    /// What to do about it; empty when nothing can be advised.
    pub help: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// The bytes of the source it speaks of.
    pub span: Range<usize>,
}

/// Whether a text can be used in spite of a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It cannot.
    Error,
    /// It can, but somebody should look.
    Warning,
    /// How something was understood.
    Note,
}

impl Diagnostic {
    /// A diagnostic about these bytes of the source; line and column are computed from them.
    pub fn new(
        level: Level,
        code: &'static str,
        source: &str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let start = floor_char_boundary(source, span.start);
        let end = floor_char_boundary(source, span.end).max(start);
        let before = &source[..start];
        // A byte order mark is not a character anybody sees, so it takes no column.
        let line_start = before.rfind('\n').map_or_else(|| bom_length(before), |at| at + 1);
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
        Self {
            level,
            code,
            message: message.into(),
            help: String::new(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(1 + before[line_start..].chars().count()).unwrap_or(u32::MAX),
            span: start..end,
        }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// The bytes of a byte order mark at the start of the text: 3 or 0.
pub(crate) fn bom_length(source: &str) -> usize {
    if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

fn floor_char_boundary(source: &str, at: usize) -> usize {
    let at = at.min(source.len());
    (0..=at).rev().find(|index| source.is_char_boundary(*index)).unwrap_or(0)
}

/// True when any of these makes the text unusable.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}
