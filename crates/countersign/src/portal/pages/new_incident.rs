//! Opening an incident: anybody may.

use crate::api::incidents::OpenIncident;
use crate::app::{AnyCommand, Draft};
use crate::portal::command::onwards;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::RawQuery;
use countersign_core::incident::{IncidentCommand, NewIncident, Severity};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct NewIncidentPage {
    /// The environments there are.
    pub environments: Vec<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// How bad an incident may be, for choosing one.
pub fn severities(typed: &Typed) -> Vec<Option_> {
    let means = [
        "Nobody was harmed, and nobody noticed.",
        "Noticed, without harm.",
        "Harm to somebody, or wrong results that were relied on.",
        "Harm that goes on while the model runs. Whoever may suspend is asked to decide.",
    ];
    let all = Severity::ALL.iter().zip(means).map(|(severity, means)| {
        let option = Option_::new(severity.word(), severity.human()).hint(means);
        option.among(typed.all("severity"))
    });
    all.collect()
}

impl NewIncidentPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let environments = vec!["production".to_owned(), "staging".to_owned()];
        let fresh = Self { environments, ..Self::default() };
        let faults = Faults::at("text", "this needs a text");
        let typed = Typed::default().with("title", "Names the wrong customer");
        vec![fresh.clone(), Self { typed, faults, ..fresh }]
    }
}

impl Page for NewIncidentPage {
    fn title(&self) -> String {
        "Open an incident".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        let places = std::iter::once(Option_::new("", "Not said"))
            .chain(self.environments.iter().map(|name| Option_::new(name, name)))
            .map(|one| one.among(self.typed.all("environment")));
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/entries/incident", "All incidents"))
            h1 { "Open an incident" }
            p.lead { "Say what went wrong. It stops nothing by itself; one that is critical asks whoever may suspend." }
            (form::post("/incidents/new", shell, html! {
                (field(Kind::Line, "title", "Title").hint("In a few words, for example: names the wrong customer.").render(&self.faults))
                (field(Kind::Lines, "text", "What happened").render(&self.faults))
                (Choice::new("severity", "How bad it is", severities(&self.typed)).radios(&self.faults))
                (field(Kind::Line, "release", "Release").optional().hint("Its identifier, for example r-0123456789abcd.").render(&self.faults))
                (field(Kind::Line, "model", "Model").optional().hint("Its short name. A release says it as well.").render(&self.faults))
                (Choice::new("environment", "Where it happened", places.collect()).optional().select(&self.faults))
                (field(Kind::Line, "criteria", "Criteria that should have caught it").optional().hint("Names from the release's plan, with commas between them.").render(&self.faults))
                (button::submit("Open the incident"))
            }))
        }
    }
}

async fn page(visitor: &Visitor, typed: Typed, faults: Faults) -> Result<NewIncidentPage, Wrong> {
    let environments = visitor.register.environments.iter().map(ToString::to_string).collect();
    Ok(NewIncidentPage { environments, typed, faults })
}

/// `GET /incidents/new`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let page = page(&visitor, typed, Faults::default()).await?;
    visitor.page(&page)
}

/// Names with commas between them.
pub fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn asked(typed: &Typed) -> OpenIncident {
    let given = |name: &str| typed.filled(name).map(str::to_owned);
    OpenIncident {
        title: typed.one("title").to_owned(),
        text: typed.one("text").to_owned(),
        severity: typed.one("severity").to_owned(),
        model: given("model"),
        environment: given("environment"),
        release: given("release"),
        criteria: names(typed.one("criteria")),
    }
}

/// `POST /incidents/new`
pub async fn open(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let faults = match asked(&typed).checked(&visitor.app, &mut draft) {
        Ok(new) => {
            let path = format!("/incidents/{}", new.id);
            match visitor.carry_out(command(new), draft).await? {
                None => return onwards(&path),
                Some(faults) => faults,
            }
        }
        Err(failure) => Faults::from_failure(failure)?,
    };
    let page = page(&visitor, typed, faults).await?;
    visitor.again(&page)
}

fn command(new: NewIncident) -> AnyCommand {
    AnyCommand::Incident(new.id.clone(), IncidentCommand::Open(Box::new(new)))
}
