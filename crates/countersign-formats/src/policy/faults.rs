//! The list of faults found so far. Reading never stops at a fault, so the list only grows.

use crate::diagnostic::{Diagnostic, Level};
use std::ops::Range;

/// Collects what is wrong with one source.
pub(super) struct Faults<'s> {
    source: &'s str,
    found: Vec<Diagnostic>,
}

impl<'s> Faults<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, found: Vec::new() }
    }

    /// A fault that makes the policy unusable.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Diagnostic::new(Level::Error, code, self.source, span.clone(), message), help);
    }

    /// A remark: the policy can be used, but somebody should look.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Diagnostic::new(Level::Warning, code, self.source, span.clone(), message), help);
    }

    fn add(&mut self, diagnostic: Diagnostic, help: impl Into<String>) {
        self.found.push(diagnostic.help(help));
    }

    /// The line these bytes stand in, counted from 1.
    pub(super) fn line_of(&self, span: &Range<usize>) -> u32 {
        Diagnostic::new(Level::Note, "", self.source, span.clone(), "").line
    }

    /// Everything found, in the order of the source.
    pub(super) fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| diagnostic.span.start);
        self.found
    }
}
