//! Two versions of a runbook, side by side.

use crate::failure::Failure;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::{button, empty, heading, prose, table};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::{Path, RawQuery};
use countersign_core::name::RunbookName;
use countersign_core::runbook::Runbook;
use countersign_core::runbook::difference::{Difference, differences};
use maud::{Markup, html};
use std::sync::Arc;

/// The page.
#[derive(Debug, Clone)]
pub struct Versions {
    /// The runbook's name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Every version, the latest first.
    pub all: Vec<String>,
    /// The version on the left.
    pub from: String,
    /// The version on the right.
    pub to: String,
    /// What is not the same.
    pub differences: Vec<Difference>,
}

impl Versions {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let one = |subject: &str, before: &str, after: &str| Difference {
            subject: subject.into(),
            before: before.into(),
            after: after.into(),
        };
        let differences = vec![
            one("step `Sign the release`: time limit", "1 business day", "same day"),
            one("prerequisite", "", "The way back was tried within the last quarter."),
        ];
        let some = Self {
            name: "prompt-change".into(),
            title: "Change of a prompt".into(),
            all: vec!["1.1.0".into(), "1.0.0".into()],
            from: "1.0.0".into(),
            to: "1.1.0".into(),
            differences,
        };
        let none = Self { differences: Vec::new(), from: "1.1.0".into(), ..some.clone() };
        vec![some, none]
    }

    /// Which two are compared: a form that only asks.
    fn chooser(&self) -> Markup {
        let faults = Faults::default();
        let choice = |name: &str, label: &str, chosen: &str| {
            let versions = self.all.iter().map(|version| Option_ {
                chosen: version == chosen,
                ..Option_::new(version, version)
            });
            Choice::new(name, label, versions.collect()).select(&faults)
        };
        html! {
            form.filters method="get" action={ "/runbooks/" (self.name) "/compare" } {
                (choice("from", "Before", &self.from))
                (choice("to", "After", &self.to))
                div.apply { (button::submit("Compare")) }
            }
        }
    }

    fn rows(&self) -> Vec<Vec<Markup>> {
        let row = |one: &Difference| {
            vec![
                html! { (words::capital(&one.subject)) },
                prose::render(&one.before),
                prose::render(&one.after),
            ]
        };
        self.differences.iter().map(row).collect()
    }
}

impl Page for Versions {
    fn title(&self) -> String {
        format!("Versions of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Runbooks
    }

    fn main(&self, _: &Shell) -> Markup {
        let rows = self.rows();
        let some = rows.first().map(|_| ());
        let columns = ["What", &format!("Before: {}", self.from), &format!("After: {}", self.to)];
        html! {
            (heading::back(&format!("/runbooks/{}/{}", self.name, self.to), &self.title))
            h1 { (self.title()) }
            (self.chooser())
            @if some.is_some() {
                (table::render("Differences", &columns, &rows))
            } @else {
                (empty::render("Both versions say the same.", "Choose two that differ.", None))
            }
        }
    }
}

async fn version(
    visitor: &Visitor,
    name: &RunbookName,
    version: &str,
) -> Result<Arc<Runbook>, Wrong> {
    let loaded = visitor.app.runbook(&visitor.register, name, Some(version)).await?;
    let unknown = || Failure::not_found("runbook", format!("{name} {version}"));
    Ok(loaded.ok_or_else(unknown)?.runbook)
}

/// `GET /runbooks/{name}/compare?from=…&to=…`: the two latest versions when nothing is chosen.
pub async fn show(visitor: Visitor, Path(name): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let name: RunbookName = crate::api::body::parse("runbook", &name)?;
    let published = visitor.register.runbooks.iter().rev().filter(|one| one.runbook.name == name);
    let all: Vec<String> = published.map(|one| one.runbook.version.clone()).collect();
    let latest = all.first().cloned().ok_or_else(|| Failure::not_found("runbook", &name))?;
    let to = typed.filled("to").map_or(latest, str::to_owned);
    let earlier = all.iter().skip_while(|one| **one != to).nth(1).unwrap_or(&to);
    let from = typed.filled("from").unwrap_or(earlier).to_owned();
    let (old, new) = (version(&visitor, &name, &from).await?, version(&visitor, &name, &to).await?);
    visitor.page(&Versions {
        name: name.to_string(),
        title: new.title.clone(),
        differences: differences(&old, &new),
        all,
        from,
        to,
    })
}
