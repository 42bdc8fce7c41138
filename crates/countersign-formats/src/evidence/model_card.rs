//! Hugging Face model cards: YAML front matter, then Markdown.
//!
//! A card that exists is not a card that is complete. Metadata, six sections, one accountable owner
//! and the absence of placeholders are separate checks, so that a draft can still be shown with
//! everything it lacks. Values in `model-index` are claims without a unit.

mod metadata;
mod outline;
mod owner;
mod placeholder;
mod results;
mod sections;

pub use placeholder::{Looks, PLACEHOLDERS};
pub use sections::{CARD_SECTIONS, CardSection};

use self::outline::Outline;
use super::node::{Node, Object};
use super::text::cut;
use super::unreadable::Unreadable;
use super::yaml;
use super::{Reader, Upload};
use countersign_core::reading::{Check, Outcome, Place, Reading};

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

/// A card of more than this is no card.
const MAX_CARD_BYTES: usize = 1024 * 1024;
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

/// The front matter without its fences, to the end of the text when it is never closed.
fn front_matter(text: &str) -> Option<&str> {
    let first = text.split_inclusive('\n').next()?;
    (first.trim_end() == "---").then(|| {
        let rest = &text[first.len()..];
        &rest[..closing_fence(rest).unwrap_or(rest.len())]
    })
}

fn closing_fence(rest: &str) -> Option<usize> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// A card taken apart.
struct Card<'a> {
    /// The whole text.
    text: &'a str,
    /// The front matter; an empty object when there is none.
    front: Node,
    /// The sections of the Markdown.
    outline: Outline,
    /// The Markdown, and the line it begins on.
    body: (&'a str, u32),
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let card = take_apart(upload.text()?)?;
    let mut reading = Reading::new(READER.format);
    metadata::read(&mut reading, &card);
    sections::check(&mut reading, &card);
    owner::check(&mut reading, &card);
    placeholder::check(&mut reading, card.text);
    results::read(&mut reading, &card.front);
    Ok(reading)
}

fn take_apart(text: &str) -> Result<Card<'_>, Unreadable> {
    if text.len() > MAX_CARD_BYTES {
        let message = format!("{} bytes, more than a model card has", text.len());
        return Err(Unreadable::at(Place::File, message).help("attach the card without its data"));
    }
    let Some(front) = front_matter(text) else {
        let body = (text, 1);
        let front = Node::Object(Object::default());
        return Ok(Card { text, front, outline: Outline::of(text, 1), body });
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let after = &text[start + front.len()..];
    if after.is_empty() {
        return Err(Unreadable::at(Place::Line(1), "the front matter is never closed")
            .help("put a line `---` behind the last key"));
    }
    let body = after.split_once('\n').map_or("", |(_, body)| body);
    let lines = 3 + front.bytes().filter(|byte| *byte == b'\n').count();
    let first = u32::try_from(lines).unwrap_or(u32::MAX);
    let front = match yaml::parse(front, 2)? {
        Node::Null => Node::Object(Object::default()),
        front @ Node::Object(_) => front,
        other => {
            let message = format!("the front matter is {}, not keys with values", other.kind());
            return Err(Unreadable::at(Place::Line(2), message).help("write `license: apache-2.0`"));
        }
    };
    Ok(Card { text, front, outline: Outline::of(body, first), body: (body, first) })
}

/// Adds a check that passed, or failed for this reason.
fn conclude(reading: &mut Reading, name: &str, place: Place, fault: Option<String>) {
    let outcome = if fault.is_some() { Outcome::Fail } else { Outcome::Pass };
    let (name, detail) = (name.to_owned(), cut(&fault.unwrap_or_default()));
    reading.checks.push(Check { name, outcome, detail, place });
}
