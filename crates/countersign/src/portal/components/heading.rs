//! The head of a page: the way back, a caption and the one heading.

use maud::{Markup, html};

/// The way back to what this page belongs to.
pub fn back(path: &str, text: &str) -> Markup {
    html! { p.back { a href=(path) { (text) } } }
}

/// A caption above the heading, and the heading.
pub fn with_caption(caption: &str, heading: &str) -> Markup {
    html! {
        p.caption { (caption) }
        h1 { (heading) }
    }
}

/// The way back, the caption and the heading of a page that belongs to a release.
pub fn of_release(release: &str, title: &str, heading: &str) -> Markup {
    html! {
        (back(&format!("/releases/{release}"), &format!("Back to {title}")))
        (with_caption(title, heading))
    }
}
