//! A change request: what was said about it, and the answer.

use crate::api::sent::Pair;
use crate::portal::command::onwards;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::promise::{Again, Kind, Promise};
use crate::portal::pages::release::promises::Promises;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ChangeRequestPage {
    /// The request.
    pub request: Promise,
    /// The evidence the answer could name: identifier and name.
    pub evidence: Vec<(String, String)>,
}

impl ChangeRequestPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let requests = Promise::samples(Kind::ChangeRequest, Promises::sample().changes);
        let evidence = vec![("e6".to_owned(), "spanish.json (e6)".to_owned())];
        let page = |request| Self { request, evidence: evidence.clone() };
        requests.into_iter().map(page).collect()
    }
}

impl Page for ChangeRequestPage {
    fn title(&self) -> String {
        format!("{}: {}", self.request.name(), self.request.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        self.request.main(&html! {
            @if self.request.fixed.is_none() {
                (self.request.form(shell, self.evidence.clone()))
                p.hint { "New files are attached to the checklist item or step they belong to; then they can be named here." }
            }
        })
    }
}

async fn page(visitor: &Visitor, path: &Pair, again: Again) -> Result<ChangeRequestPage, Wrong> {
    let (request, view) = Promise::gather(visitor, path, (Kind::ChangeRequest, again)).await?;
    let standing = view.release.state.standing_evidence();
    let evidence = standing.map(|(id, one)| {
        let id = id.to_string();
        let name = format!("{} ({id})", one.evidence.name);
        (id, name)
    });
    Ok(ChangeRequestPage { request, evidence: evidence.collect() })
}

/// `GET /releases/{release}/change-requests/{number}`
pub async fn show(visitor: Visitor, Path(path): Path<Pair>) -> Answer {
    visitor.page(&page(&visitor, &path, Again::default()).await?)
}

/// `POST /releases/{release}/change-requests/{number}`
pub async fn answer(Path(path): Path<Pair>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let asked = Promise::asked(Kind::ChangeRequest, &path.1, &typed);
    match visitor.ask(&path.0, asked).await? {
        None => onwards(&format!("/releases/{}#change-requests", path.0)),
        Some(faults) => visitor.again(&page(&visitor, &path, Again { typed, faults }).await?),
    }
}
