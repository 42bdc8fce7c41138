//! Buttons: what happens is what they say.

use maud::{Markup, html};

/// The one thing this form does.
pub fn submit(text: &str) -> Markup {
    html! { button.button type="submit" { (text) } }
}

/// The same for what stops or takes back.
pub fn stop(text: &str) -> Markup {
    html! { button.button.stop type="submit" { (text) } }
}

/// A second way to send the same form, told apart by its name and value.
pub fn other(text: &str, name: &str, value: &str) -> Markup {
    html! { button.button.second type="submit" name=(name) value=(value) { (text) } }
}

/// A way to another page where something is done.
pub fn link(path: &str, text: &str) -> Markup {
    html! { a.button href=(path) { (text) } }
}

/// The same, less prominent.
pub fn second_link(path: &str, text: &str) -> Markup {
    html! { a.button.second href=(path) { (text) } }
}

/// Buttons in a row.
pub fn row(buttons: &[Markup]) -> Markup {
    html! { div.buttons { @for button in buttons { (button) } } }
}
