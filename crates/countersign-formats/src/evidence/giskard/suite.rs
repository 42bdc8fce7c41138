//! The results of a test suite.

use super::super::measured::{self, measurement};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use super::{entries, fault};
use countersign_core::reading::{Check, Outcome, Reading};

/// Objects only, the first of which holds a result and a value.
pub fn is_suite(root: &Node) -> bool {
    let Some(object) = root.object() else { return false };
    let is_test = |test: &Node| {
        test.object()
            .is_some_and(|test| test.get("result").is_some() && test.get("metric_value").is_some())
    };
    object.iter().next().is_some_and(|(_, first)| is_test(first))
        && object.iter().all(|(_, test)| test.object().is_some())
}

/// Adds a suite to a reading.
pub fn read(reading: &mut Reading, root: &Node) -> Result<(), Unreadable> {
    for (name, test, at) in entries(root) {
        let value = value(test, &at.key("metric_value"))?;
        let (outcome, detail) = match test.get("result").and_then(Node::text) {
            Some("Passed") => match &value {
                Some(Quantity::Nothing(why)) => (Outcome::Error, format!("passed, but {why}")),
                Some(Quantity::Number(..)) | None => (Outcome::Pass, String::new()),
            },
            Some("Failed") => (Outcome::Fail, "the test failed".to_owned()),
            other => {
                let given = quoted(other.unwrap_or_default());
                return Err(fault(&at.key("result"), format!("the result {given} is not known")));
            }
        };
        reading.checks.push(Check { name: cut(name), outcome, detail, place: at.place() });
        if let Some(value) = value {
            let one = measurement(&cut(name), at.key("metric_value").place());
            measured::push(reading, one, value);
        }
    }
    Ok(())
}

/// The value of a test; tests that only say yes or no have none.
fn value(test: &Node, at: &At) -> Result<Option<Quantity>, Unreadable> {
    match test.object().and_then(|test| test.get("metric_value")) {
        None | Some(Node::Null | Node::Bool(_)) => Ok(None),
        value => {
            Quantity::from_node(value).map(Some).map_err(|fault| measured::unreadable(at, fault))
        }
    }
}
