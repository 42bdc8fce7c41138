//! Check answers of a new release, with the runbooks the policy offers for it.

use super::new_release;
use crate::api::releases::request::checked;
use crate::app::{AnyCommand, Draft};
use crate::portal::command::done;
use crate::portal::components::check_answers::{self, Part};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::summary_list::{line, line_if};
use crate::portal::components::{button, digest, error_summary, form, prose};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::CSRF_FIELD;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::classification::Classification;
use countersign_core::release::{Artifact, Command, Request};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Check {
    /// What is asked for.
    pub title: String,
    /// Everything, in parts.
    pub parts: Vec<Part>,
    /// The runbooks, those the policy offers first.
    pub runbooks: Vec<Option_>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Check {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let parts = vec![Part {
            title: "The release".into(),
            lines: vec![
                line("Model", "Support summarizer"),
                line("Change", "Configuration change"),
            ],
        }];
        let runbooks = vec![
            Option_ {
                chosen: true,
                ..Option_::new("prompt-change@1.0.0", "Prompt change 1.0.0")
                    .hint("Offered by the policy for such a release.")
            },
            Option_::new("", "No runbook"),
        ];
        let fresh = Self {
            title: "summarizer v1.4".into(),
            parts,
            runbooks,
            typed: Typed::default().with("title", "summarizer v1.4"),
            faults: Faults::default(),
        };
        vec![
            fresh.clone(),
            Self { faults: Faults::at("runbook", "there is no runbook `x`"), ..fresh },
        ]
    }
}

impl Page for Check {
    fn title(&self) -> String {
        "Check your answers".into()
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let carried = self.typed.except(&[CSRF_FIELD, "go", "runbook"]);
        html! {
            (error_summary::render(&self.faults))
            h1 { "Check your answers" }
            (form::post("/releases/new", shell, html! {
                (form::hidden(&carried))
                (check_answers::render(&self.parts))
                h2 { "Runbook" }
                (Choice::new("runbook", "Which runbook does it follow?", self.runbooks.clone())
                    .hint("A runbook adds steps to what the policy asks for, and never removes any.")
                    .radios(&self.faults))
                button.button type="submit" name="go" value="send" { "Request release " (self.title) }
                " "
                (button::other("Change the answers", "go", "change"))
            }))
        }
    }
}

/// The page, or what is wrong with the answers.
pub async fn check(visitor: &Visitor, typed: &Typed) -> Result<Result<Check, Faults>, Wrong> {
    let blank = super::blank::blank(typed);
    if !blank.is_empty() {
        return Ok(Err(blank));
    }
    let mut draft = Draft::default();
    let new = new_release(typed);
    let (request, artifacts) = match checked(&visitor.app, &mut draft, new).await {
        Ok(asked) => asked,
        Err(failure) => return Faults::from_failure(failure).map(Err),
    };
    let runbooks = runbooks(visitor, typed, &request, &artifacts).await?;
    let summary = typed.one("summary");
    let parts = parts(&request, &artifacts, summary);
    let faults = Faults::default();
    Ok(Ok(Check { title: request.title, parts, runbooks, typed: typed.clone(), faults }))
}

fn parts(request: &Request, artifacts: &[Artifact], summary: &str) -> Vec<Part> {
    let joined = |words: Vec<String>| words.join(", ");
    let environments = joined(request.environments.iter().map(ToString::to_string).collect());
    let regions = joined(request.regions.iter().map(ToString::to_string).collect());
    let traits = words::facts(request.traits.iter().map(|it| it.human()));
    let lines = [
        Some(line("Model", request.model.as_str())),
        Some(line("Title", &request.title)),
        Some(line("Change", request.change.human())),
        Some(line("Risk tier of the model", request.tier.human())),
        Some(line("What changes, and why", prose::render(summary))),
        Some(line("Environments", environments)),
        line_if("Regions", &regions),
        line_if("What is true of it", &traits),
    ];
    let part = |title: &str, lines| Part { title: title.into(), lines };
    let artifacts = artifacts
        .iter()
        .map(|one| line(&one.name, html! { (one.kind.human()) " " (digest::whole(&one.digest)) }));
    let parts = [
        part("The release", lines.into_iter().flatten().collect()),
        part("Artifacts", artifacts.collect()),
    ];
    parts.into_iter().filter(|part| !part.lines.is_empty()).collect()
}

/// Those the policy offers for such a release come first, and the first of them is chosen.
async fn runbooks(
    visitor: &Visitor,
    typed: &Typed,
    request: &Request,
    artifacts: &[Artifact],
) -> Result<Vec<Option_>, Wrong> {
    let classification = Classification {
        tier: request.tier,
        change: request.change,
        regions: request.regions.clone(),
        traits: request.traits.clone(),
        artifacts: artifacts.iter().map(|artifact| artifact.kind).collect(),
    };
    let policy = visitor.app.policy_in_force(&visitor.register).await?;
    let offers = policy.iter().flat_map(|loaded| &loaded.policy.offers);
    let offered: Vec<_> = offers.filter(|offer| offer.when.holds(&classification)).collect();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for published in latest(visitor) {
        let reference = &published.runbook;
        let value = format!("{}@{}", reference.name, reference.version);
        let option = Option_::new(value, format!("{} {}", published.title, reference.version));
        match offered.iter().find(|offer| offer.runbook == reference.name) {
            Some(offer) if offer.required => {
                first.push(option.hint("The policy asks for this runbook for such a release."));
            }
            Some(_) => first.push(option.hint("Offered by the policy for such a release.")),
            None => rest.push(option),
        }
    }
    let none = Option_::new("", "No runbook").hint("The policy's minimum alone.");
    let mut all: Vec<Option_> = first.into_iter().chain(rest).chain([none]).collect();
    let chosen = typed.all("runbook").next().map(str::to_owned);
    let offered_first = all.first().filter(|_| !offered.is_empty()).map(|one| one.value.clone());
    let chosen = chosen.or(offered_first).unwrap_or_default();
    for option in &mut all {
        option.chosen = option.value == chosen;
    }
    Ok(all)
}

/// The latest version of every runbook.
fn latest(visitor: &Visitor) -> Vec<&countersign_core::register::PublishedRunbook> {
    let runbooks = &visitor.register.runbooks;
    let names: std::collections::BTreeSet<_> =
        runbooks.iter().map(|published| &published.runbook.name).collect();
    names.into_iter().filter_map(|name| visitor.register.runbook(name, None)).collect()
}

/// Asks for the release.
pub async fn send(visitor: Visitor, typed: Typed) -> Answer {
    let mut draft = Draft::default();
    let id = visitor.app.new_release_id()?;
    let faults = match checked(&visitor.app, &mut draft, new_release(&typed)).await {
        Ok((request, artifacts)) => {
            let request = Box::new(request);
            let command = Command::Request { id: Clone::clone(&id), request, artifacts };
            let command = AnyCommand::Release(Clone::clone(&id), Box::new(command));
            visitor.carry_out(command, draft).await?
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => done(id.as_str(), "requested"),
        Some(faults) => {
            let page = super::page(&visitor, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
