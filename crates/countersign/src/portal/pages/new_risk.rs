//! Entering a risk into the register.

use crate::api::risks::NewRisk;
use crate::app::{AnyCommand, Draft};
use crate::portal::command::onwards;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::new_incident::names;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::RawQuery;
use countersign_core::risk::{RiskCommand, Treatment};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct NewRiskPage {
    /// Who could watch it, by id and name.
    pub people: Vec<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// The questions about how likely and how bad a risk is, what is done, and when to look again.
pub fn rating(typed: &Typed, faults: &Faults) -> Markup {
    let scale = |name: &str, ends: [&str; 2]| -> Vec<Option_> {
        let [least, most] = ends;
        let labels =
            [format!("1, {least}"), "2".into(), "3".into(), "4".into(), format!("5, {most}")];
        let options = (1..=5).zip(labels).map(|(n, label)| Option_::new(n.to_string(), label));
        options.map(|one| one.among(typed.all(name))).collect()
    };
    let treatments = Treatment::ALL.iter().map(|one| Option_::new(one.word(), one.human()));
    let treatments = treatments.map(|one| one.among(typed.all("treatment"))).collect();
    let review = Field::new(Kind::Date, "review_by", "Looked at again by");
    html! {
        (Choice::new("likelihood", "How likely", scale("likelihood", ["hardly", "almost certain"])).select(faults))
        (Choice::new("impact", "How bad", scale("impact", ["a nuisance", "grave harm"])).select(faults))
        (Choice::new("treatment", "What is done about it", treatments).radios(faults))
        (review.value(typed.one("review_by")).render(faults))
    }
}

/// A number from a form; none is no rating.
pub fn score(typed: &Typed, name: &str) -> u8 {
    typed.one(name).trim().parse().unwrap_or_default()
}

impl NewRiskPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let people = vec![("p-1".into(), "Jo Rivera".into())];
        let fresh = Self { people, ..Self::default() };
        let typed = Typed::default().with("risk", "RISK 12").with("likelihood", "2");
        let faults = Faults::at("risk", "`risk 12` is not a valid risk");
        vec![fresh.clone(), Self { typed, faults, ..fresh }]
    }
}

impl Page for NewRiskPage {
    fn title(&self) -> String {
        "Enter a risk".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        let people = self.people.iter().map(|(id, name)| Option_::new(id, name));
        let people = people.map(|one| one.among(self.typed.all("owner"))).collect();
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/entries/risk", "All risks"))
            h1 { "Enter a risk" }
            p.lead { "Releases name the entry that holds their risk assessment. One that is closed, or was not looked at in time, does not count." }
            (form::post("/risks/new", shell, html! {
                (field(Kind::Line, "risk", "Name").hint("Chosen by you, for example risk-12. It never changes.").render(&self.faults))
                (field(Kind::Line, "title", "Title").render(&self.faults))
                (field(Kind::Lines, "description", "What could happen, and to whom").render(&self.faults))
                (rating(&self.typed, &self.faults))
                (Choice::new("owner", "Who watches it", people).select(&self.faults))
                (field(Kind::Line, "models", "Models").hint("Short names, with commas between them.").render(&self.faults))
                (button::submit("Enter the risk"))
            }))
        }
    }
}

async fn page(visitor: &Visitor, typed: Typed, faults: Faults) -> Result<NewRiskPage, Wrong> {
    let people = words::people(&visitor.app.answerable().await?);
    let me = visitor.person.to_string();
    let typed = if typed.filled("owner").is_some() { typed } else { typed.with("owner", me) };
    Ok(NewRiskPage { people, typed, faults })
}

/// `GET /risks/new`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let page = page(&visitor, typed, Faults::default()).await?;
    visitor.page(&page)
}

fn asked(typed: &Typed) -> NewRisk {
    let one = |name: &str| typed.one(name).to_owned();
    NewRisk {
        risk: one("risk"),
        title: one("title"),
        description: one("description"),
        likelihood: score(typed, "likelihood"),
        impact: score(typed, "impact"),
        owner: typed.filled("owner").map(str::to_owned),
        treatment: one("treatment"),
        review_by: one("review_by"),
        models: names(typed.one("models")),
    }
}

/// `POST /risks/new`
pub async fn enter(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let faults = match asked(&typed).checked(&visitor.app, &visitor.person, &mut draft).await {
        Ok(entry) => {
            let path = format!("/risks/{}", entry.id);
            let command = AnyCommand::Risk(entry.id.clone(), RiskCommand::Enter(Box::new(entry)));
            match visitor.carry_out(command, draft).await? {
                None => return onwards(&path),
                Some(faults) => faults,
            }
        }
        Err(failure) => Faults::from_failure(failure)?,
    };
    let page = page(&visitor, typed, faults).await?;
    visitor.again(&page)
}
