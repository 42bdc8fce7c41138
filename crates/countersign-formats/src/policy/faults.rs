//! The list of faults found so far. Reading never stops at a fault, so the list only grows.

use crate::diagnostic::{Diagnostic, Level};
use std::ops::Range;

/// More faults than anyone reads at once; finding them all in a hostile text would take too long.
const MAX_FAULTS: usize = 500;

/// Collects what is wrong with one source.
pub(super) struct Faults<'s> {
    source: &'s str,
    /// Where each line starts, so that naming the line of a first mention costs little even when
    /// a hostile text has thousands of second ones.
    starts: Vec<usize>,
    found: Vec<Diagnostic>,
}

impl<'s> Faults<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let ends = source.match_indices('\n').map(|(at, _)| at + 1);
        Self { source, starts: std::iter::once(0).chain(ends).collect(), found: Vec::new() }
    }

    /// A fault that makes the policy unusable.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.found.len() < MAX_FAULTS {
            let fault = Diagnostic::new(Level::Error, code, self.source, span.clone(), message);
            self.found.push(fault.help(help));
        } else if self.found.len() == MAX_FAULTS {
            let message = format!("there are more than {MAX_FAULTS} faults; the rest is not shown");
            let code = "policy.too_many";
            let fault = Diagnostic::new(Level::Error, code, self.source, span.clone(), message);
            self.found.push(fault.help("repair the first ones, then check again"));
        }
    }

    /// A remark: the policy can be used, but somebody should look. Remarks leave room for errors.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.found.len() < MAX_FAULTS {
            let remark = Diagnostic::new(Level::Warning, code, self.source, span.clone(), message);
            self.found.push(remark.help(help));
        }
    }

    /// True when no further fault will be shown, so that looking for remedies is lost work.
    pub(super) fn full(&self) -> bool {
        self.found.len() > MAX_FAULTS
    }

    /// The line these bytes stand in, counted from 1.
    pub(super) fn line_of(&self, span: &Range<usize>) -> usize {
        self.starts.partition_point(|start| *start <= span.start)
    }

    /// Everything found, in the order of the source.
    pub(super) fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| diagnostic.span.start);
        self.found
    }
}
