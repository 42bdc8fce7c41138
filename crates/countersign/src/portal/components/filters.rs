//! Filters above a list: a form that only asks.

use maud::{Markup, html};

/// The boxes and the button that applies them; the way to take them away when there are any.
pub fn render(action: &str, boxes: Markup, clear: Option<&str>) -> Markup {
    html! {
        form.filters method="get" action=(action) role="search" {
            (boxes)
            div.apply {
                button.button.second type="submit" { "Filter" }
                @if let Some(clear) = clear { a href=(clear) { "Clear filters" } }
            }
        }
    }
}
