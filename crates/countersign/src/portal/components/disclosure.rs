//! A part of a page that opens when somebody wants it: rarely needed forms.

use crate::portal::faults::Faults;
use maud::{Markup, html};

/// The part, open when something in it is wrong.
pub fn render(summary: &str, fields: &[&str], faults: &Faults, content: Markup) -> Markup {
    let wrong = fields.iter().any(|field| faults.of(field).next().is_some());
    html! {
        details.disclosure open[wrong] {
            summary { (summary) }
            (content)
        }
    }
}
