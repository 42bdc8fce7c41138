//! What a list says when there is nothing in it, and what to do then.

use maud::{Markup, html};

/// Nothing is here.
pub fn render(title: &str, text: &str, way_on: Option<Markup>) -> Markup {
    html! {
        div.empty {
            p { strong { (title) } }
            p { (text) }
            @if let Some(way_on) = way_on { p { (way_on) } }
        }
    }
}
