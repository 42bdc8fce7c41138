//! Requesting a release: the form, then everything once more before it is sent.

mod blank;
pub mod check;
mod facts;
mod proposed;

use crate::api::releases::request::NewRelease;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, empty, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::moment::Zone;
use crate::portal::pages::artifacts;
use crate::portal::pages::releases;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::RawQuery;
use countersign_core::classification::{ChangeType, Trait};
use countersign_core::proposal::{Proposal, Why};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct NewReleasePage {
    /// The models: short name and title.
    pub models: Vec<(String, String)>,
    /// The environments.
    pub environments: Vec<String>,
    /// What the facts propose, once enough is known.
    pub proposal: Option<Proposal>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl NewReleasePage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let models = vec![("support-summarizer".into(), "Support summarizer".into())];
        let environments = vec!["production".into(), "staging".into()];
        let fresh = Self { models, environments, ..Self::default() };
        let typed = Typed::default()
            .with("model", "support-summarizer")
            .with("artifacts[0].name", "prompt-v1.4")
            .with("artifacts[0].digest", "abc")
            .with("artifacts[1].name", "");
        let mut faults = Faults::at("artifacts[0].digest", "`abc` is not a digest");
        faults.add("title", "give a title of at most 200 bytes");
        let change = ChangeType::MajorUpdate;
        let reasons = vec![Why::ThirdPartyBase {}];
        let explained = Self {
            typed: typed.clone(),
            proposal: Some(Proposal { change, reasons }),
            faults: Faults::at("override_reason", "say why less is enough"),
            ..fresh.clone()
        };
        vec![fresh.clone(), Self { typed, faults, ..fresh }, explained, Self::default()]
    }

    fn form(&self, shell: &Shell) -> Markup {
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        let numbers = facts::rows(&self.typed);
        html! {
            (form::post("/releases/new", shell, html! {
                (form::hidden(&[("resubmits", self.typed.one("resubmits"))]))
                (self.model())
                (field(Kind::Line, "title", "Title").hint("What people call this release, for example summarizer v1.4.").render(&self.faults))
                (field(Kind::Lines, "summary", "What changes, and why").render(&self.faults))
                h2 { "Artifacts" }
                p.hint { "Everything that goes to production with this release, by digest. More can be added until the decision." }
                @for number in 0..numbers {
                    fieldset.group {
                        legend { "Artifact " (number + 1) }
                        (artifacts::boxes(&format!("artifacts[{number}]"), &self.typed, &self.faults))
                    }
                }
                (button::other("Add another artifact", "go", "more"))
                h2 { "Where and what" }
                (self.places())
                h2 { "The change" }
                (self.change())
                (button::submit("Continue to check your answers"))
            }))
        }
    }

    fn model(&self) -> Markup {
        let models = self.models.iter().map(|(name, title)| Option_::new(name, title));
        let models = std::iter::once(Option_::new("", "Choose a model")).chain(models);
        let models = models.map(|one| one.among(self.typed.all("model"))).collect();
        html! {
            (Choice::new("model", "Model", models).select(&self.faults))
            p.hint { "Not in the list? " a href="/models/new" { "Register the model first" } "." }
        }
    }

    fn change(&self) -> Markup {
        let proposed = self.proposal.as_ref().map(|proposal| proposal.change.word());
        let chosen = self.typed.filled("change").or(proposed);
        let changes = ChangeType::ALL.iter().map(|one| {
            Option_::new(one.word(), one.human()).hint(facts::means(*one)).among(chosen.into_iter())
        });
        let reason = Field::new(Kind::Lines, "override_reason", "Why less than proposed is enough");
        html! {
            @if let Some(proposal) = &self.proposal { (proposed::told(proposal)) }
            (Choice::new("change", "What kind of change is it?", changes.collect())
                .hint("Leave it open, and it is proposed from what runs now and what this release brings.")
                .radios(&self.faults))
            @if self.proposal.is_some() {
                (reason.optional().hint("Only when you choose less than the facts propose.")
                    .value(self.typed.one("override_reason")).render(&self.faults))
            }
        }
    }

    fn places(&self) -> Markup {
        let environments = self.environments.iter().map(|name| Option_::new(name, name));
        let environments = environments.map(|one| one.among(self.typed.all("environments")));
        let stated = Trait::ALL.iter().filter(|fact| !matches!(fact, Trait::Update));
        let traits = stated.map(|fact| Option_::new(fact.word(), words::capital(fact.human())));
        let traits = traits.map(|one| one.among(self.typed.all("traits")));
        html! {
            (Choice::new("environments", "Environments", environments.collect())
                .hint("Production, when nothing is chosen.").optional().checkboxes(&self.faults))
            (Field::new(Kind::Moment, "not_before", "Not deployed before").optional().value(self.typed.one("not_before"))
                .hint("It can be approved ahead, and is allowed from then on by itself.").render(&self.faults))
            (Field::new(Kind::Moment, "not_after", "Not deployed after").optional().value(self.typed.one("not_after"))
                .hint("From then on it needs another release. What runs keeps running.").render(&self.faults))
            (Field::new(Kind::Line, "regions", "Regions").optional().value(self.typed.one("regions"))
                .hint("Where in the world it is used, for example eu, us.").render(&self.faults))
            (Choice::new("traits", "What is true of it?", traits.collect())
                .hint("The checklist and the criteria depend on these.").optional().checkboxes(&self.faults))
        }
    }
}

impl Page for NewReleasePage {
    fn title(&self) -> String {
        "Request a release".into()
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let none = Some(()).filter(|()| self.models.is_empty());
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/releases", "All releases"))
            h1 { "Request a release" }
            @if none.is_some() {
                (empty::render(
                    "No model is registered yet.",
                    "A release is always one of a model, which has an owner and a risk tier.",
                    Some(button::link("/models/new", "Register a model")),
                ))
            } @else {
                p.lead { "One request to put one set of artifacts into one or more environments." }
                (self.form(shell))
            }
        }
    }
}

/// What was typed, as the API takes it.
pub fn new_release(typed: &Typed, zone: &Zone) -> NewRelease {
    let one = |name: &str| typed.one(name).trim().to_owned();
    let artifacts = (0..facts::rows(typed))
        .map(|number| artifacts::typed_artifact(&format!("artifacts[{number}]"), typed))
        .filter(|artifact| !(artifact.name.is_empty() && artifact.digest.is_empty()));
    NewRelease {
        model: one("model"),
        title: one("title"),
        change: one("change"),
        summary: one("summary"),
        environments: typed.list("environments"),
        regions: typed
            .one("regions")
            .split([',', ' '])
            .map(|part| part.trim().to_lowercase())
            .filter(|part| !part.is_empty())
            .collect(),
        traits: typed.list("traits"),
        runbook: typed.filled("runbook").map(str::to_owned),
        resubmits: typed.filled("resubmits").map(str::to_owned),
        not_before: typed.filled("not_before").map(|text| zone.as_sent(text)),
        not_after: typed.filled("not_after").map(|text| zone.as_sent(text)),
        override_reason: typed.filled("override_reason").map(str::to_owned),
        artifacts: artifacts.collect(),
    }
}

async fn page(visitor: &Visitor, typed: Typed, faults: Faults) -> Result<NewReleasePage, Wrong> {
    let models = releases::models(visitor).await?;
    let environments = visitor.register.environments.iter().map(ToString::to_string).collect();
    let proposal = proposed::proposed(visitor, &typed).await;
    Ok(NewReleasePage { models, environments, proposal, typed, faults })
}

/// `GET /releases/new`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let page = page(&visitor, typed, Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/new`: one more row, back to the form, on to checking, or sending.
pub async fn answer(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    match typed.one("go") {
        "more" => {
            let next = facts::rows(&typed);
            let typed = typed.with(&format!("artifacts[{next}].name"), "");
            let page = page(&visitor, typed, Faults::default()).await?;
            visitor.page(&page)
        }
        "change" => {
            let page = page(&visitor, typed, Faults::default()).await?;
            visitor.page(&page)
        }
        "send" => check::send(visitor, typed).await,
        _ => match check::check(&visitor, &typed).await? {
            Ok(check) => visitor.page(&check),
            Err(faults) => {
                let page = page(&visitor, typed, faults).await?;
                if page.proposal.is_some() && blank::only_change(&page.faults) {
                    // A kind that was left open is no mistake: it is proposed and looked at.
                    return visitor.page(&NewReleasePage { faults: Faults::default(), ..page });
                }
                visitor.again(&page)
            }
        },
    }
}
