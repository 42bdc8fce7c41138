//! What the front matter says about the model: base model, licence, data sets and the rest.

use super::super::card::Card;
use super::super::card::license::{self, place, stated};
use super::super::node::{At, Node};
use super::super::stated::conclude;
use super::super::text::{cut, quoted};
use countersign_core::reading::{Fact, Place, Reading};

const FACTS: &[&str] = &[
    "license",
    "license_name",
    "license_link",
    "base_model",
    "base_model_relation",
    "datasets",
    "library_name",
    "pipeline_tag",
    "language",
    "metrics",
    "model_name",
];

/// Adds the facts and checks what must be there.
pub fn read(reading: &mut Reading, card: &Card) {
    for key in FACTS {
        let at = At::root().key(key);
        match card.front.get(key) {
            Some(Node::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    fact(reading, key, item, at.index(index).place());
                }
            }
            Some(node) => fact(reading, key, node, at.place()),
            None => {}
        }
    }
    let name = card.front.get("model-index").and_then(|all| all.item(0)?.get("name"));
    let name = name.or(card.front.get("model_name")).and_then(Node::scalar);
    reading.claimed_subject = name.map(|name| cut(&name));
    license::check(reading, "model_card.license", &card.front);
    check_base_model(reading, card);
    let missing = stated(&card.front, "datasets").is_empty();
    let fault = missing.then(|| {
        "`datasets` is missing; list the ids or catalogue references of the training data".into()
    });
    conclude(reading, "model_card.datasets", place(&card.front, "datasets"), fault);
}

fn fact(reading: &mut Reading, name: &str, node: &Node, place: Place) {
    if let Some(value) = node.scalar().filter(|value| !value.is_empty()) {
        reading.facts.push(Fact { name: name.to_owned(), value: cut(&value), place });
    }
}

/// A base model named only in prose cannot be compared with anything, so it counts as missing.
fn check_base_model(reading: &mut Reading, card: &Card) {
    let fault = stated(&card.front, "base_model").is_empty().then(|| {
        let prose = in_prose(card.body.0, card.body.1);
        let hint = prose.map_or(String::new(), |(model, line)| {
            format!("; the text on line {line} speaks of {}", quoted(&model))
        });
        format!("`base_model` is missing; name it, or write `none` for a model trained from scratch{hint}")
    });
    let place = place(&card.front, "base_model");
    conclude(reading, "model_card.base_model", place, fault);
}

/// A model id behind "based on" or "fine-tuned from", with its line.
fn in_prose(body: &str, first_line: u32) -> Option<(String, u32)> {
    let leads = ["based on ", "fine-tuned from ", "finetuned from ", "fine-tuned version of "];
    body.lines().zip(first_line..).find_map(|(text, line)| {
        let folded = text.to_ascii_lowercase();
        leads.iter().find_map(|lead| {
            let at = folded.find(lead)? + lead.len();
            let word = text.get(at..)?.split([' ', ',', ';', ')', ']', '(']).next()?;
            let model = word.trim_matches(|char: char| !char.is_alphanumeric());
            (model.matches('/').count() == 1).then(|| (model.to_owned(), line))
        })
    })
}
