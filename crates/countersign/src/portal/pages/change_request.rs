//! A change request: what was said about it, and the answer.

use crate::api::releases::conditions::Shown;
use crate::app::Draft;
use crate::failure::Failure;
use crate::portal::command::{Asked, onwards, unwritten};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::gather::Pieces;
use crate::portal::pages::release::promises::{self, Card, Desk, Promises};
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::change_request::ChangesCommand;
use countersign_core::release::Command;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ChangeRequestPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The request's number.
    pub number: u32,
    /// What it is, and what was said.
    pub card: Card,
    /// The evidence the answer could name: identifier and name.
    pub evidence: Vec<(String, String)>,
    /// Why the visitor cannot answer; `None` when he can.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl ChangeRequestPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = |card| Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            number: 1,
            card,
            evidence: vec![("e6".into(), "spanish.json".into())],
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut pages: Vec<Self> = Promises::sample().changes.into_iter().map(fresh).collect();
        for page in pages.clone() {
            let fixed = Some("You may not answer a change request".into());
            pages.push(Self { faults: Faults::at("text", "this needs a text"), ..page.clone() });
            pages.push(Self { fixed, ..page });
        }
        pages
    }

    fn answer(&self, path: &str, shell: &Shell) -> Markup {
        let named = self.evidence.iter().map(|(id, name)| {
            Option_::new(id, format!("{name} ({id})")).among(self.typed.all("evidence"))
        });
        let named: Vec<Option_> = named.collect();
        let some = !named.is_empty();
        form::post(
            path,
            shell,
            html! {
                h2 { "Answer it" }
                p.hint { "Attach new files to the checklist item or step they belong to first." }
                (Field::new(Kind::Lines, "text", "What was done")
                    .value(self.typed.one("text")).render(&self.faults))
                @if some {
                    (Choice::new("evidence", "What shows it", named).optional().checkboxes(&self.faults))
                }
                (button::submit(&format!("Answer change request {}", self.number)))
            },
        )
    }
}

impl Page for ChangeRequestPage {
    fn title(&self) -> String {
        format!("Change request {}: {}", self.number, self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/change-requests/{}", self.id, self.number);
        // The answer is on this page already.
        let mut card = self.card.clone();
        card.actions.retain(|action| action.path != path);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &format!("Change request {}", self.number)))
            p.lead { "Approvals wait until it is settled." }
            section { h2 { "What was said" } (promises::render(&card)) }
            @match &self.fixed {
                Some(why) => p.hint { (why) "." },
                None => (self.answer(&path, shell)),
            }
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, number): &(String, String),
    typed: Typed,
    faults: Faults,
) -> Result<ChangeRequestPage, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let titles = Titles::of(visitor, &view).await?;
    let missing = || Failure::not_found("change request", number);
    let counted: u32 = number.parse().map_err(|_| missing())?;
    let asked = view.release.state.change_requests.get(&counted).ok_or_else(missing)?;
    let release = crate::api::body::parse("release", id)?;
    let mut fixed = None;
    if let Some(text) = unwritten() {
        let answer = ChangesCommand::Answer { number: counted, text, evidence: [].into() };
        let refusal = visitor.would_refuse(&release, Command::Changes(answer)).await?;
        fixed = refusal.map(|why| crate::portal::words::capital(&why.to_string()));
    }
    let desk = Desk { visitor, view: &view, titles: &titles, id: release };
    let standing = view.release.state.standing_evidence();
    Ok(ChangeRequestPage {
        id: id.clone(),
        title: Pieces { visitor, view: &view, id }.title(),
        number: counted,
        card: desk.change(counted, asked).await?,
        evidence: standing.map(|(id, one)| (id.to_string(), one.evidence.name.clone())).collect(),
        fixed,
        typed,
        faults,
    })
}

/// `GET /releases/{release}/change-requests/{number}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, &path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

fn asked(number: &str, typed: &Typed) -> Asked {
    let number = number.parse().map_err(|_| Failure::not_found("change request", number))?;
    let evidence = typed.all("evidence").map(str::to_owned).collect();
    let shown = Shown { text: typed.one("text").to_owned(), evidence };
    let mut draft = Draft::default();
    let text = draft.text("text", &shown.text)?;
    let answer = ChangesCommand::Answer { number, text, evidence: shown.evidence()? };
    Ok((Command::Changes(answer), draft))
}

/// `POST /releases/{release}/change-requests/{number}`
pub async fn answer(Path(path): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    match visitor.ask(&path.0, asked(&path.1, &typed)).await? {
        None => onwards(&format!("/releases/{}#change-requests", path.0)),
        Some(faults) => {
            let page = page(&visitor, &path, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
