//! Hugging Face model cards: YAML front matter, then Markdown.
//!
//! A card that exists is not a card that is complete. Metadata, six sections, one accountable owner
//! and the absence of placeholders are separate checks, so that a draft can still be shown with
//! everything it lacks. Values in `model-index` are claims without a unit.

mod metadata;
mod owner;
mod results;
mod sections;

pub use sections::CARD_SECTIONS;

use super::card::sections::check;
use super::card::{self, front_matter, placeholder};
use super::dataset_card;
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "model-card",
    title: "Hugging Face model card",
    notes: &[
        "`model_card.base_model`, `model_card.license`, `model_card.datasets`: the front matter \
         names them; `base_model: none` states a model trained from scratch, and a licence `other` \
         needs `license_name` or `license_link`",
        "one check per section below: it exists and holds at least two words that are no placeholder",
        "`model_card.owner`: `owner` or `accountable_owner` in the front matter, or a section \
         `Owner`, names exactly one",
        "`model_card.no_placeholders`: no placeholder anywhere, HTML comments included; each one is \
         a warning with its line",
        "each value of `model-index` is a measurement with the data set as task; a unit is never \
         stated",
    ],
    recognises,
    read,
};

const KEYS: &[&str] = &[
    "license:",
    "base_model:",
    "model-index:",
    "library_name:",
    "pipeline_tag:",
    "datasets:",
    "base_model_relation:",
    "model_name:",
];

/// Front matter with a key only model cards have; without front matter the name decides.
fn recognises(upload: &Upload) -> bool {
    if dataset_card::claims(upload) {
        return false;
    }
    let markdown = upload.has_extension("md") || upload.has_extension("markdown");
    let head = upload.head();
    let has_key = |line: &str| KEYS.iter().any(|key| line.starts_with(key));
    match front_matter(head) {
        Some(front) => markdown && front.lines().any(has_key),
        None => {
            let name = upload.name().to_ascii_lowercase().replace(['_', '-', ' '], "");
            markdown && (name == "readme.md" || name.contains("modelcard"))
        }
    }
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let card = card::take_apart(upload.text()?)?;
    let mut reading = Reading::new(READER.format);
    metadata::read(&mut reading, &card);
    check(&mut reading, &card, CARD_SECTIONS);
    owner::check(&mut reading, &card);
    placeholder::check(&mut reading, "model_card.no_placeholders", card.text);
    results::read(&mut reading, &card.front);
    Ok(reading)
}
