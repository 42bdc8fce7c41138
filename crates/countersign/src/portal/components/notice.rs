//! A notice: something to know before going on.

use maud::{Markup, Render, html};

/// Worth knowing.
pub fn inset(text: impl Render) -> Markup {
    html! { div.notice { p { (text) } } }
}

/// Worth stopping for.
pub fn warning(text: impl Render) -> Markup {
    html! {
        div.notice.warning {
            p { strong { span.hidden { "Warning: " } (text) } }
        }
    }
}
