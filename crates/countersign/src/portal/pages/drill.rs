//! Recording a rollback drill: what it went back to, whether it worked, and how long it took.

use crate::api::releases::rollback::NewDrill;
use crate::app::Draft;
use crate::portal::command::done;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::urgent::rollback::DrillResult;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct DrillPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl DrillPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let typed = Typed::default().with("result", "failed").with("target", "checkpoint 17");
        let faults = Faults::at("measured_minutes", "this needs a number");
        vec![fresh.clone(), Self { typed, faults, ..fresh }]
    }
}

impl Page for DrillPage {
    fn title(&self) -> String {
        format!("Record a rollback drill of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let line = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        let results = DrillResult::ALL.map(|result| {
            let label = crate::portal::words::capital(result.word());
            Option_::new(result.word(), label).among(self.typed.all("result"))
        });
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Record a rollback drill"))
            p.lead {
                "A rollback that was practised shows that the plan works and how long it takes. It counts "
                "until it is too old; one that failed is on record and counts for nothing."
            }
            (form::post(&format!("/releases/{}/drill", self.id), shell, html! {
                (line(Kind::Date, "on", "On which day").render(&self.faults))
                (line(Kind::Line, "target", "What it went back to")
                    .hint("A release, a checkpoint, a feature flag.").render(&self.faults))
                (line(Kind::Number, "measured_minutes", "How many minutes it took")
                    .hint("Until the earlier version answered again.").render(&self.faults))
                (Choice::new("result", "How it went", results.into()).radios(&self.faults))
                (line(Kind::Lines, "note", "What there is to say").optional().render(&self.faults))
                (button::submit(&format!("Record the drill of {}", self.title)))
            }))
        }
    }
}

async fn page(
    visitor: &Visitor,
    id: String,
    typed: Typed,
    faults: Faults,
) -> Result<DrillPage, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    Ok(DrillPage { id, title, typed, faults })
}

/// `GET /releases/{release}/drill`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/drill`
pub async fn record(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let minutes = crate::api::body::parse("measured_minutes", typed.one("measured_minutes").trim());
    let asked = minutes.and_then(|measured_minutes| {
        let new = NewDrill {
            on: typed.one("on").to_owned(),
            target: typed.one("target").to_owned(),
            measured_minutes,
            result: typed.one("result").to_owned(),
            note: typed.filled("note").map(str::to_owned),
        };
        new.checked(&mut draft)
    });
    match visitor.ask(&id, asked.map(|command| (command, draft))).await? {
        None => done(&id, "drilled"),
        Some(faults) => {
            let page = page(&visitor, id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
