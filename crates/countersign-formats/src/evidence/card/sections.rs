//! Whether the sections are there that a card must have, and say something.

use super::super::node::At;
use super::super::stated::conclude;
use super::outline::{Section, words_of};
use super::{Card, placeholder};
use countersign_core::reading::{Place, Reading};

/// One section a card must have.
#[derive(Debug, Clone, Copy)]
pub struct CardSection {
    /// The check's name, and behind the point the front-matter key that may hold it instead.
    pub check: &'static str,
    /// What is asked for.
    pub title: &'static str,
    /// The headings it is known by; each may stand inside a longer one.
    pub headings: &'static [&'static str],
}

/// A section of fewer words says nothing.
const LEAST_WORDS: usize = 2;

/// Checks each of these sections.
pub fn check(reading: &mut Reading, card: &Card, sections: &[CardSection]) {
    for wanted in sections {
        let (place, fault) = look_for(wanted, card);
        conclude(reading, wanted.check, place, fault);
    }
}

fn look_for(wanted: &CardSection, card: &Card) -> (Place, Option<String>) {
    let key = wanted.check.rsplit('.').next().unwrap_or_default();
    if let Some(text) = card.front.get(key).and_then(|node| node.text())
        && words_of(text).len() >= LEAST_WORDS
        && placeholder::find(text).is_none()
    {
        return (At::root().key(key).place(), None);
    }
    let headings: Vec<Vec<String>> = wanted.headings.iter().map(|it| words_of(it)).collect();
    let named = || card.outline.sections.iter().filter(|section| is_about(section, &headings));
    if let Some(section) = named().find(|section| section.words >= LEAST_WORDS) {
        return (Place::Line(section.line), None);
    }
    match named().next() {
        Some(empty) => {
            let fault = format!("the section `{}` holds no text; write it", wanted.title);
            (Place::Line(empty.line), Some(fault))
        }
        None => {
            let fault = format!(
                "no section `{}`; add a heading such as `{}` with text below it",
                wanted.title,
                wanted.headings.first().unwrap_or(&wanted.title)
            );
            (Place::File, Some(fault))
        }
    }
}

fn is_about(section: &Section, headings: &[Vec<String>]) -> bool {
    // What a model must not be used for is not what it is for.
    let out_of_scope = section.title.iter().any(|word| word == "out" || word == "misuse");
    !out_of_scope
        && headings
            .iter()
            .any(|heading| section.title.windows(heading.len()).any(|words| *words == heading[..]))
}
