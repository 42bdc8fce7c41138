//! Asking for changes: what a reviewer wants to see before he decides.

use crate::api::releases::change_requests::NewChangeRequest;
use crate::app::{Draft, View};
use crate::portal::command::{onwards, unwritten};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::change_request::{ChangeRequest, ChangesCommand};
use countersign_core::name::{ReleaseId, RoleName};
use countersign_core::release::Command;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The page.
#[derive(Debug, Clone)]
pub struct AskChanges {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The roles in which the visitor could ask: as they are sent, and as people read them.
    pub roles: Vec<(String, String)>,
    /// What it could be about: as it is sent, and as people read it.
    pub abouts: Vec<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl AskChanges {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            roles: vec![("product_lead".into(), "Product Lead".into())],
            abouts: vec![("item bias_results".into(), "Checklist item: Bias results".into())],
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let nobody = Self { roles: Vec::new(), ..fresh.clone() };
        let faults = Faults::at("text", "this needs a text");
        vec![fresh.clone(), Self { faults, ..fresh }, nobody]
    }

    fn form(&self, shell: &Shell) -> Markup {
        let choices = |name: &'static str, of: &[(String, String)]| {
            let all = of.iter().map(|(value, label)| Option_::new(value, label));
            all.map(|one| one.among(self.typed.all(name))).collect::<Vec<_>>()
        };
        let whole = std::iter::once(Option_::new("", "The whole release"));
        let abouts = whole.chain(choices("about", &self.abouts)).collect();
        form::post(
            &format!("/releases/{}/change-requests/new", self.id),
            shell,
            html! {
                (Field::new(Kind::Lines, "text", "What you want to see")
                    .hint("More tests, more documents, a clearer answer.")
                    .value(self.typed.one("text")).render(&self.faults))
                (Choice::new("about", "What it is about", abouts).select(&self.faults))
                (Choice::new("role", "You ask as", choices("role", &self.roles)).select(&self.faults))
                (button::submit(&format!("Ask for changes to {}", self.title)))
            },
        )
    }
}

impl Page for AskChanges {
    fn title(&self) -> String {
        format!("Ask for changes: {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let some = self.roles.first();
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Ask for changes"))
            p.lead { "Nobody approves until you or another holder of your role has taken the answer. Clocks of open steps stand still while the answer is awaited, and approvals given so far lapse." }
            @if some.is_some() {
                (self.form(shell))
            } @else {
                (notice::inset("You hold no role in which changes could be asked for now."))
            }
        }
    }
}

/// The roles in which the rules would let this visitor ask for changes now.
pub async fn roles_to_ask_in(
    visitor: &Visitor,
    view: &View,
    release: &ReleaseId,
) -> Result<Vec<RoleName>, Wrong> {
    let mut roles = BTreeSet::new();
    if let Some(plan) = &view.release.state.plan {
        roles.extend(plan.approvals.iter().map(|rule| rule.role.clone()));
        roles.extend(plan.steps.iter().map(|step| step.role.clone()));
    }
    let mut could = Vec::new();
    for role in roles {
        let Some(text) = unwritten() else { break };
        let request = ChangeRequest { role: role.clone(), text, about: None };
        let command = Command::Changes(ChangesCommand::Request(request));
        if visitor.would_refuse(release, command).await?.is_none() {
            could.push(role);
        }
    }
    Ok(could)
}

fn abouts(view: &View) -> Vec<(String, String)> {
    let Some(plan) = &view.plan else { return Vec::new() };
    let items = plan.items.iter();
    let items =
        items.map(|it| (format!("item {}", it.name), format!("Checklist item: {}", it.title)));
    let steps = plan.steps.iter().map(|it| &it.step);
    let steps = steps.map(|it| (format!("step {}", it.name), format!("Step: {}", it.title)));
    let criteria = plan.criteria.iter();
    let criteria =
        criteria.map(|it| (format!("criterion {}", it.name), format!("Criterion: {}", it.title)));
    items.chain(steps).chain(criteria).collect()
}

async fn page(
    visitor: &Visitor,
    id: String,
    typed: Typed,
    faults: Faults,
) -> Result<AskChanges, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let titles = Titles::of(visitor, &view).await?;
    let release = crate::api::body::parse("release", &id)?;
    let roles = roles_to_ask_in(visitor, &view, &release).await?;
    let roles = roles.iter().map(|role| (role.to_string(), titles.role(role))).collect();
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    Ok(AskChanges { id, title, roles, abouts: abouts(&view), typed, faults })
}

/// `GET /releases/{release}/change-requests/new`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/change-requests/new`
pub async fn ask(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let new = NewChangeRequest {
        role: typed.one("role").to_owned(),
        text: typed.one("text").to_owned(),
        about: typed.filled("about").map(str::to_owned),
    };
    let mut draft = Draft::default();
    let asked = new.checked(&mut draft).map(|command| (command, draft));
    match visitor.ask(&id, asked).await? {
        None => onwards(&format!("/releases/{id}#change-requests")),
        Some(faults) => {
            let page = page(&visitor, id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
