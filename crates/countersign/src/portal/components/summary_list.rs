//! A summary list: what something is, name by name.

use maud::{Markup, Render, html};

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub value: Markup,
}

/// A line.
pub fn line(name: &str, value: impl Render) -> Line {
    Line { name: name.to_owned(), value: html! { (value) } }
}

/// A line, unless there is nothing to say.
pub fn line_if(name: &str, value: &str) -> Option<Line> {
    Some(value).filter(|value| !value.is_empty()).map(|value| line(name, value))
}

/// The list.
pub fn render(lines: &[Line]) -> Markup {
    html! {
        dl.summary {
            @for line in lines {
                div { dt { (line.name) } dd { (line.value) } }
            }
        }
    }
}
