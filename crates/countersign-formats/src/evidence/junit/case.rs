//! A test case: how it went, and what it recorded about itself.

use super::super::measured::{self, measurement, warn};
use super::super::quantity::Quantity;
use super::super::text::{cut, quoted};
use super::super::xml::Element;
use super::suite::Tally;
use countersign_core::reading::{Check, Fact, Measurement, Outcome, Place, Reading};

/// A case being read.
pub struct Case {
    name: String,
    line: u32,
    failure: Option<String>,
    error: Option<String>,
    skipped: Option<String>,
    again: bool,
    properties: Vec<(String, String, u32)>,
}

/// Whether an element inside a case says how it went.
pub fn is_verdict(element: &str) -> bool {
    matches!(element, "failure" | "error" | "skipped")
        || matches!(element, "flakyFailure" | "flakyError" | "rerunFailure" | "rerunError")
}

impl Case {
    /// A case that begins with this element, in a suite of this name.
    pub fn new(element: &Element, suite: &str) -> Self {
        let class = element.get("classname").filter(|name| !name.is_empty()).unwrap_or(suite);
        let name = element.get("name").unwrap_or_default();
        let not_run =
            [element.get("status"), element.get("result")].into_iter().flatten().find(|status| {
                matches!(*status, "notrun" | "disabled" | "skipped" | "suppressed" | "ignored")
            });
        Self {
            name: cut(&format!("{class}.{name}")),
            line: element.line,
            failure: None,
            error: None,
            skipped: not_run.map(|status| format!("status {}", quoted(status))),
            again: false,
            properties: Vec::new(),
        }
    }

    /// Notes a verdict; the first of its kind is kept.
    pub fn verdict(&mut self, kind: &str, detail: &str) {
        let slot = match kind {
            "failure" => &mut self.failure,
            "error" => &mut self.error,
            "skipped" => &mut self.skipped,
            _ => {
                self.again = true;
                return;
            }
        };
        slot.get_or_insert_with(|| cut(detail));
    }

    /// Notes a property.
    pub fn property(&mut self, name: String, value: String, line: u32) {
        self.properties.push((name, value, line));
    }

    /// The case in its suite's counts.
    pub fn tally(&self) -> Tally {
        Tally {
            tests: 1,
            failures: u64::from(self.failure.is_some()),
            errors: u64::from(self.error.is_some()),
            skipped: u64::from(self.skipped.is_some()),
        }
    }

    /// Adds the case to a reading.
    pub fn report(self, reading: &mut Reading) {
        let place = Place::Line(self.line);
        let (outcome, detail) = match (self.error, self.failure, self.skipped) {
            (Some(detail), _, _) => (Outcome::Error, detail),
            (None, Some(detail), _) => (Outcome::Fail, detail),
            (None, None, Some(detail)) => (Outcome::Skip, detail),
            (None, None, None) => (Outcome::Pass, String::new()),
        };
        if self.again && outcome == Outcome::Pass {
            let message = format!("{} passed only when run again", quoted(&self.name));
            warn(reading, place.clone(), message);
        }
        for (name, value, line) in self.properties {
            let place = Place::Line(line);
            if let Ok(quantity @ Quantity::Number(..)) = Quantity::from_text(&value) {
                let one = Measurement {
                    task: Some(self.name.clone()),
                    ..measurement(&cut(&name), place.clone())
                };
                let quantity = match outcome {
                    Outcome::Pass => quantity,
                    Outcome::Fail | Outcome::Error | Outcome::Skip => {
                        Quantity::Nothing("the test that recorded it did not pass".into())
                    }
                };
                measured::push(reading, one, quantity);
            }
            reading.facts.push(Fact { name: cut(&name), value: shown(&name, &value), place });
        }
        reading.checks.push(Check { name: self.name, outcome, detail, place });
    }
}

/// A property's value, unless its name says that it is a secret.
pub fn shown(name: &str, value: &str) -> String {
    let name = name.to_ascii_lowercase();
    let secret = ["password", "passwd", "secret", "token", "apikey", "api_key", "credential"];
    if secret.iter().any(|word| name.contains(word)) { "(hidden)".into() } else { cut(value) }
}
