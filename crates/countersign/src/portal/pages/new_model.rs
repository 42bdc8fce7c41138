//! Registering a model: it comes under governance with its one owner.

use crate::app::{AnyCommand, Draft};
use crate::failure::Failure;
use crate::portal::command::onwards;
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
use countersign_core::classification::RiskTier;
use countersign_core::model::{ModelCommand, Registration};
use countersign_core::name::ModelName;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct NewModelPage {
    /// Who could own it, by id and name.
    pub people: Vec<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// The tiers with what each means, for choosing one.
pub fn tiers(typed: &Typed) -> Vec<Option_> {
    let means = [
        "Little harm, easily undone.",
        "Noticeable harm.",
        "Serious harm, or high-risk in law.",
        "The worst; everything high asks for, and Compliance as well.",
    ];
    let tiers = RiskTier::ALL.iter().zip(means).map(|(tier, means)| {
        Option_::new(tier.word(), tier.human()).hint(means).among(typed.all("tier"))
    });
    tiers.collect()
}

impl NewModelPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let people = vec![("p-1".into(), "Jo Rivera".into()), ("p-2".into(), "Sam Chen".into())];
        let mut faults = Faults::at("name", "`My Model` is not a valid model name");
        faults.add("tier", "choose a tier");
        let typed = Typed::default().with("name", "My Model").with("owner", "p-2");
        vec![Self { people: people.clone(), ..Self::default() }, Self { people, typed, faults }]
    }
}

impl Page for NewModelPage {
    fn title(&self) -> String {
        "Register a model".into()
    }

    fn section(&self) -> Section {
        Section::Models
    }

    fn main(&self, shell: &Shell) -> Markup {
        let people = self.people.iter().map(|(id, name)| Option_::new(id, name));
        let people = people.map(|one| one.among(self.typed.all("owner"))).collect();
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/models", "All models"))
            h1 { "Register a model" }
            p.lead { "A model is registered once. Every change of it after that is a release." }
            (form::post("/models/new", shell, html! {
                (field(Kind::Line, "title", "Title").hint("What people call it, for example Support summarizer.").render(&self.faults))
                (field(Kind::Line, "name", "Short name").hint("For addresses and the command line, for example support-summarizer. It never changes.").render(&self.faults))
                (Choice::new("owner", "Owner", people).hint("The one person accountable for it.").select(&self.faults))
                (Choice::new("tier", "Risk tier", tiers(&self.typed)).radios(&self.faults))
                (field(Kind::Lines, "intended_use", "Intended use").hint("What it is meant for, and for whom.").render(&self.faults))
                (button::submit("Register the model"))
            }))
        }
    }
}

async fn page(visitor: &Visitor, typed: Typed, faults: Faults) -> Result<NewModelPage, Wrong> {
    let people = words::people(&visitor.app.answerable().await?);
    let me = visitor.person.to_string();
    let typed = if typed.filled("owner").is_some() { typed } else { typed.with("owner", me) };
    Ok(NewModelPage { people, typed, faults })
}

/// `GET /models/new`
pub async fn show(visitor: Visitor) -> Answer {
    let page = page(&visitor, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

fn command(typed: &Typed, draft: &mut Draft) -> Result<AnyCommand, Failure> {
    use crate::api::body::parse;
    let title = typed.filled("title").filter(|title| title.len() <= 200);
    let title =
        title.ok_or_else(|| Failure::malformed("title", "give a title of at most 200 bytes"))?;
    let name: ModelName = parse("name", typed.one("name").trim())?;
    let tier = typed.filled("tier").ok_or_else(|| Failure::malformed("tier", "choose a tier"))?;
    let registration = Registration {
        name: name.clone(),
        title: title.to_owned(),
        owner: parse("owner", typed.one("owner"))?,
        tier: parse("tier", tier)?,
        intended_use: draft.text("intended_use", typed.one("intended_use"))?,
    };
    Ok(AnyCommand::Model(name, ModelCommand::Register(registration)))
}

/// `POST /models/new`
pub async fn register(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let faults = match command(&typed, &mut draft) {
        Ok(command) => visitor.carry_out(command, draft).await?,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/models/{}", typed.one("name").trim())),
        Some(faults) => {
            let page = page(&visitor, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
