//! A tag: one word for where something stands, never told by colour alone.

use crate::portal::words;
use maud::{Markup, html};

/// A word and how it is coloured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The word.
    pub text: String,
    /// The colour.
    pub tone: Tone,
}

/// How a tag is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is as it should be.
    Good,
    /// It stops something.
    Bad,
    /// Somebody should look.
    Warn,
    /// It is under way.
    Active,
    /// Nothing to say.
    Quiet,
}

impl Tag {
    /// A tag.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// The tag of a release's state.
    pub fn of_state(word: &str) -> Self {
        let tone = match word {
            "in_review" => Tone::Active,
            "changes_requested" => Tone::Warn,
            "approved" | "deployed" | "confirmed" => Tone::Good,
            "rejected" | "suspended" | "rolled_back" => Tone::Bad,
            _ => Tone::Quiet,
        };
        Self::new(words::title(word), tone)
    }

    /// The tag of a risk tier.
    pub fn of_tier(word: &str) -> Self {
        let tone = match word {
            "critical" => Tone::Bad,
            "high" => Tone::Warn,
            _ => Tone::Quiet,
        };
        Self::new(format!("{} risk", words::title(word)), tone)
    }
}

/// The tag.
pub fn render(tag: &Tag) -> Markup {
    let tone = match tag.tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Warn => "warn",
        Tone::Active => "active",
        Tone::Quiet => "quiet",
    };
    html! { strong.tag .(tone) { (tag.text) } }
}
