//! Letting a person in no longer: roles end, sessions end, what they did stays.

use super::PersonPage;
use crate::failure::{Doing, Failure};
use crate::portal::command::onwards;
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
    pub(super) fn disabling(&self, shell: &Shell) -> Markup {
        let path = format!("/people/{}/disable", self.id);
        html! {
            section {
                h2 { "Leaving" }
                @match &self.disabled {
                    Some(since) => p { (self.name) " is let in no longer, since " (since) "." },
                    None => details {
                        summary { (self.name) " leaves" }
                        p.hint { "Roles and delegations end at once, sessions and tokens no longer work, and nobody waits for them. What they did stays under their name. It is not taken back: whoever returns is added anew." }
                        (form::post(&path, shell, button::stop(&format!("Let {} in no longer", self.name))))
                    },
                }
            }
        }
    }
}

/// `POST /people/{person}/disable`
pub async fn disable(Path(id): Path<String>, post: Post) -> Answer {
    let visitor = post.visitor;
    visitor.administers()?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let found = visitor.app.store.person(&person).await.doing("look up a person")?;
    let found = found.ok_or_else(|| Failure::not_found("person", &person))?;
    match visitor.app.disable_person(&visitor.caller, found).await {
        Ok(_) => onwards(&format!("/people/{id}")),
        Err(failure) => {
            let faults = Faults::from_failure(failure)?;
            let page = PersonPage { faults, ..super::page(&visitor, &id).await? };
            visitor.again(&page)
        }
    }
}
