//! The content with what is fixed about it at its side; below it on a phone.

use maud::{Markup, html};

/// Content and side.
pub fn render(content: Markup, aside_label: &str, aside: Markup) -> Markup {
    html! {
        div.columns {
            div.content { (content) }
            aside.side aria-label=(aside_label) { (aside) }
        }
    }
}
