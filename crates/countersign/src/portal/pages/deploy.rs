//! Recording a deployment: what went where, when, with which change ticket.

use crate::api::releases::deployments::NewDeployment;
use crate::app::Draft;
use crate::portal::command::done;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{
    button, digest, error_summary, form, heading, notice, summary_list,
};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::item::not_yours;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::digest::Sha256;
use countersign_core::release::Command;
use countersign_core::release::command::NewDeployment as NewRecord;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Deploy {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where it goes.
    pub environment: String,
    /// What goes there.
    pub artifacts: Vec<(String, Sha256)>,
    /// Why this visitor records nothing here, and who could.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Deploy {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            environment: "production".into(),
            artifacts: vec![("prompt-v1.4".into(), Sha256::of(b"prompt"))],
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let fixed = Some("You may not record a deployment".into());
        let not_yours = Self { fixed, ..fresh.clone() };
        vec![
            fresh.clone(),
            not_yours,
            Self { faults: Faults::at("at", "`soon` is not a time"), ..fresh },
        ]
    }
}

impl Page for Deploy {
    fn title(&self) -> String {
        format!("Record the deployment of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/deploy/{}", self.id, self.environment);
        let lines = self.artifacts.iter();
        let lines: Vec<_> =
            lines.map(|(name, sha256)| summary_list::line(name, digest::whole(sha256))).collect();
        let zone = format!("In {}. Now, when it is left empty.", shell.zone.name);
        let text = format!("Record that {} runs in {}", self.title, self.environment);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &format!("Record the deployment to {}", self.environment)))
            p.lead { "Deploy the way you always do, then say so here. The gate is asked once more before this is recorded." }
            (summary_list::render(&lines))
            @if let Some(fixed) = &self.fixed { (notice::inset(format!("{fixed}."))) } @else { (form::post(&path, shell, html! {
                (Field::new(Kind::Moment, "at", "When it was deployed").optional().hint(&zone)
                    .value(self.typed.one("at")).render(&self.faults))
                (Field::new(Kind::Line, "change_reference", "Number of the change ticket").optional()
                    .value(self.typed.one("change_reference")).render(&self.faults))
                (button::submit(&text))
            })) }
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, environment): (String, String),
    typed: Typed,
    faults: Faults,
) -> Result<Deploy, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let release = &view.release.state;
    let request = release.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    let artifacts = release.artifacts.iter().map(|one| (one.name.clone(), one.digest)).collect();
    let fixed = match (&release.id, crate::api::body::parse("environment", &environment)) {
        (Some(id), Ok(environment)) => {
            let record = NewRecord { environment, at: None, change_reference: None };
            let refusal = visitor.would_refuse(id, Command::RecordDeployment(record)).await?;
            refusal.as_ref().and_then(not_yours)
        }
        (_, _) => None,
    };
    Ok(Deploy { id, title, environment, artifacts, fixed, typed, faults })
}

/// `GET /releases/{release}/deploy/{environment}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/deploy/{environment}`
pub async fn record(Path((id, environment)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let at = typed.filled("at").map(|at| visitor.shell.zone.as_sent(at));
    let new = NewDeployment {
        environment: environment.clone(),
        at,
        change_reference: typed.filled("change_reference").map(str::to_owned),
    };
    let asked = new.checked().map(|command| (command, Draft::default()));
    match visitor.ask(&id, asked).await? {
        None => done(&id, "deployed"),
        Some(faults) => {
            let page = page(&visitor, (id, environment), typed, faults).await?;
            visitor.again(&page)
        }
    }
}
