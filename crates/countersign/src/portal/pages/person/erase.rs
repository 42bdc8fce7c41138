//! Erasing a person on request: the name, the address and the account go, what they did stays.

use super::{PersonPage, page};
use crate::app::Draft;
use crate::portal::command::onwards;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, form};
use crate::portal::faults::Faults;
use crate::portal::layout::Shell;
use crate::portal::post::Post;
use crate::portal::visit::Answer;
use axum::extract::Path;
use countersign_core::name::PersonId;
use maud::{Markup, html};

impl PersonPage {
    /// The section of the page.
    pub(super) fn erasure(&self, shell: &Shell) -> Markup {
        let reason = Field::new(Kind::Lines, "reason", "Why they are erased")
            .value(self.typed.one("reason"));
        html! {
            section {
                h2 { "Erasure" }
                details {
                    summary { "Erase " (self.name) " on request" }
                    p.hint { "Name, address and account go for good. What they did stays, under an identifier that says nothing." }
                    (form::post(&format!("/people/{}/erase", self.id), shell, html! {
                        (reason.render(&self.faults))
                        (button::stop(&format!("Erase {} for good", self.name)))
                    }))
                }
            }
        }
    }
}

/// `POST /people/{person}/erase`
pub async fn erase(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    visitor.administers()?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let mut draft = Draft::default();
    let asked = visitor.app.erasing_person(person, &mut draft, typed.one("reason")).await;
    let faults = match asked {
        Ok(command) => visitor.carry_out(command, draft).await?,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards("/people"),
        Some(faults) => {
            let page = PersonPage { faults, typed, ..page(&visitor, &id).await? };
            visitor.again(&page)
        }
    }
}
