//! The way to the next page of a list. There is no way back but the browser's: a list goes on
//! after a key, so that what is added meanwhile neither repeats nor hides anything.

use maud::{Markup, html};

/// A link to the next page, and one to the first unless this is it.
pub fn render(first: Option<&str>, next: Option<&str>) -> Markup {
    let any = first.or(next);
    html! {
        @if any.is_some() {
            nav.pages aria-label="Pages" {
                @if let Some(first) = first { a href=(first) { "First page" } }
                @if let Some(next) = next { a rel="next" href=(next) { "Next page" } }
            }
        }
    }
}
