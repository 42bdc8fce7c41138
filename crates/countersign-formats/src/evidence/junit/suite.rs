//! A test suite: what it says it holds, and what it holds.

use super::super::text::{cut, quoted};
use super::super::xml::Element;

/// A suite being read.
pub struct Suite {
    /// Its name, or the element's name when it has none.
    pub name: String,
    /// The line it begins on.
    pub line: u32,
    /// What was found inside, nested suites included.
    pub holds: Tally,
    states: [(&'static str, Option<Stated>); 4],
}

/// A count as the file writes it.
enum Stated {
    Count(u64),
    NoCount(String),
}

/// Cases by how they went. A case with both a failure and an error counts as both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All cases.
    pub tests: u64,
    /// Those that failed.
    pub failures: u64,
    /// Those that could not be run to their end.
    pub errors: u64,
    /// Those that were not run.
    pub skipped: u64,
}

impl Tally {
    /// Adds the counts of another.
    pub fn add(&mut self, other: Self) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }
}

impl Suite {
    /// A suite that begins with this element.
    pub fn new(element: &Element) -> Self {
        let stated = |name: &'static str| {
            let count = element.get(name).map(|text| {
                text.trim().parse().map_or_else(|_| Stated::NoCount(text.to_owned()), Stated::Count)
            });
            (name, count)
        };
        let name = element.get("name").filter(|name| !name.is_empty()).unwrap_or(&element.name);
        Self {
            name: cut(name),
            line: element.line,
            holds: Tally::default(),
            states: ["tests", "failures", "errors", "skipped"].map(stated),
        }
    }

    /// What the suite says that does not agree with what it holds.
    pub fn disagreement(&self) -> Option<String> {
        let held = [self.holds.tests, self.holds.failures, self.holds.errors, self.holds.skipped];
        let wrong = self.states.iter().zip(held).find_map(|((what, stated), held)| match stated {
            Some(Stated::Count(count)) if *count != held => {
                Some(format!("states {count} {what} and holds {held}"))
            }
            Some(Stated::NoCount(text)) => {
                Some(format!("states {} {what}, which is no count", quoted(text)))
            }
            _ => None,
        });
        wrong.map(|wrong| format!("the suite {} {wrong}", quoted(&self.name)))
    }
}
