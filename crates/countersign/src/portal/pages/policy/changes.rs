//! What a version of the policy changes, and which way.

use crate::failure::Failure;
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{empty, table};
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use axum::extract::{Path, RawQuery};
use countersign_core::name::PolicyName;
use countersign_core::policy::difference::{Difference, Effect, differences};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The policy's name.
    pub name: String,
    /// The older version.
    pub from: String,
    /// The newer version.
    pub to: String,
    /// What changed.
    pub differences: Vec<Difference>,
}

impl Changes {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let one = |subject: &str, effect, before: &str, after: &str| Difference {
            subject: subject.into(),
            effect,
            before: before.into(),
            after: after.into(),
        };
        let differences = vec![
            one(
                "approval of minor_update at high, critical",
                Effect::Stricter,
                "",
                "1 of peer_reviewer for peer review, independent of requester",
            ),
            one(
                "criterion hallucination_rate",
                Effect::Looser,
                "hallucination_rate at most 5 %",
                "hallucination_rate at most 8 %",
            ),
            one("setting escalate to", Effect::Unclear, "ai_governance_lead", "legal"),
            one("purpose", Effect::Wording, "Nothing slips.", "Nothing slips through."),
        ];
        let (name, from, to) = ("model-release".to_owned(), "1.0".to_owned(), "1.1".to_owned());
        let nothing = Self { name, from, to, differences: Vec::new() };
        vec![Self { differences, ..nothing.clone() }, nothing]
    }
}

impl Page for Changes {
    fn title(&self) -> String {
        format!("What {} {} changes", self.name, self.to)
    }

    fn section(&self) -> Section {
        Section::Policy
    }

    fn main(&self, _: &Shell) -> Markup {
        let rows = self.differences.iter().map(|one| {
            vec![
                tag::render(&effect(one.effect)),
                html! { (one.subject) },
                html! { (one.before) },
                html! { (one.after) },
            ]
        });
        let rows: Vec<Vec<Markup>> = rows.collect();
        let some = rows.first().map(|_| ());
        html! {
            p.back { a href={ "/policy/" (self.name) "/" (self.to) } { "The policy" } }
            p.caption { "Compared with version " (self.from) }
            h1 { (self.title()) }
            p { (summary(&self.differences)) }
            @if some.is_some() {
                (table::render("Changes", &["Effect", "What", "Before", "After"], &rows))
            } @else {
                (empty::render("Nothing changed.", "Both versions say the same.", None))
            }
        }
    }
}

fn effect(effect: Effect) -> Tag {
    match effect {
        Effect::Stricter => Tag::new("Stricter", Tone::Good),
        Effect::Looser => Tag::new("Looser", Tone::Bad),
        Effect::Unclear => Tag::new("Unclear", Tone::Warn),
        Effect::Wording => Tag::new("Wording", Tone::Quiet),
    }
}

fn summary(found: &[Difference]) -> String {
    match found.iter().filter(|one| one.effect.may_loosen()).count() {
        0 => "Nothing passes under this version that would not have passed before.".into(),
        1 => "1 change is looser or cannot be judged, so two people have to approve this version."
            .into(),
        count => format!(
            "{count} changes are looser or cannot be judged, so two people have to approve this \
             version."
        ),
    }
}

/// `GET /policy/{name}/{version}/changes`
pub async fn show(
    visitor: Visitor,
    Path((name, version)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let name: PolicyName = name.parse().map_err(|_| Failure::not_found("policy", &name))?;
    let (old, new) = visitor.app.two_versions(&name, typed.filled("from"), &version).await?;
    visitor.page(&Changes {
        name: name.to_string(),
        differences: differences(&old.policy, &new.policy),
        from: old.reference.version,
        to: new.reference.version,
    })
}
