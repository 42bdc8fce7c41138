//! The policy as a document people can read: who approves what, the checklist, what blocks, the
//! process, document control.

pub mod approval;
pub mod changes;
pub mod reviews;
mod tables;

use crate::failure::Failure;
use crate::portal::components::summary_list::{Line, line};
use crate::portal::components::tag::{self, Tag};
use crate::portal::components::{empty, prose, side_by_side, summary_list};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use approval::Approval;
use axum::extract::Path;
use countersign_core::policy::Policy;
use countersign_core::register::{Approved, PublishedPolicy};
use maud::{Markup, html};
use reviews::Reviews;
use std::sync::Arc;

/// The page.
#[derive(Debug, Clone, Default)]
pub struct PolicyPage {
    /// The policy; `None` when none is in force.
    pub policy: Option<Arc<Policy>>,
    /// The digest of the published text, short.
    pub digest: String,
    /// Every published policy: path, name and version, effective from, the latest first.
    pub versions: Vec<Version>,
    /// The first day of the one shown, and when its review is due.
    pub in_force: String,
    /// The approval it waits for or got.
    pub approval: Option<Approval>,
    /// Its reviews.
    pub reviews: Option<Reviews>,
}

/// A published policy.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its page.
    pub path: String,
    /// Its name and version.
    pub name: String,
    /// The first day it is in force, once it is approved.
    pub effective: String,
    /// The page that compares it with the version before; `None` for the first.
    pub changes: Option<String>,
    /// Where it stands.
    pub state: Tag,
}

impl PolicyPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let text = include_str!("../../../../../catalog/policies/model-release.policy");
        let policy = countersign_formats::policy::parse(text).policy.map(Arc::new);
        let version = Version {
            path: "/policy/model-release/1.0".into(),
            name: "model-release 1.0".into(),
            effective: "2026-01-01".into(),
            changes: Some("/policy/model-release/1.0/changes".into()),
            state: approval::state(&Approved::Awaited),
        };
        let shown = Self {
            policy,
            digest: "3f2a9c0d11e4".into(),
            versions: vec![version],
            in_force: "In force today".into(),
            approval: None,
            reviews: Some(Reviews::sample()),
        };
        let waiting = Self { approval: Some(Approval::sample()), ..shown.clone() };
        let none = Self { versions: shown.versions.clone(), ..Self::default() };
        vec![shown, waiting, none, Self::default()]
    }

    fn document(&self, policy: &Policy, shell: &Shell) -> Markup {
        let document = &policy.document;
        html! {
            p.caption { (document.organisation) " · " (self.in_force) }
            h1 { (document.title) }
            (prose::render(&document.purpose))
            @if let Some(approval) = &self.approval { (approval.render(shell)) }
            nav.contents aria-label="On this page" {
                ul {
                    li { a href="#who" { "Who approves what" } }
                    li { a href="#checklist" { "The checklist" } }
                    li { a href="#blocks" { "What blocks" } }
                    li { a href="#process" { "The process" } }
                    li { a href="#roles" { "Roles" } }
                    li { a href="#clocks" { "Clocks and switches" } }
                    @if self.reviews.is_some() { li { a href="#reviews" { "Reviews" } } }
                }
            }
            section { h2 #who { "Who approves what" } (tables::decisions(policy)) }
            section { h2 #checklist { "The checklist" } (tables::checklist(policy)) }
            section { h2 #blocks { "What blocks" } (tables::criteria(policy)) }
            section { h2 #process { "The process" } (process(policy)) }
            section { h2 #roles { "Roles" } (summary_list::render(&roles(policy))) }
            section { h2 #clocks { "Clocks and switches" } (summary_list::render(&clocks(policy))) }
            @if let Some(reviews) = &self.reviews { (reviews.render(shell)) }
        }
    }

    fn side(&self, policy: &Policy) -> Markup {
        let document = &policy.document;
        let lines = [
            line("Name", html! { code { (policy.name) } }),
            line("Version", &policy.version),
            line("Owner", policy.title_of(&document.owner)),
            line("Approved by", policy.title_of(&document.approved_by)),
            line("In force from", document.effective.to_string()),
            line("Next review", document.next_review().to_string()),
            line("Classification", &document.classification),
            line("Digest", html! { code.digest { (self.digest) "…" } }),
        ];
        html! {
            section { h2 { "Document control" } (summary_list::render(&lines)) }
            section {
                h2 { "Versions" }
                (listed(&self.versions))
                p.hint { "A release keeps the version that was in force when it was submitted." }
            }
        }
    }
}

/// Every published version and where it stands.
fn listed(versions: &[Version]) -> Markup {
    html! {
        ul.plain {
            @for version in versions {
                li {
                    a href=(version.path) { (version.name) } " "
                    span.hint { "from " (version.effective) } " " (tag::render(&version.state))
                    @if let Some(changes) = &version.changes {
                        " " a href=(changes) { "What it changes" }
                    }
                }
            }
            section {
                h2 { "Laws and standards" }
                p { a href="/frameworks" { "Which records answer which clause" } }
                p { a href="/controls" { "Controls, and the evidence for them" } }
            }
        }
    }
}

fn process(policy: &Policy) -> Markup {
    html! {
        ol.steps {
            @for step in &policy.process { li { h3 { (step.title) } (prose::render(&step.text)) } }
        }
    }
}

fn roles(policy: &Policy) -> Vec<Line> {
    policy.roles.iter().map(|role| line(&role.title, words::capital(&role.duty))).collect()
}

fn clocks(policy: &Policy) -> Vec<Line> {
    let table = countersign_formats::policy::setting_table(policy).into_iter();
    table.map(|(what, says)| line(what, says)).collect()
}

impl Page for PolicyPage {
    fn title(&self) -> String {
        self.policy.as_ref().map_or_else(|| "Policy".into(), |it| it.document.title.clone())
    }

    fn section(&self) -> Section {
        Section::Policy
    }

    fn main(&self, shell: &Shell) -> Markup {
        match &self.policy {
            Some(policy) => side_by_side::render(
                self.document(policy, shell),
                "Document control and versions",
                self.side(policy),
            ),
            None => html! {
                h1 { "Policy" }
                (empty::render(
                    "No policy is in force.",
                    "Releases cannot be submitted before one is published (countersign policy publish FILE) and approved by the role it names.",
                    None,
                ))
                (listed(&self.versions))
            },
        }
    }
}

fn versions(visitor: &Visitor) -> Vec<Version> {
    let published = &visitor.register.policies;
    let version = |(place, one): (usize, &PublishedPolicy)| {
        let path = format!("/policy/{}/{}", one.policy.name, one.policy.version);
        let earlier = published[..place].iter().any(|other| other.policy.name == one.policy.name);
        Version {
            name: format!("{} {}", one.policy.name, one.policy.version),
            effective: one.effective.to_string(),
            changes: earlier.then(|| format!("{path}/changes")),
            path,
            state: approval::state(&one.approved),
        }
    };
    published.iter().enumerate().rev().map(version).collect()
}

/// `GET /policy`: the one in force.
pub async fn in_force(visitor: Visitor) -> Answer {
    let loaded = visitor.app.policy_in_force(&visitor.register).await?;
    let published = loaded.as_ref().and_then(|it| visitor.register.published_policy(&it.reference));
    let reviews = match published {
        Some(published) => reviews::of(&visitor, published, Default::default()).await?,
        None => None,
    };
    visitor.page(&PolicyPage {
        digest: loaded.as_ref().map(|it| it.reference.sha256.short()).unwrap_or_default(),
        policy: loaded.map(|it| it.policy),
        versions: versions(&visitor),
        in_force: "In force today".into(),
        approval: None,
        reviews,
    })
}

/// `GET /policy/{name}/{version}`
pub async fn show(visitor: Visitor, Path((name, version)): Path<(String, String)>) -> Answer {
    let nothing = (Typed::default(), Faults::default());
    let page = page(&visitor, (&name, &version), nothing).await?;
    visitor.page(&page)
}

async fn page(
    visitor: &Visitor,
    (name, version): (&str, &str),
    given: (Typed, Faults),
) -> Result<PolicyPage, Wrong> {
    let policies = visitor.register.policies.iter();
    let mut named = policies.filter(|one| one.policy.name.as_str() == name);
    let published = named.find(|one| one.policy.version == version);
    let published =
        published.ok_or_else(|| Failure::not_found("policy", format!("{name} {version}")))?;
    let loaded = visitor.app.policy(&published.policy).await?;
    let current = visitor.app.policy_in_force(&visitor.register).await?;
    let same = current.filter(|current| current.reference == loaded.reference);
    Ok(PolicyPage {
        digest: loaded.reference.sha256.short(),
        policy: Some(loaded.policy),
        versions: versions(visitor),
        in_force: same.map_or("Not in force today", |_| "In force today").into(),
        reviews: reviews::of(visitor, published, given.clone()).await?,
        approval: approval::of(visitor, published, given).await?,
    })
}
