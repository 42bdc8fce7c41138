//! The six sections a model card must have, under the headings people give them.

use super::super::node::At;
use super::outline::{Section, words_of};
use super::{Card, conclude, placeholder};
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

/// Every section a card must have.
pub const CARD_SECTIONS: &[CardSection] = &[
    CardSection {
        check: "model_card.purpose",
        title: "purpose",
        headings: &["purpose", "model description", "model summary", "overview", "summary"],
    },
    CardSection {
        check: "model_card.architecture",
        title: "architecture",
        headings: &["architecture"],
    },
    CardSection {
        check: "model_card.training_data",
        title: "training data",
        headings: &[
            "training data",
            "training dataset",
            "training datasets",
            "training set",
            "data sources",
            "datasets",
        ],
    },
    CardSection {
        check: "model_card.limitations",
        title: "limitations",
        headings: &["limitations", "limitation", "limits", "caveats"],
    },
    CardSection {
        check: "model_card.intended_use",
        title: "intended use",
        headings: &["intended use", "intended uses", "uses", "use cases", "direct use"],
    },
    CardSection {
        check: "model_card.known_biases",
        title: "known biases",
        headings: &["bias", "biases", "fairness"],
    },
];

/// A section of fewer words says nothing.
const LEAST_WORDS: usize = 2;

/// Checks each section.
pub fn check(reading: &mut Reading, card: &Card) {
    for wanted in CARD_SECTIONS {
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
