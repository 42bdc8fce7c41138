//! The address of a person: what they sign in with, and where notices are mailed to.

use super::roles::answered;
use super::{PersonPage, Post};
use crate::failure::{Doing, Failure};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, form};
use crate::portal::faults::Faults;
use crate::portal::layout::Shell;
use crate::portal::visit::Answer;
use axum::extract::Path;
use countersign_core::name::PersonId;
use maud::{Markup, html};

impl PersonPage {
    pub(super) fn address(&self, shell: &Shell) -> Markup {
        let typed = self.typed.filled("email").unwrap_or(&self.email);
        let field = Field::new(Kind::Email, "email", "New address").value(typed);
        html! {
            section {
                h2 { "Address" }
                p { (self.name) " signs in with it, and notices are mailed there where a mail server is set up." }
                (form::post(&format!("/people/{}/address", self.id), shell, html! {
                    (field.render(&self.faults))
                    (button::submit(&format!("Change the address of {}", self.name)))
                }))
            }
        }
    }
}

/// `POST /people/{person}/address`
pub async fn address(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    visitor.administers()?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let known = visitor.app.store.person(&person).await.doing("look up a person")?;
    let known = known.ok_or_else(|| Failure::not_found("person", &person))?;
    let faults = match visitor.app.set_address(known, typed.one("email")).await {
        Ok(_) => None,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    answered(&visitor, &id, typed, faults).await
}
