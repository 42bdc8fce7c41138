//! Changing the risk tier of a model, with the reason.

use crate::app::{AnyCommand, Draft};
use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::components::choice::Choice;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::new_model::tiers;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::model::ModelCommand;
use countersign_core::name::ModelName;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct NewTier {
    /// The model's short name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl NewTier {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            name: "support-summarizer".into(),
            title: "Support summarizer".into(),
            typed: Typed::default().with("tier", "high"),
            faults: Faults::default(),
        };
        vec![fresh.clone(), Self { faults: Faults::at("reason", "this needs a text"), ..fresh }]
    }
}

impl Page for NewTier {
    fn title(&self) -> String {
        format!("Change the tier of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Models
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/models/{}", self.name);
        let reason = Field::new(Kind::Lines, "reason", "Why").value(self.typed.one("reason"));
        html! {
            (error_summary::render(&self.faults))
            (heading::back(&path, &format!("Back to {}", self.title)))
            h1 { "Change the risk tier" }
            (notice::inset("A changed tier makes the next update a major one. Releases that are submitted already keep their plan."))
            (form::post(&format!("{path}/tier"), shell, html! {
                (Choice::new("tier", "Risk tier", tiers(&self.typed)).radios(&self.faults))
                (reason.render(&self.faults))
                (button::submit(&format!("Change the tier of {}", self.title)))
            }))
        }
    }
}

async fn page(
    visitor: &Visitor,
    name: &str,
    typed: Typed,
    faults: Faults,
) -> Result<NewTier, Wrong> {
    let name: ModelName = crate::api::body::parse("model", name)?;
    let model = visitor.app.model(&name).await?.state;
    let registration = model.registration.as_ref();
    let registration = registration.ok_or_else(|| Failure::not_found("model", &name))?;
    let now = model.tier().map_or("", |tier| tier.word());
    let typed = if typed.filled("tier").is_some() { typed } else { typed.with("tier", now) };
    Ok(NewTier { name: name.to_string(), title: registration.title.clone(), typed, faults })
}

/// `GET /models/{model}/tier`
pub async fn show(visitor: Visitor, Path(name): Path<String>) -> Answer {
    let page = page(&visitor, &name, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

fn command(name: &str, typed: &Typed, draft: &mut Draft) -> Result<AnyCommand, Failure> {
    let to = crate::api::body::parse("tier", typed.one("tier"))?;
    let reason = draft.text("reason", typed.one("reason"))?;
    let name = crate::api::body::parse("model", name)?;
    Ok(AnyCommand::Model(name, ModelCommand::ChangeTier { to, reason }))
}

/// `POST /models/{model}/tier`
pub async fn change(Path(name): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let faults = match command(&name, &typed, &mut draft) {
        Ok(command) => visitor.carry_out(command, draft).await?,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/models/{name}")),
        Some(faults) => {
            let page = page(&visitor, &name, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
