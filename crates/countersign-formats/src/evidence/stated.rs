//! What a file says beside its numbers: facts, checks of our own, and how far a run came.

pub use super::measured::{failed, partial};

use super::MAX_ENTRIES;
use super::measured;
use super::node::{At, Node};
use super::text::cut;
use countersign_core::reading::{Check, Outcome, Place, Reading};

/// Adds a fact, unless its value is empty.
pub fn fact(reading: &mut Reading, name: &str, value: &str, place: Place) {
    if !value.trim().is_empty() {
        measured::fact(reading, &cut(name), value, place);
    }
}

/// Adds what stands under a key as a fact of this name: a plain value, or each one of a list.
pub fn fact_under(reading: &mut Reading, name: &str, node: &Node, (at, key): (&At, &str)) {
    let at = at.key(key);
    match node.get(key) {
        Some(Node::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                fact(reading, name, &item.scalar().unwrap_or_default(), at.index(index).place());
            }
        }
        Some(value) => fact(reading, name, &value.scalar().unwrap_or_default(), at.place()),
        None => {}
    }
}

/// The plain values under a key: one, or each of a list. What is empty is left out.
pub fn texts(node: &Node, key: &str) -> Vec<String> {
    let all = match node.get(key) {
        Some(Node::List(items)) => items.iter().filter_map(Node::scalar).collect(),
        Some(value) => value.scalar().into_iter().collect::<Vec<_>>(),
        None => Vec::new(),
    };
    all.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

/// The list under a key; empty when there is none.
pub fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::list).unwrap_or_default()
}

/// The plain value under a key as text, when there is one that says something.
pub fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::scalar).filter(|text| !text.trim().is_empty())
}

/// Adds a check that passed, or failed for this reason.
pub fn conclude(reading: &mut Reading, name: &str, place: Place, fault: Option<String>) {
    let outcome = if fault.is_some() { Outcome::Fail } else { Outcome::Pass };
    check(reading, name, outcome, (fault.as_deref().unwrap_or_default(), place));
}

/// Adds a check that went like this, for this reason.
pub fn check(reading: &mut Reading, name: &str, outcome: Outcome, why: (&str, Place)) {
    let (detail, place) = why;
    if reading.checks.len() <= MAX_ENTRIES {
        reading.checks.push(Check { name: cut(name), outcome, detail: cut(detail), place });
    }
}
