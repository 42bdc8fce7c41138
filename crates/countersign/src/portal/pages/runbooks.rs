//! The runbook library.

use crate::app::LoadedRunbook;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{empty, filters};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::RawQuery;
use countersign_core::runbook::Runbook;
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What runbooks are filtered by: the name in the address, and what people call it.
const FILTERS: [(&str, &str); 4] = [
    ("lifecycle", "Lifecycle"),
    ("type", "Type"),
    ("complexity", "Complexity"),
    ("compliance", "Framework"),
];

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Runbooks {
    /// The filters as they were set.
    pub typed: Typed,
    /// The values of each filter that some runbook has, in the order of the filters.
    pub values: Vec<Vec<String>>,
    /// The runbooks, each with its versions, the latest first.
    pub shelves: Vec<Shelf>,
}

/// A runbook in the library.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The latest version.
    pub runbook: Arc<Runbook>,
    /// Every version, the latest first.
    pub versions: Vec<String>,
}

/// What is said about the review of a runbook.
pub fn review(runbook: &Runbook) -> Vec<Tag> {
    let own = runbook.reviewed_by.iter().all(|name| runbook.authors.contains(name));
    match (runbook.reviewed_by.first(), own) {
        (None, _) => vec![Tag::new("Nobody reviewed it", Tone::Warn)],
        (Some(_), true) => vec![Tag::new("Reviewed by its author only", Tone::Warn)],
        (Some(_), false) => Vec::new(),
    }
}

/// A date as people write it.
pub fn day(runbook: &Runbook) -> String {
    let day = runbook.last_reviewed.map(|date| date.strftime("%-d %b %Y").to_string());
    day.unwrap_or_else(|| "never".into())
}

/// "about 90 minutes".
pub fn duration(runbook: &Runbook) -> Option<String> {
    runbook.estimated_minutes.map(|minutes| format!("about {minutes} min"))
}

fn values<'r>(runbook: &'r Runbook, filter: &str) -> Vec<&'r str> {
    match filter {
        "lifecycle" => vec![&runbook.lifecycle],
        "type" => vec![&runbook.kind],
        "complexity" => vec![&runbook.complexity],
        _ => runbook.compliance.iter().map(String::as_str).collect(),
    }
}

impl Runbooks {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let shelf = |runbook: Arc<Runbook>| Shelf {
            versions: vec![runbook.version.clone(), "0.9.0".into()],
            runbook,
        };
        let shelves = super::runbook::shipped().into_iter().map(shelf).collect();
        let values = vec![
            vec!["pre-deployment".into()],
            vec!["approval".into()],
            vec!["medium".into()],
            vec!["iso-42001".into()],
        ];
        let typed = Typed::default().with("lifecycle", "operational");
        vec![
            Self { shelves, values: values.clone(), typed: Typed::default() },
            Self { shelves: Vec::new(), values, typed },
        ]
    }

    fn filters(&self) -> Markup {
        let none = Faults::default();
        let set = FILTERS.iter().any(|(name, _)| self.typed.filled(name).is_some());
        let choice = |(name, label): &(&'static str, &'static str), values: &Vec<String>| {
            // Names of laws and controls are names: they are read as abbreviations.
            let called = |value: &str| match *name {
                "compliance" => value.to_uppercase(),
                _ => words::capital(value),
            };
            let values = values.iter().map(|value| Option_::new(value, called(value)));
            let any = std::iter::once(Option_::new("", "Any"));
            let values = any.chain(values).map(|one| one.among(self.typed.all(name))).collect();
            Choice::new(name, label, values).select(&none)
        };
        let boxes = html! {
            @for (filter, values) in FILTERS.iter().zip(&self.values) { (choice(filter, values)) }
        };
        filters::render("/runbooks", boxes, set.then_some("/runbooks"))
    }
}

impl Page for Runbooks {
    fn title(&self) -> String {
        "Runbooks".into()
    }

    fn section(&self) -> Section {
        Section::Runbooks
    }

    fn main(&self, _: &Shell) -> Markup {
        let some = self.shelves.first();
        html! {
            h1 { "Runbooks" }
            p.lead { "Ordered work that a release goes through. A release is pinned to one version." }
            (self.filters())
            @if some.is_some() {
                ul.cards { @for shelf in &self.shelves { li { (one(shelf)) } } }
            } @else {
                (empty::render("No runbook is like that.", "Take a filter away, or publish one: countersign runbook publish FILE.", None))
            }
        }
    }
}

fn one(shelf: &Shelf) -> Markup {
    let runbook = &*shelf.runbook;
    let path = format!("/runbooks/{}", runbook.name);
    let about = [runbook.lifecycle.as_str(), &runbook.kind, &runbook.complexity];
    let about: Vec<String> =
        about.iter().filter(|word| !word.is_empty()).map(|word| words::capital(word)).collect();
    let older = shelf.versions.split_first().map(|(_, older)| older).unwrap_or_default();
    html! {
        div.what {
            h2 { a href={ (path) "/" (runbook.version) } { (runbook.title) } }
            p { (runbook.summary) }
            p.hint { (about.join(" · ")) @for framework in &runbook.compliance { " · " (framework) } }
        }
        div.where {
            p { strong { "v" (runbook.version) } }
            @for tag in review(runbook) { (tag::render(&tag)) }
            @if runbook.last_reviewed.is_some() { p.hint { "Last reviewed " (day(runbook)) } }
            @if let Some(duration) = duration(runbook) { p.hint { (duration) } }
            @for version in older { p.hint { a href={ (path) "/" (version) } { "Version " (version) } } }
        }
    }
}

/// Every version of every runbook, the latest of each first.
pub async fn shelves(visitor: &Visitor) -> Result<Vec<Shelf>, crate::portal::wrong::Wrong> {
    let published = &visitor.register.runbooks;
    let names: BTreeSet<_> = published.iter().map(|one| one.runbook.name.clone()).collect();
    let mut shelves = Vec::new();
    for name in names {
        let versions = published.iter().rev().filter(|one| one.runbook.name == name);
        let versions = versions.map(|one| one.runbook.version.clone()).collect();
        let latest = visitor.app.runbook(&visitor.register, &name, None).await?;
        shelves.extend(latest.map(|LoadedRunbook { runbook, .. }| Shelf { runbook, versions }));
    }
    Ok(shelves)
}

/// `GET /runbooks`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let shelves = shelves(&visitor).await?;
    let known = FILTERS.iter().map(|(name, _)| {
        let all = shelves.iter().flat_map(|shelf| values(&shelf.runbook, name));
        let all: BTreeSet<String> = all.filter(|it| !it.is_empty()).map(str::to_owned).collect();
        all.into_iter().collect()
    });
    let known = known.collect();
    let fits = |shelf: &Shelf| {
        FILTERS.iter().all(|(name, _)| {
            let wanted = typed.filled(name);
            wanted.is_none_or(|wanted| values(&shelf.runbook, name).contains(&wanted))
        })
    };
    let shelves = shelves.into_iter().filter(fits).collect();
    visitor.page(&Runbooks { shelves, values: known, typed: typed.clone() })
}
