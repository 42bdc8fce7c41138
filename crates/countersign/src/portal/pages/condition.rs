//! A condition of an approval: what was promised, what shows that it is met, and reporting it.

use crate::api::sent::Pair;
use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::promise::{Again, Kind, Promise};
use crate::portal::pages::release::gather::Pieces;
use crate::portal::pages::release::lines::EvidenceLine;
use crate::portal::pages::release::promises::Promises;
use crate::portal::post::Post;
use crate::portal::upload::{self, Attached, UploadForm};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::{Path, Request};
use countersign_core::release::Target;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ConditionPage {
    /// The condition.
    pub condition: Promise,
    /// What was attached to it.
    pub evidence: Vec<EvidenceLine>,
}

impl ConditionPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let conditions = Promise::samples(Kind::Condition, Promises::sample().conditions);
        conditions.into_iter().map(|condition| Self { condition, evidence: Vec::new() }).collect()
    }

    fn report(&self, shell: &Shell) -> Markup {
        let named = self.evidence.iter().filter(|one| one.tag.text != "No longer counts");
        let named = named.map(|one| (one.id.clone(), format!("{} ({})", one.file.text, one.id)));
        let path = format!("{}/evidence", self.condition.path());
        let upload = UploadForm::new(path, "files of any format that show it is met");
        html! {
            (upload::section(&upload, &self.evidence, shell, &self.condition.faults))
            (self.condition.form(shell, named.collect()))
        }
    }
}

impl Page for ConditionPage {
    fn title(&self) -> String {
        format!("{}: {}", self.condition.name(), self.condition.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let below = match &self.condition.fixed {
            Some(_) => upload::list(&self.evidence, shell),
            None => self.report(shell),
        };
        self.condition.main(&below)
    }
}

async fn page(visitor: &Visitor, path: &Pair, again: Again) -> Result<ConditionPage, Wrong> {
    let (condition, view) = Promise::gather(visitor, path, (Kind::Condition, again)).await?;
    let pieces = Pieces { visitor, view: &view, id: &path.0 };
    let evidence = pieces.attached_to(&Target::Condition(condition.number));
    Ok(ConditionPage { condition, evidence })
}

/// `GET /releases/{release}/conditions/{number}`
pub async fn show(visitor: Visitor, Path(path): Path<Pair>) -> Answer {
    visitor.page(&page(&visitor, &path, Again::default()).await?)
}

/// `POST /releases/{release}/conditions/{number}`
pub async fn report(Path(path): Path<Pair>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    match visitor.ask(&path.0, Promise::asked(Kind::Condition, &path.1, &typed)).await? {
        None => onwards(&format!("/releases/{}#conditions", path.0)),
        Some(faults) => visitor.again(&page(&visitor, &path, Again { typed, faults }).await?),
    }
}

/// `POST /releases/{release}/conditions/{number}/evidence`
pub async fn attach(visitor: Visitor, Path(path): Path<Pair>, request: Request) -> Answer {
    let number = path.1.parse().map_err(|_| Failure::not_found("condition", &path.1))?;
    match upload::attach(&visitor, (&path.0, Target::Condition(number)), request).await? {
        Attached::Done => onwards(&format!("/releases/{}/conditions/{}", path.0, path.1)),
        Attached::Wrong(faults) => {
            let again = Again { typed: Typed::default(), faults };
            visitor.again(&page(&visitor, &path, again).await?)
        }
    }
}
