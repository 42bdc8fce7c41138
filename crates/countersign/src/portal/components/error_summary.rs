//! The error summary: everything that is wrong, at the top, in the same words as beside the field.

use crate::portal::components::field::id;
use crate::portal::faults::{Fault, Faults};
use maud::{Markup, html};

/// The summary; nothing when nothing is wrong.
pub fn render(faults: &Faults) -> Markup {
    let wrong = Some(&faults.0).filter(|faults| !faults.is_empty());
    html! {
        @if let Some(faults) = wrong {
            section.errors role="alert" aria-labelledby="error-summary" tabindex="-1" {
                h2 #error-summary { "There is a problem" }
                ul {
                    @for fault in faults { li { (line(fault)) } }
                }
            }
        }
    }
}

fn line(fault: &Fault) -> Markup {
    let remedy = Some(&fault.remedy).filter(|remedy| !remedy.is_empty());
    html! {
        @match &fault.field {
            Some(field) => a href={ "#" (id(field)) } { (fault.message) },
            None => span { (fault.message) },
        }
        @if let Some(remedy) = remedy { " " span.remedy { (remedy) "." } }
    }
}
