//! A model: who owns it, its tiers, what runs where, its releases.

use crate::failure::{Doing, Failure};
use crate::portal::components::summary_list::line;
use crate::portal::components::tag::{self, Tag};
use crate::portal::components::timeline::{self, Entry, Weight};
use crate::portal::components::{button, digest, heading, prose, summary_list};
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use axum::extract::Path;
use countersign_core::actor::Who;
use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use countersign_core::model::Model;
use countersign_core::name::{ModelName, PersonId};
use countersign_core::text::Text;
use countersign_store::ReleaseQuery;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Clone)]
pub struct ModelPage {
    /// Its short name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its tier now.
    pub tier: Tag,
    /// Who owns it.
    pub owner: String,
    /// What it is meant for.
    pub intended_use: String,
    /// Its tiers, the latest first.
    pub tiers: Vec<Entry>,
    /// What runs where: environment, artifact, digest, release.
    pub running: Vec<Runs>,
    /// Its latest releases: path, title, state.
    pub releases: Vec<(String, String, Tag)>,
}

/// Something that runs somewhere.
#[derive(Debug, Clone)]
pub struct Runs {
    /// Where.
    pub environment: String,
    /// What.
    pub artifact: String,
    /// Which bytes.
    pub digest: Sha256,
    /// What people call the release that put it there.
    pub title: String,
    /// That release.
    pub release: String,
}

impl ModelPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let entry = |at: &str, sentence: &str, quote: &str| Entry {
            at: at.parse().unwrap_or_default(),
            sentence: sentence.into(),
            quote: quote.into(),
            weight: Weight::Turn,
        };
        let full = Self {
            name: "support-summarizer".into(),
            title: "Support summarizer".into(),
            tier: Tag::of_tier("critical"),
            owner: "Jo Rivera".into(),
            intended_use: "Summarises support conversations for the agents who answer them.".into(),
            tiers: vec![
                entry(
                    "2026-03-02T09:00:00Z",
                    "Critical, set by Sam Chen.",
                    "It answers customers directly now.",
                ),
                entry("2025-11-03T09:00:00Z", "High, set by Jo Rivera when it was registered.", ""),
            ],
            running: vec![Runs {
                environment: "production".into(),
                artifact: "Prompt prompt-v1.3".into(),
                digest: Sha256::of(b"prompt"),
                title: "summarizer v1.3".into(),
                release: "r-000000000000".into(),
            }],
            releases: vec![(
                "/releases/r-000000000000".into(),
                "summarizer v1.4".into(),
                Tag::of_state("in_review"),
            )],
        };
        vec![full.clone(), Self { running: vec![], releases: vec![], ..full }]
    }

    fn running(&self) -> Markup {
        let nothing = Some(()).filter(|()| self.running.is_empty());
        html! {
            h2 { "What runs where" }
            @if nothing.is_some() { p.hint { "Nothing of it was ever deployed." } }
            @for runs in &self.running {
                p {
                    strong { (runs.environment) } ": " (runs.artifact) " " (digest::short(&runs.digest)) ", by "
                    a href={ "/releases/" (runs.release) } { (runs.title) }
                }
            }
        }
    }
}

impl Page for ModelPage {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn section(&self) -> Section {
        Section::Models
    }

    fn main(&self, shell: &Shell) -> Markup {
        let new = format!("/releases/new?model={}", self.name);
        let lines =
            [line("Short name", html! { code { (self.name) } }), line("Owner", &self.owner)];
        html! {
            (heading::back("/models", "All models"))
            div.title-line { h1 { (self.title) } (tag::render(&self.tier)) }
            (summary_list::render(&lines))
            (prose::render(&self.intended_use))
            (button::row(&[
                button::link(&new, "Request a release"),
                button::second_link(&format!("/models/{}/tier", self.name), "Change the tier"),
            ]))
            section { (self.running()) }
            section {
                h2 { "Latest releases" }
                ul.plain {
                    @for (path, title, state) in &self.releases {
                        li { a href=(path) { (title) } " " (tag::render(state)) }
                    }
                }
                p { a href={ "/releases?model=" (self.name) } { "All its releases" } }
            }
            section {
                h2 { "What is kept about it" }
                ul.plain {
                    @for (list, title) in KEPT {
                        li { a href={ "/entries/" (list) "?model=" (self.name) } { (title) } }
                    }
                }
            }
            section { h2 { "Risk tiers" } (timeline::render(&self.tiers, shell)) }
        }
    }
}

/// The lists that say most about a model.
const KEPT: [(EntryKind, &str); 4] = [
    (EntryKind::Risk, "Risks"),
    (EntryKind::Incident, "Incidents"),
    (EntryKind::Condition, "Conditions of its approvals"),
    (EntryKind::Exception, "Exceptions"),
];

/// `GET /models/{model}`
pub async fn show(visitor: Visitor, Path(name): Path<String>) -> Answer {
    let name: ModelName = crate::api::body::parse("model", &name)?;
    let model = visitor.app.model(&name).await?.state;
    let registration = model.registration.as_ref();
    let registration = registration.ok_or_else(|| Failure::not_found("model", &name))?;
    let names = visitor.app.names().await?;
    let texts: Vec<_> = model.tiers.iter().filter_map(|entry| entry.reason).collect();
    let texts: Vec<_> =
        texts.iter().chain([&registration.intended_use]).map(|t| t.digest()).collect();
    let texts = visitor.app.store.texts(&texts).await.doing("read texts")?;
    let text = |text: &Text| texts.get(&text.digest()).cloned().unwrap_or_default();
    let query = ReleaseQuery { model: Some(name.clone()), limit: 8, ..ReleaseQuery::default() };
    let releases = visitor.app.store.releases(&query).await.doing("list releases")?;
    let titles = releases.items.iter().map(|row| (row.release.to_string(), row.title.clone()));
    let titles: BTreeMap<String, String> = titles.collect();
    let releases = releases
        .items
        .into_iter()
        .map(|row| (format!("/releases/{}", row.release), row.title, Tag::of_state(&row.state)));
    let owner = names.get(&registration.owner).cloned();
    visitor.page(&ModelPage {
        name: name.to_string(),
        title: registration.title.clone(),
        tier: Tag::of_tier(model.tier().map_or("", |tier| tier.word())),
        owner: owner.unwrap_or_else(|| registration.owner.to_string()),
        intended_use: text(&registration.intended_use),
        tiers: tiers(&model, &names, text),
        running: running(&model, &titles),
        releases: releases.collect(),
    })
}

fn tiers(
    model: &Model,
    names: &BTreeMap<PersonId, String>,
    text: impl Fn(&Text) -> String,
) -> Vec<Entry> {
    let who = |who: &Who| match who {
        Who::Person(person) => names.get(person).cloned().unwrap_or_else(|| person.to_string()),
        Who::Machine(_) | Who::System => who.to_string(),
    };
    let entry = |entry: &countersign_core::model::TierEntry| {
        let when = if entry.reason.is_some() { "" } else { " when it was registered" };
        Entry {
            at: entry.since,
            sentence: format!("{}, set by {}{when}.", entry.tier.human(), who(&entry.by)),
            quote: entry.reason.as_ref().map(&text).unwrap_or_default(),
            weight: Weight::Turn,
        }
    };
    model.tiers.iter().rev().map(entry).collect()
}

fn running(model: &Model, titles: &BTreeMap<String, String>) -> Vec<Runs> {
    let mut all = Vec::new();
    for (environment, slots) in &model.running {
        all.extend(slots.iter().map(|((kind, name), running)| {
            let release = running.release.to_string();
            Runs {
                environment: environment.to_string(),
                artifact: format!("{} {name}", kind.human()),
                digest: running.digest,
                // An old release is not among the latest; its identifier leads to it all the same.
                title: titles.get(&release).unwrap_or(&release).clone(),
                release,
            }
        }));
    }
    all
}
