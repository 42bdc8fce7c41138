//! What happened, in sentences, the latest first.

use crate::portal::layout::Shell;
use jiff::Timestamp;
use maud::{Markup, html};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// As a sentence.
    pub sentence: String,
    /// What somebody wrote with it; may be empty.
    pub quote: String,
    /// How much it matters.
    pub weight: Weight,
}

/// How much an entry matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// A decision or a turn.
    Turn,
    /// Work.
    Work,
}

/// The timeline.
pub fn render(entries: &[Entry], shell: &Shell) -> Markup {
    html! {
        ol.timeline {
            @for entry in entries {
                li.(weight(entry.weight)) {
                    p.when { (shell.zone.moment(entry.at)) }
                    p { (entry.sentence) }
                    (quote(&entry.quote))
                }
            }
        }
    }
}

/// What somebody wrote.
pub fn quote(text: &str) -> Markup {
    let text = Some(text).filter(|text| !text.is_empty());
    html! { @if let Some(text) = text { blockquote { (text) } } }
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Turn => "turn",
        Weight::Work => "work",
    }
}
