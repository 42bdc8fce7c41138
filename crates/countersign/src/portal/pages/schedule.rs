//! The time in which a release may first be deployed: changed as long as nothing is decided.

use crate::api::releases::schedule::ScheduleBody;
use crate::app::Draft;
use crate::portal::command::onwards;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::Command;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct SchedulePage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What was typed, or what is so.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl SchedulePage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            typed: Typed::default().with("not_before", "2026-06-01T20:00"),
            faults: Faults::default(),
        };
        let faults = Faults::at("not_after", "`soon` is no date");
        vec![fresh.clone(), Self { faults, ..fresh }]
    }
}

impl Page for SchedulePage {
    fn title(&self) -> String {
        format!("Time of the deployment of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let field = |name, label| {
            Field::new(Kind::Moment, name, label).optional().value(self.typed.one(name))
        };
        let (begin, end) = (
            format!("In {}. As soon as it is approved, when it is left empty.", shell.zone.name),
            format!("In {}. Without an end, when it is left empty.", shell.zone.name),
        );
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Time of the deployment"))
            p.lead { "Approved ahead of its time, the release is denied until then and allowed by itself from then on." }
            (notice::inset("Whoever approves, approves the time as well: approvals given so far lapse when it changes, and after the decision it stays as it is."))
            (form::post(&format!("/releases/{}/schedule", self.id), shell, html! {
                (field("not_before", "Not deployed before").hint(&begin).render(&self.faults))
                (field("not_after", "Not deployed after").hint(&end).render(&self.faults))
                (button::submit("Change the time of the deployment"))
            }))
        }
    }
}

async fn page(visitor: &Visitor, id: String) -> Result<SchedulePage, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    let schedule = request.map(|request| request.schedule).unwrap_or_default();
    let mut typed = Typed::default();
    for (name, at) in [("not_before", schedule.not_before), ("not_after", schedule.not_after)] {
        if let Some(at) = at {
            typed = typed.with(name, visitor.shell.zone.typed(at));
        }
    }
    Ok(SchedulePage { id, title, typed, faults: Faults::default() })
}

/// `GET /releases/{release}/schedule`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/schedule`
pub async fn change(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let zone = &visitor.shell.zone;
    let body = ScheduleBody {
        not_before: typed.filled("not_before").map(|text| zone.as_sent(text)),
        not_after: typed.filled("not_after").map(|text| zone.as_sent(text)),
    };
    let asked = body.checked(&visitor.app).await;
    let asked = asked.map(|schedule| (Command::Reschedule(schedule), Draft::default()));
    match visitor.ask(&id, asked).await? {
        None => onwards(&format!("/releases/{id}")),
        Some(faults) => {
            let page = SchedulePage { typed, faults, ..page(&visitor, id).await? };
            visitor.again(&page)
        }
    }
}
