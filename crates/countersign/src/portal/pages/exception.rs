//! Asking for an exception: what is waived, why, what is done in its place, and until when.

use crate::api::releases::exceptions::NewException;
use crate::app::{Draft, View};
use crate::portal::command::{onwards, unwritten};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::assess::Outcome;
use countersign_core::exception::{Exception, ExceptionCommand, Waived};
use countersign_core::name::ReleaseId;
use countersign_core::release::Command;
use jiff::SignedDuration;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ExceptionPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What could be waived: as it is sent, and as people read it.
    pub options: Vec<(String, String)>,
    /// Who accepts the risk, and for how long, in words.
    pub terms: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl ExceptionPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let rate = ("criterion hallucination_rate".into(), "Criterion: Hallucination rate".into());
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            options: vec![rate],
            terms: "AI Governance Lead and Security accept the risk, for 90 days at most.".into(),
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut faults = Faults::at("until", "an exception ends in the future");
        faults.add("measures", "this needs a text");
        let none = Self { options: Vec::new(), ..fresh.clone() };
        vec![Self { faults, ..fresh.clone() }, fresh, none]
    }

    fn form(&self, shell: &Shell) -> Markup {
        let options = self
            .options
            .iter()
            .map(|(value, label)| Option_::new(value, label).among(self.typed.all("waives")));
        let value = |name: &str| self.typed.one(name).to_owned();
        let (reason, measures) = (value("reason"), value("measures"));
        let (until, extends) = (value("until"), value("extends"));
        form::post(
            &format!("/releases/{}/exceptions/new", self.id),
            shell,
            html! {
                (Choice::new("waives", "What is waived", options.collect()).radios(&self.faults))
                (Field::new(Kind::Lines, "reason", "Why").value(&reason).render(&self.faults))
                (Field::new(Kind::Lines, "measures", "What is done in its place")
                    .hint("What keeps the risk small while the exception holds.")
                    .value(&measures).render(&self.faults))
                (Field::new(Kind::Moment, "until", "Until")
                    .hint("After that moment the exception counts for nothing, whoever looks.")
                    .value(&until).render(&self.faults))
                (Field::new(Kind::Number, "extends", "Which exception it extends").optional()
                    .hint("Its number, when the same was waived before.")
                    .value(&extends).render(&self.faults))
                (button::submit(&format!("Ask for the exception of {}", self.title)))
            },
        )
    }
}

impl Page for ExceptionPage {
    fn title(&self) -> String {
        format!("Ask for an exception: {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let some = self.options.first();
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Ask for an exception"))
            p.lead { "One criterion or one checklist item, for this release alone. " (self.terms) }
            @if some.is_some() {
                (self.form(shell))
            } @else {
                (notice::inset("There is nothing you could ask to waive here."))
            }
        }
    }
}

/// What could be waived, as far as the rules would let this visitor ask now.
pub async fn could_be_waived(
    visitor: &Visitor,
    view: &View,
    release: &ReleaseId,
) -> Result<Vec<(Waived, String)>, Wrong> {
    let report = view.report.iter();
    let open = report.clone().flat_map(|report| &report.items);
    let open = open.filter(|item| !item.missing.is_empty());
    let items = open
        .map(|item| (Waived::Item(item.item.clone()), format!("Checklist item: {}", item.title)));
    let criteria = report.flat_map(|report| &report.criteria);
    // What holds by itself needs no exception, and one that is waived may be extended.
    let shut = criteria.filter(|one| one.is_shut() || one.outcome == Outcome::Waived);
    let criteria = shut
        .map(|one| (Waived::Criterion(one.criterion.clone()), format!("Criterion: {}", one.title)));
    let mut could = Vec::new();
    for (waives, label) in criteria.chain(items) {
        let Some(command) = trial(visitor, view, &waives) else { break };
        if visitor.would_refuse(release, command).await?.is_none() {
            could.push((waives, label));
        }
    }
    Ok(could)
}

/// A request for an hour that only asks whether this could be waived.
fn trial(visitor: &Visitor, view: &View, waives: &Waived) -> Option<Command> {
    let text = unwritten()?;
    let until = visitor.app.clock.now().checked_add(SignedDuration::from_hours(1)).ok()?;
    let earlier = view.release.state.exceptions.iter().rev();
    let mut granted = earlier.filter(|(_, one)| one.granted_at.is_some());
    let extends = granted.find(|(_, one)| &one.exception.waives == waives);
    let exception = Exception {
        waives: waives.clone(),
        reason: text,
        measures: text,
        until,
        extends: extends.map(|(number, _)| *number),
    };
    Some(Command::Exception(ExceptionCommand::Request(exception)))
}

async fn page(
    visitor: &Visitor,
    id: String,
    typed: Typed,
    faults: Faults,
) -> Result<ExceptionPage, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let titles = Titles::of(visitor, &view).await?;
    let release = crate::api::body::parse("release", &id)?;
    let options = could_be_waived(visitor, &view, &release).await?;
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    let terms = view.plan.as_ref().map(|plan| {
        let settings = &plan.settings.exceptions;
        let roles = settings.accepted_by.iter().map(|role| titles.role(role));
        let roles: Vec<String> = roles.collect();
        let days = settings.at_most_days;
        format!("{} accept the risk, for {days} days at most.", words::list(&roles))
    });
    let options = options.into_iter().map(|(waives, label)| (waives.to_string(), label)).collect();
    Ok(ExceptionPage { id, title, options, terms: terms.unwrap_or_default(), typed, faults })
}

/// `GET /releases/{release}/exceptions/new`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/exceptions/new`
pub async fn ask(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let one = |name: &str| typed.one(name).trim().to_owned();
    let until = visitor.shell.zone.parse(&one("until"));
    let new = NewException {
        waives: one("waives"),
        reason: one("reason"),
        measures: one("measures"),
        until: until.map_or_else(|| one("until"), |at| at.to_string()),
        extends: typed.filled("extends").and_then(|number| number.trim().parse().ok()),
    };
    let mut draft = Draft::default();
    let asked = new.checked(&mut draft).map(|command| (command, draft));
    match visitor.ask(&id, asked).await? {
        None => onwards(&format!("/releases/{id}#exceptions")),
        Some(faults) => {
            let page = page(&visitor, id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
