//! The confirmation panel: it is done.

use maud::{Markup, html};

/// It is done.
pub fn render(heading: &str, text: &str) -> Markup {
    html! {
        div.panel {
            h1 { (heading) }
            p { (text) }
        }
    }
}
