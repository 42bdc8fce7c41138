//! A condition of an approval: what was promised, what shows that it is met, and reporting it.

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
use crate::portal::pages::release::lines::EvidenceLine;
use crate::portal::pages::release::promises::{self, Card, Desk, Promises};
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::upload::{self, Attached, UploadForm};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::{Path, Request};
use countersign_core::condition::ConditionCommand;
use countersign_core::release::{Command, Target};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ConditionPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The condition's number.
    pub number: u32,
    /// What it is, and where it stands.
    pub card: Card,
    /// What was attached to it.
    pub evidence: Vec<EvidenceLine>,
    /// Why the visitor cannot report it; `None` when he can.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl ConditionPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let cards = Promises::sample().conditions.into_iter();
        let fresh = |card| Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            number: 1,
            card,
            evidence: Vec::new(),
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut pages: Vec<Self> = cards.map(fresh).collect();
        for page in pages.clone() {
            let fixed = Some("You may not report a condition met".into());
            pages.push(Self { faults: Faults::at("text", "this needs a text"), ..page.clone() });
            pages.push(Self { fixed, ..page });
        }
        pages
    }

    fn report(&self, path: &str, shell: &Shell) -> Markup {
        let named = self.evidence.iter().filter(|one| one.tag.text != "No longer counts");
        let named = named.map(|one| {
            Option_::new(&one.id, format!("{} ({})", one.file.text, one.id))
                .among(self.typed.all("evidence"))
        });
        let named: Vec<Option_> = named.collect();
        let some = !named.is_empty();
        let upload =
            UploadForm::new(format!("{path}/evidence"), "files of any format that show it is met");
        html! {
            (upload::section(&upload, &self.evidence, shell, &self.faults))
            (form::post(path, shell, html! {
                h2 { "Report it met" }
                (Field::new(Kind::Lines, "text", "What was done")
                    .hint("So that somebody who reads it in a year understands it.")
                    .value(self.typed.one("text")).render(&self.faults))
                @if some {
                    (Choice::new("evidence", "What shows it", named).optional().checkboxes(&self.faults))
                }
                (button::submit(&format!("Report condition {} met", self.number)))
            }))
        }
    }
}

impl Page for ConditionPage {
    fn title(&self) -> String {
        format!("Condition {}: {}", self.number, self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/conditions/{}", self.id, self.number);
        // The report is on this page already.
        let mut card = self.card.clone();
        card.actions.retain(|action| action.path != path);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &format!("Condition {}", self.number)))
            p.lead { "It is met when somebody in the role that set it says so. If it is late, the verdict turns to deny." }
            section { h2 { "What was promised" } (promises::render(&card)) }
            @match &self.fixed {
                Some(why) => { p.hint { (why) "." } (upload::list(&self.evidence, shell)) },
                None => (self.report(&path, shell)),
            }
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, number): &(String, String),
    typed: Typed,
    faults: Faults,
) -> Result<ConditionPage, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let titles = Titles::of(visitor, &view).await?;
    let missing = || Failure::not_found("condition", number);
    let counted: u32 = number.parse().map_err(|_| missing())?;
    let open = view.release.state.conditions.get(&counted).ok_or_else(missing)?;
    let release = crate::api::body::parse("release", id)?;
    let mut fixed = None;
    if let Some(statement) = unwritten() {
        let report = ConditionCommand::Report { number: counted, statement, evidence: [].into() };
        let refusal = visitor.would_refuse(&release, Command::Condition(report)).await?;
        fixed = refusal.map(|why| crate::portal::words::capital(&why.to_string()));
    }
    let desk = Desk { visitor, view: &view, titles: &titles, id: release };
    let pieces = Pieces { visitor, view: &view, id };
    Ok(ConditionPage {
        id: id.clone(),
        title: pieces.title(),
        number: counted,
        card: desk.condition(counted, open).await?,
        evidence: pieces.attached_to(&Target::Condition(counted)),
        fixed,
        typed,
        faults,
    })
}

/// `GET /releases/{release}/conditions/{number}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, &path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

fn asked(number: &str, typed: &Typed) -> Asked {
    let number = number.parse().map_err(|_| Failure::not_found("condition", number))?;
    let evidence = typed.all("evidence").map(str::to_owned).collect();
    let shown = Shown { text: typed.one("text").to_owned(), evidence };
    let mut draft = Draft::default();
    let statement = draft.text("text", &shown.text)?;
    let report = ConditionCommand::Report { number, statement, evidence: shown.evidence()? };
    Ok((Command::Condition(report), draft))
}

/// `POST /releases/{release}/conditions/{number}`
pub async fn report(Path(path): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    match visitor.ask(&path.0, asked(&path.1, &typed)).await? {
        None => onwards(&format!("/releases/{}#conditions", path.0)),
        Some(faults) => {
            let page = page(&visitor, &path, typed, faults).await?;
            visitor.again(&page)
        }
    }
}

/// `POST /releases/{release}/conditions/{number}/evidence`
pub async fn attach(
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Answer {
    let number = path.1.parse().map_err(|_| Failure::not_found("condition", &path.1))?;
    match upload::attach(&visitor, (&path.0, Target::Condition(number)), request).await? {
        Attached::Done => onwards(&format!("/releases/{}/conditions/{}", path.0, path.1)),
        Attached::Wrong(faults) => {
            let page = page(&visitor, &path, Typed::default(), faults).await?;
            visitor.again(&page)
        }
    }
}
