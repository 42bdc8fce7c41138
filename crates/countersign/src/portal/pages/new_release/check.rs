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
use crate::portal::moment::Zone;
use crate::portal::pages::release::schedule;
use crate::portal::post::CSRF_FIELD;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::agent::seen_as_agent;
use countersign_core::classification::Classification;
use countersign_core::proposal::Asked;
use countersign_core::refusal::Refusal;
use countersign_core::register::PublishedRunbook;
use countersign_core::release::urgent::shuts_at_once;
use countersign_core::release::{Artifact, Command, Request};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Check {
    /// What is asked for.
    pub title: String,
    /// Everything, in parts.
    pub parts: Vec<Part>,
    /// The runbooks the policy offers for it, in the policy's order, and none.
    pub runbooks: Vec<Option_>,
    /// Every other runbook.
    pub others: Vec<Option_>,
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
        let prompt_change = Option_::new("prompt-change@1.0.0", "Prompt change 1.0.0");
        let gate = Option_::new("deployment-gate-checklist@1.0.0", "Deployment gate 1.0.0");
        let runbooks = vec![
            Option_ { chosen: true, ..prompt_change.hint(FIRST) },
            gate.hint(NEXT),
            Option_::new("", "No runbook").hint(NONE),
        ];
        let others = vec![Option_::new("data-leak@1.0.0", "Aftermath: a leak 1.0.0")];
        let fresh = Self {
            title: "summarizer v1.4".into(),
            parts,
            runbooks,
            others,
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
                    .folded("Other runbooks", self.others.clone())
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
    let zone = &visitor.shell.zone;
    let new = new_release(typed, zone);
    let (request, artifacts) = match checked(&visitor.app, &mut draft, new).await {
        Ok(asked) => asked,
        Err(failure) => return Faults::from_failure(failure).map(Err),
    };
    let asked = Asked::of(&request, &artifacts);
    let proposal = visitor.app.proposal(&request.model, &asked).await?;
    if proposal.is_lowered_by(request.change) && request.override_reason.is_none() {
        let (given, proposal) = (request.change, Box::new(proposal));
        let refusal = Refusal::ChangeTypeLower { given, proposal };
        return Faults::from_failure(refusal.into()).map(Err);
    }
    let model = visitor.app.model(&request.model).await?.state;
    let classification = request.classification(request.tier, &artifacts);
    let classification = seen_as_agent(classification, &model);
    let (runbooks, others) = runbooks(visitor, typed, &classification).await?;
    let summary = typed.one("summary");
    let asked = Request { traits: classification.traits, ..request };
    let mut parts = parts(&asked, &artifacts, (summary, zone));
    if let Some(first) = parts.first_mut() {
        first
            .lines
            .extend(line_if("Why less than proposed is enough", typed.one("override_reason")));
        first.lines.push(line("Proposed by the facts", proposal.change.human()));
    }
    let (typed, faults) = (typed.clone(), Faults::default());
    Ok(Ok(Check { title: asked.title, parts, runbooks, others, typed, faults }))
}

fn parts(request: &Request, artifacts: &[Artifact], (summary, zone): (&str, &Zone)) -> Vec<Part> {
    let joined = |words: Vec<String>| words.join(", ");
    let environments = joined(request.environments.iter().map(ToString::to_string).collect());
    let regions = joined(request.regions.iter().map(ToString::to_string).collect());
    let traits = words::facts(request.traits.iter().map(|it| it.human()));
    let lines = [
        Some(line("Model", request.model.as_str())),
        Some(line("Title", &request.title)),
        Some(line("Change", request.change.human())),
        shuts_at_once(request).map(|at_once| line("When it is approved", at_once)),
        Some(line("Risk tier of the model", request.tier.human())),
        Some(line("What changes, and why", prose::render(summary))),
        Some(line("Environments", environments)),
        schedule::facts(zone, &request.schedule),
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

const REQUIRED: &str = "The policy asks for this runbook for such a release.";
const FIRST: &str = "The policy offers this one first for such a release.";
const NEXT: &str = "The policy offers it as well.";
const NONE: &str = "The policy's minimum alone.";

/// The runbooks the policy offers for such a release, required ones first and then in the policy's
/// order, with none of them as the last answer; and every other runbook. The first is chosen.
async fn runbooks(
    visitor: &Visitor,
    typed: &Typed,
    classification: &Classification,
) -> Result<(Vec<Option_>, Vec<Option_>), Wrong> {
    let policy = visitor.app.policy_in_force(&visitor.register).await?;
    let offers = policy.iter().flat_map(|loaded| &loaded.policy.offers);
    let mut offers: Vec<_> = offers.filter(|offer| offer.when.holds(classification)).collect();
    offers.sort_by_key(|offer| !offer.required);
    let published = latest(visitor);
    let option = |published: &PublishedRunbook| {
        let reference = &published.runbook;
        let value = format!("{}@{}", reference.name, reference.version);
        Option_::new(value, format!("{} {}", published.title, reference.version))
    };
    let mut offered = Vec::new();
    for offer in &offers {
        let known = published.iter().find(|one| one.runbook.name == offer.runbook);
        let hint = match (offer.required, offered.is_empty()) {
            (true, _) => REQUIRED,
            (false, true) => FIRST,
            (false, false) => NEXT,
        };
        offered.extend(known.map(|one| option(one).hint(hint)));
    }
    offered.push(Option_::new("", "No runbook").hint(NONE));
    let is_offered =
        |one: &&&PublishedRunbook| offers.iter().any(|offer| offer.runbook == one.runbook.name);
    let mut others: Vec<Option_> =
        published.iter().filter(|one| !is_offered(one)).map(|one| option(one)).collect();
    let chosen = typed.all("runbook").next().map(str::to_owned);
    let chosen = chosen.or_else(|| offered.first().map(|one| one.value.clone()));
    for option in offered.iter_mut().chain(&mut others) {
        option.chosen = Some(&option.value) == chosen.as_ref();
    }
    Ok((offered, others))
}

/// The latest version of every runbook.
fn latest(visitor: &Visitor) -> Vec<&PublishedRunbook> {
    let runbooks = &visitor.register.runbooks;
    let names: std::collections::BTreeSet<_> =
        runbooks.iter().map(|published| &published.runbook.name).collect();
    names.into_iter().filter_map(|name| visitor.register.runbook(name, None)).collect()
}

/// Asks for the release.
pub async fn send(visitor: Visitor, typed: Typed) -> Answer {
    let mut draft = Draft::default();
    let id = visitor.app.new_release_id()?;
    let faults =
        match checked(&visitor.app, &mut draft, new_release(&typed, &visitor.shell.zone)).await {
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
