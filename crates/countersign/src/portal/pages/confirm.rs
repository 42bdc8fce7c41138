//! Confirming a deployment: the three statements, each a yes or a no.

use crate::api::releases::deployments::NewConfirmation;
use crate::app::Draft;
use crate::failure::Failure;
use crate::portal::command::{Asked, done};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::tag;
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::inbox::due_tag;
use crate::portal::pages::item::not_yours;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::{Answer as Said, Command, Statements};
use jiff::Timestamp;
use maud::{Markup, html};

/// The statements and how they are asked.
const STATEMENTS: [(&str, &str); 3] = [
    ("within_parameters", "Does it operate within expected parameters?"),
    ("monitoring_active", "Is monitoring active and producing data?"),
    ("no_issues", "Has no immediate issue been seen?"),
];

/// The page.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where it runs.
    pub environment: String,
    /// By when it has to be confirmed.
    pub due: Option<Timestamp>,
    /// Why this visitor confirms nothing here, and who could.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Confirm {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "router v2".into(),
            environment: "production".into(),
            due: "2026-05-12T18:00:00Z".parse().ok(),
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let fixed = Some("You may not confirm a deployment".into());
        let not_yours = Self { fixed, ..fresh.clone() };
        let typed = Typed::default().with("no_issues", "no");
        let faults = Faults::at("note", "say what is wrong when one of the statements is a no");
        vec![fresh.clone(), not_yours, Self { typed, faults, ..fresh }]
    }
}

impl Page for Confirm {
    fn title(&self) -> String {
        format!("Confirm {} in {}", self.title, self.environment)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/confirm/{}", self.id, self.environment);
        let question = |(name, label): &(&'static str, &'static str)| {
            let options = [Option_::new("yes", "Yes"), Option_::new("no", "No")];
            let options = options.map(|one| one.among(self.typed.all(name))).to_vec();
            Choice::new(name, label, options).radios(&self.faults)
        };
        let note = Field::new(Kind::Lines, "note", "What there is to say").optional();
        let text = format!("Confirm {} in {}", self.title, self.environment);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &format!("Confirm that it works in {}", self.environment)))
            @if let Some(due) = self.due {
                p { (tag::render(&due_tag(shell, due))) " " (shell.zone.moment(due)) }
            }
            @if let Some(fixed) = &self.fixed { (notice::inset(format!("{fixed}."))) } @else { (form::post(&path, shell, html! {
                @for one in &STATEMENTS { (question(one)) }
                (note.hint("Needed when one of the answers is a no.").value(self.typed.one("note")).render(&self.faults))
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
) -> Result<Confirm, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let release = &view.release.state;
    let name = crate::api::body::parse("environment", &environment)?;
    let request = release.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    let due = release.deployments.get(&name).map(|deployed| deployed.deployment.confirm_by);
    let statements = Statements {
        within_parameters: Said::Yes,
        monitoring_active: Said::Yes,
        no_issues: Said::Yes,
        note: None,
    };
    let fixed = match &release.id {
        Some(id) => {
            let confirm = Command::ConfirmDeployment { environment: name, statements };
            visitor.would_refuse(id, confirm).await?.as_ref().and_then(not_yours)
        }
        None => None,
    };
    Ok(Confirm { id, title, environment, due, fixed, typed, faults })
}

/// `GET /releases/{release}/confirm/{environment}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

fn asked(environment: &str, typed: &Typed) -> Asked {
    let one = |name: &str| typed.one(name).to_owned();
    let new = NewConfirmation {
        within_parameters: one("within_parameters"),
        monitoring_active: one("monitoring_active"),
        no_issues: one("no_issues"),
        note: typed.filled("note").map(str::to_owned),
    };
    let mut draft = Draft::default();
    let statements = new.checked(&mut draft)?;
    let environment = crate::api::body::parse("environment", environment)?;
    Ok::<_, Failure>((Command::ConfirmDeployment { environment, statements }, draft))
}

/// `POST /releases/{release}/confirm/{environment}`
pub async fn confirm(Path((id, environment)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut open = Faults::default();
    for (name, _) in STATEMENTS.iter().filter(|(name, _)| typed.filled(name).is_none()) {
        open.add(name, "answer yes or no");
    }
    let faults = if open.is_empty() {
        visitor.ask(&id, asked(&environment, &typed)).await?
    } else {
        Some(open)
    };
    match faults {
        None => done(&id, "confirmed"),
        Some(faults) => {
            let page = page(&visitor, (id, environment), typed, faults).await?;
            visitor.again(&page)
        }
    }
}
