//! Claiming verbal authority: what cannot wait, and who said that it may run.

use crate::api::releases::emergency::NewEmergency;
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
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::urgent::emergency::{Ground, Means};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct EmergencyPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Who may give such authority: identifier and name.
    pub people: Vec<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl EmergencyPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            people: vec![("p-0000000000001".into(), "Ines Abara".into())],
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let faults = Faults::at("explanation", "this needs a text");
        vec![fresh.clone(), Self { faults, people: Vec::new(), ..fresh }]
    }

    fn choice<'a>(
        &'a self,
        (name, label): (&'a str, &'a str),
        options: impl Iterator<Item = (String, String)>,
    ) -> Choice<'a> {
        let chosen = self.typed.one(name);
        let options =
            options.map(|(value, label)| Option_::new(value, label).among(std::iter::once(chosen)));
        Choice::new(name, label, options.collect())
    }
}

impl Page for EmergencyPage {
    fn title(&self) -> String {
        format!("Claim verbal authority: {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/emergency", self.id);
        let grounds =
            Ground::ALL.iter().map(|one| (one.word().into(), words::capital(one.human())));
        let means = Means::ALL.iter().map(|one| (one.word().into(), words::capital(one.human())));
        let given = format!("In {}.", shell.zone.name);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Claim verbal authority"))
            p.lead {
                "Only for what cannot wait. Its artifacts may run from this moment on, and every verdict "
                "says that this rests on an authority and not on an approval. The person you name is asked "
                "to confirm it, and written approval and all papers are due soon after the deployment."
            }
            (form::post(&path, shell, html! {
                (self.choice(("ground", "Ground"), grounds).hint("There is no other ground.").radios(&self.faults))
                (Field::new(Kind::Lines, "explanation", "Why it cannot wait")
                    .value(self.typed.one("explanation")).render(&self.faults))
                @if self.people.is_empty() {
                    p { "Nobody holds a role that may give such authority." }
                }
                (self.choice(("authority_by", "Who gave authority"), self.people.iter().cloned()).select(&self.faults))
                (Field::new(Kind::Moment, "authority_at", "When").hint(&given)
                    .value(self.typed.one("authority_at")).render(&self.faults))
                (self.choice(("means", "How"), means).radios(&self.faults))
                (button::stop(&format!("Claim authority for {}", self.title)))
            }))
        }
    }
}

async fn page(
    visitor: &Visitor,
    id: String,
    typed: Typed,
    faults: Faults,
) -> Result<EmergencyPage, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    let now = visitor.app.clock.now();
    let settings = view.plan.as_ref().and_then(|plan| plan.settings.emergency.as_ref());
    let roles = settings.into_iter().flat_map(|terms| &terms.authority_of);
    let holders: std::collections::BTreeSet<_> =
        roles.flat_map(|role| view.register.holders(role, now)).collect();
    let mut able = visitor.app.answerable().await?;
    able.retain(|person, _| holders.contains(person));
    let people = crate::portal::words::people(&able);
    Ok(EmergencyPage { id, title, people, typed, faults })
}

/// `GET /releases/{release}/emergency`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/emergency`
pub async fn claim(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let at = visitor.shell.zone.as_sent(typed.one("authority_at"));
    let new = NewEmergency {
        ground: typed.one("ground").to_owned(),
        explanation: typed.one("explanation").to_owned(),
        authority_by: typed.one("authority_by").to_owned(),
        authority_at: at,
        means: typed.one("means").to_owned(),
    };
    let mut draft = Draft::default();
    let asked = new.checked(&mut draft).map(|command| (command, draft));
    match visitor.ask(&id, asked).await? {
        None => done(&id, "claimed"),
        Some(faults) => {
            let page = page(&visitor, id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
