//! Check answers: everything that is about to be sent, once more, before it counts.

use super::summary_list::{self, Line};
use maud::{Markup, html};

/// One part of what is about to be sent.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// Every part.
pub fn render(parts: &[Part]) -> Markup {
    html! {
        @for part in parts {
            section.check {
                h2 { (part.title) }
                (summary_list::render(&part.lines))
            }
        }
    }
}
