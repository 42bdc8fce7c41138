//! The prerequisites of the runbook: confirmed one by one, and it is kept who did.

use crate::app::Draft;
use crate::portal::command::onwards;
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::titles::who;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::Command;
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Prerequisites {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The prerequisites.
    pub lines: Vec<Prerequisite>,
    /// What is wrong.
    pub faults: Faults,
}

/// One prerequisite.
#[derive(Debug, Clone)]
pub struct Prerequisite {
    /// Counted from 1.
    pub number: u32,
    /// What must be true.
    pub text: String,
    /// When and by whom it was confirmed.
    pub confirmed: Option<(Timestamp, String)>,
}

impl Prerequisites {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let line =
            |number, text: &str, confirmed| Prerequisite { number, text: text.into(), confirmed };
        let when = "2026-05-11T08:00:00Z".parse().unwrap_or_default();
        let lines = vec![
            line(
                1,
                "A model card draft names base model, data sources and intended use.",
                Some((when, "Jo Rivera".into())),
            ),
            line(2, "Offline evaluation is complete and has written pass criteria.", None),
        ];
        let (id, title) = ("r-000000000000".into(), "triage-lora r7".into());
        vec![Self { id, title, lines, faults: Faults::default() }]
    }

    fn one(&self, line: &Prerequisite, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/prerequisites", self.id);
        html! {
            h2 { (line.number) ". " (line.text) }
            @match &line.confirmed {
                Some((at, by)) => p {
                    (tag::render(&Tag::new("Confirmed", Tone::Good))) " "
                    (by) ", " (shell.zone.moment(*at))
                },
                None => (form::post(&path, shell, html! {
                    (form::hidden(&[("number", &line.number.to_string())]))
                    (button::submit(&format!("Confirm prerequisite {}", line.number)))
                })),
            }
        }
    }
}

impl Page for Prerequisites {
    fn title(&self) -> String {
        format!("Prerequisites of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Confirm the prerequisites"))
            p.lead { "The first step starts when all of these are true. Your name stands behind each that you confirm." }
            ul.lines { @for line in &self.lines { li { (self.one(line, shell)) } } }
        }
    }
}

async fn page(visitor: &Visitor, id: String, faults: Faults) -> Result<Prerequisites, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let statuses = view.report.iter().flat_map(|report| &report.prerequisites);
    let lines = statuses.map(|one| Prerequisite {
        number: one.number,
        text: one.text.clone(),
        confirmed: one.confirmed.as_ref().map(|(at, by)| (*at, who(&view, by))),
    });
    let lines = lines.collect();
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    Ok(Prerequisites { id, title, lines, faults })
}

/// `GET /releases/{release}/prerequisites`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id, Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/prerequisites`
pub async fn confirm(Path(id): Path<String>, post: Post) -> Answer {
    let number = crate::api::body::parse("number", post.typed.one("number"));
    let asked = number.map(|number| (Command::ConfirmPrerequisite { number }, Draft::default()));
    match post.visitor.ask(&id, asked).await? {
        None => onwards(&format!("/releases/{id}/prerequisites")),
        Some(faults) => {
            let page = page(&post.visitor, id, faults).await?;
            post.visitor.again(&page)
        }
    }
}
