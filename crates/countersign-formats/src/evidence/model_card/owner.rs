//! Exactly one accountable owner.

use super::super::card::{Card, placeholder};
use super::super::node::{At, Node};
use super::super::stated::conclude;
use super::super::text::quoted;
use countersign_core::reading::{Fact, Place, Reading};

const CHECK: &str = "model_card.owner";
const KEYS: &[&str] = &["owner", "accountable_owner"];
/// More names than this change nothing: one too many is enough.
const SHOWN: usize = 8;
const REMEDY: &str = "write one name as `owner` in the front matter";

/// Checks that the front matter, or else a section, names exactly one owner.
///
/// Where both name one they must agree: two answers to "who is accountable" are none.
pub fn check(reading: &mut Reading, card: &Card) {
    let mut owners: Vec<(String, Place)> = Vec::new();
    let mut claim = |name: &str, place: Place| {
        let name = name.trim_matches(|char: char| !char.is_alphanumeric() && char != ')');
        let known = owners.len() == SHOWN
            || owners.iter().any(|(owner, _)| owner.eq_ignore_ascii_case(name));
        if !name.is_empty() && !known && placeholder::find(name).is_none() {
            owners.push((name.to_owned(), place));
        }
    };
    for key in KEYS {
        let at = At::root().key(key);
        for name in card.front.get(key).into_iter().flat_map(stated) {
            claim(&name, at.place());
        }
    }
    for section in &card.outline.sections {
        let last = section.title.last().map(String::as_str);
        if section.title.len() <= 3 && matches!(last, Some("owner" | "owners" | "ownership")) {
            for name in separate(&section.start) {
                claim(&name, Place::Line(section.line));
            }
        }
    }
    match owners.as_slice() {
        [] => conclude(reading, CHECK, Place::File, Some(format!("no owner is named; {REMEDY}"))),
        [(name, place)] => {
            let (name, value) = ("owner".to_owned(), super::super::text::cut(name));
            reading.facts.push(Fact { name, value, place: place.clone() });
            conclude(reading, CHECK, place.clone(), None);
        }
        [_, (_, place), ..] => {
            let names: Vec<String> = owners.iter().map(|(name, _)| quoted(name)).collect();
            let fault = format!("{} owners are named: {}; {REMEDY}", names.len(), names.join(", "));
            conclude(reading, CHECK, place.clone(), Some(fault));
        }
    }
}

fn stated(node: &Node) -> Vec<String> {
    match node {
        Node::List(items) => items.iter().flat_map(stated).collect(),
        other => other.scalar().iter().flat_map(|text| separate(text)).collect(),
    }
}

/// The names in a text: one per line, and several on a line where a word or mark parts them.
fn separate(text: &str) -> Vec<String> {
    let marks = [" and ", " & ", " / ", ";"];
    let text = marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark, ","));
    text.split(['\n', ',']).map(|name| name.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}
