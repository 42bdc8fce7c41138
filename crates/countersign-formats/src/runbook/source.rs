//! A runbook's text as lines, with the places they came from.
//!
//! A line is a slice of the source, so every part of it knows its own bytes. Line ends of any
//! kind and a byte order mark are outside the lines.

use crate::diagnostic::{Diagnostic, Level, bom_length};
use std::ops::Range;

/// One line without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    /// Inside a fenced block of code, or one of its fences: nothing in it means anything to us.
    pub fenced: bool,
}

impl Line<'_> {
    pub fn is_blank(&self) -> bool {
        !self.fenced && self.text.trim().is_empty()
    }
}

/// The lines of a source, without its byte order mark, none of them fenced.
pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
    split(&source[bom_length(source)..])
}

/// The lines of any text, none of them fenced.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    text.split('\n').map(|text| Line { text: text.trim_end_matches('\r'), fenced: false }).collect()
}

/// Where a part of the source stands in it; the start of the source when it is no part of it.
pub(super) fn span_of(source: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).checked_sub(source.as_ptr() as usize);
    match start {
        Some(start) if start + part.len() <= source.len() => start..start + part.len(),
        Some(_) | None => 0..0,
    }
}

/// The most remarks given on one text. One more is an error, so that nothing is accepted whose
/// faults were not all looked at.
const MAX_FAULTS: usize = 300;
/// The longest message or help, in characters; the middle of a longer one is left out.
const MAX_MESSAGE: usize = 400;

/// Collects what is wrong with a source.
pub(super) struct Faults<'a> {
    pub source: &'a str,
    pub found: Vec<Diagnostic>,
}

impl<'a> Faults<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, found: Vec::new() }
    }

    pub fn at(&self, part: &str) -> Range<usize> {
        span_of(self.source, part)
    }

    /// The text cannot be used. `part` is a part of the source.
    pub fn error(&mut self, code: &'static str, part: &str, message: String, help: &str) {
        let at = self.at(part);
        self.push(Level::Error, code, at, (message, help));
    }

    pub fn warning(&mut self, code: &'static str, part: &str, message: String, help: &str) {
        let at = self.at(part);
        self.push(Level::Warning, code, at, (message, help));
    }

    pub fn note(&mut self, code: &'static str, part: &str, message: String, help: &str) {
        let at = self.at(part);
        self.push(Level::Note, code, at, (message, help));
    }

    /// The same for a place known by its bytes; message and help.
    pub fn push(
        &mut self,
        level: Level,
        code: &'static str,
        at: Range<usize>,
        (message, help): (String, &str),
    ) {
        let (level, code, message, help) = match self.found.len() {
            0..MAX_FAULTS => (level, code, message, help),
            MAX_FAULTS => {
                let message = format!("more than {MAX_FAULTS} remarks, the others are left out");
                (Level::Error, "runbook.too_many_faults", message, "mend these first")
            }
            _ => return,
        };
        let diagnostic = Diagnostic::new(level, code, self.source, at, shorten(message));
        self.found.push(diagnostic.help(shorten(help.to_owned())));
    }

    /// Everything found, in the order of the text.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|fault| fault.span.start);
        self.found
    }
}

fn shorten(text: String) -> String {
    let length = text.chars().count();
    if length <= MAX_MESSAGE {
        return text;
    }
    let start: String = text.chars().take(MAX_MESSAGE / 2).collect();
    let end: String = text.chars().skip(length - MAX_MESSAGE / 4).collect();
    format!("{start} … {end}")
}
