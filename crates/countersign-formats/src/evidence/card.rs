//! A card in Markdown with YAML front matter, as Hugging Face keeps them of models and data sets.

pub mod license;
pub mod outline;
pub mod placeholder;
pub mod sections;

pub use sections::CardSection;

use self::outline::Outline;
use super::node::{Node, Object};
use super::unreadable::Unreadable;
use super::yaml;
use countersign_core::reading::Place;

/// A card of more than this is no card.
const MAX_CARD_BYTES: usize = 1024 * 1024;

/// The front matter without its fences, to the end of the text when it is never closed.
pub fn front_matter(text: &str) -> Option<&str> {
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
pub struct Card<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The front matter; an empty object when there is none.
    pub front: Node,
    /// The sections of the Markdown.
    pub outline: Outline,
    /// The Markdown, and the line it begins on.
    pub body: (&'a str, u32),
}

/// The card in this text.
///
/// # Errors
/// [`Unreadable`] for front matter that is never closed or no YAML, and for a text too long for a
/// card.
pub fn take_apart(text: &str) -> Result<Card<'_>, Unreadable> {
    if text.len() > MAX_CARD_BYTES {
        let message = format!("{} bytes, more than a card has", text.len());
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
