//! Recording a rollback: to which release, why, and how long it took.

use crate::api::releases::rollback::NewRollback;
use crate::app::Draft;
use crate::failure::Doing;
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
use countersign_store::ReleaseQuery;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct RollbackPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where it is taken out.
    pub environment: String,
    /// What there is to go back to: identifier and title.
    pub targets: Vec<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl RollbackPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            environment: "production".into(),
            targets: vec![("r-000000000001".into(), "summarizer v1.3".into())],
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let faults = Faults::at("measured_minutes", "this needs a number");
        vec![fresh.clone(), Self { faults, targets: Vec::new(), ..fresh }]
    }
}

impl Page for RollbackPage {
    fn title(&self) -> String {
        format!("Record the rollback of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/rollback/{}", self.id, self.environment);
        let chosen = self.typed.one("to");
        let targets = self.targets.iter().map(|(id, title)| {
            Option_::new(id, format!("{title} ({id})")).among(std::iter::once(chosen))
        });
        let zone = format!("In {}. Now, when it is left empty.", shell.zone.name);
        let heading = format!("Record the rollback in {}", self.environment);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &heading))
            p.lead {
                "Roll back the way you always do, then say so here. The release you go back to is current "
                "again at once, and must itself be allowed; this one may not run there any more."
            }
            (form::post(&path, shell, html! {
                (Choice::new("to", "Which release runs there again", targets.collect()).select(&self.faults))
                (Field::new(Kind::Lines, "reason", "Why").value(self.typed.one("reason")).render(&self.faults))
                (Field::new(Kind::Number, "measured_minutes", "How many minutes it took")
                    .hint("It is held against the time the checklist planned.")
                    .value(self.typed.one("measured_minutes")).render(&self.faults))
                (Field::new(Kind::Moment, "at", "When it was done").optional().hint(&zone)
                    .value(self.typed.one("at")).render(&self.faults))
                (button::stop(&format!("Record that {} was rolled back", self.title)))
            }))
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, environment): (String, String),
    typed: Typed,
    faults: Faults,
) -> Result<RollbackPage, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    let model = request.map(|request| request.model.clone());
    let query = ReleaseQuery { model, limit: 50, ..ReleaseQuery::default() };
    let rows = visitor.app.store.releases(&query).await.doing("list releases")?;
    let others = rows.items.into_iter().filter(|row| row.release.as_str() != id);
    let targets = others.map(|row| (row.release.to_string(), row.title)).collect();
    Ok(RollbackPage { id, title, environment, targets, typed, faults })
}

/// `GET /releases/{release}/rollback/{environment}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/rollback/{environment}`
pub async fn record(Path((id, environment)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let at = typed.filled("at").map(|at| visitor.shell.zone.as_sent(at));
    let mut draft = Draft::default();
    let asked = crate::api::body::parse("measured_minutes", typed.one("measured_minutes"))
        .and_then(|measured_minutes| {
            let new = NewRollback {
                environment: environment.clone(),
                to: typed.one("to").to_owned(),
                reason: typed.one("reason").to_owned(),
                measured_minutes,
                at,
            };
            new.checked(&mut draft)
        })
        .map(|command| (command, draft));
    match visitor.ask(&id, asked).await? {
        None => done(&id, "rolled-back"),
        Some(faults) => {
            let page = page(&visitor, (id, environment), typed, faults).await?;
            visitor.again(&page)
        }
    }
}
