//! Reviews of the policy on its page: when the next is due, what asks for one, what was found, and
//! the form for those who keep it.

use crate::api::policies::review::{
    FailureView, PolicyReviewView, PolicyReviews, of as reviews_of,
};
use crate::app::AnyCommand;
use crate::failure::Failure;
use crate::portal::command::unwritten;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, form, prose};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::Shell;
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::register::{
    FailureKind, PublishedPolicy, RegisterCommand, ReviewCommand, ReviewConclusion, TriggerKind,
};
use maud::{Markup, html};

/// Reviews of the policy.
#[derive(Debug, Clone)]
pub struct Reviews {
    /// Its page.
    pub path: String,
    /// Its name and version.
    pub name: String,
    /// What was asked for and found.
    pub all: PolicyReviews,
    /// Who reviewed, by id and name.
    pub names: std::collections::BTreeMap<String, String>,
    /// Whether the visitor may record one: then the form is offered.
    pub offered: Option<()>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Reviews {
    /// An example.
    pub fn sample() -> Self {
        let failure = |release: &str, kind: &str| FailureView {
            release: release.into(),
            kind: kind.into(),
            at: "2026-05-04T09:00:00Z".into(),
        };
        let failures =
            vec![failure("r-000000000001", "rejected"), failure("r-000000000002", "suspended")];
        let open = PolicyReviewView {
            number: 1,
            trigger: "failures".into(),
            changed: Vec::new(),
            failures,
            asked_because: None,
            opened_at: "2026-05-11T09:00:00Z".into(),
            state: "open".into(),
            reviewed_by: None,
            reviewed_at: None,
            text: None,
        };
        Self {
            path: "/policy/model-release/1.0".into(),
            name: "model-release 1.0".into(),
            all: PolicyReviews { next_review: Some("2027-01-01".into()), items: vec![open] },
            names: [("p-1".to_owned(), "R. Hale".to_owned())].into(),
            offered: Some(()),
            typed: Typed::default(),
            faults: Faults::default(),
        }
    }

    pub(super) fn render(&self, shell: &Shell) -> Markup {
        let some = self.all.items.first();
        html! {
            section {
                h2 #reviews { "Reviews" }
                @if let Some(next) = &self.all.next_review {
                    p { "The next regular review is due on " (next) "." }
                }
                @if some.is_some() {
                    ul.lines { @for one in self.all.items.iter().rev() { li { (self.line(one, shell)) } } }
                }
                @if self.offered.is_some() { (self.forms(shell)) }
            }
        }
    }

    fn line(&self, one: &PolicyReviewView, shell: &Shell) -> Markup {
        let tone = if one.reviewed_by.is_none() { Tone::Active } else { Tone::Good };
        let known = one.trigger.parse::<TriggerKind>();
        let trigger = known.map_or_else(|_| one.trigger.clone(), |kind| kind.human().to_owned());
        let moment = |text: &str| text.parse().ok().map(|at| shell.zone.moment(at));
        let by = one.reviewed_by.as_ref().map(|id| self.names.get(id).unwrap_or(id));
        html! {
            div.over { h3 { (words::capital(&trigger)) } (tag::render(&Tag::new(words::title(&one.state), tone))) }
            p.hint { "Asked for " (moment(&one.opened_at).unwrap_or_default()) }
            @for changed in &one.changed { p { (words::capital(changed)) } }
            @if let Some(text) = &one.asked_because { (prose::render(text)) }
            @for failure in &one.failures { p { (failed(failure)) } }
            @if let (Some(by), Some(text)) = (by, &one.text) {
                p { (by) " found: “" (text) "”" }
            }
        }
    }

    fn forms(&self, shell: &Shell) -> Markup {
        let outcomes = ReviewConclusion::ALL.iter().map(|one| {
            Option_::new(one.word(), words::capital(one.human())).among(self.typed.all("outcome"))
        });
        let kinds = TriggerKind::ALL.iter().map(|one| {
            Option_::new(one.word(), words::capital(one.human())).among(self.typed.all("trigger"))
        });
        let found = Field::new(Kind::Lines, "text", "What was found").value(self.typed.one("text"));
        let happened = Field::new(Kind::Lines, "happened", "What happened");
        html! {
            details {
                summary { "Record a review" }
                (form::post(&format!("{}/review", self.path), shell, html! {
                    (Choice::new("outcome", "What did it come to?", outcomes.collect()).radios(&self.faults))
                    (found.render(&self.faults))
                    (button::submit(&format!("Record the review of {}", self.name)))
                }))
            }
            details {
                summary { "Ask for a review" }
                (form::post(&format!("{}/ask-review", self.path), shell, html! {
                    (Choice::new("trigger", "Why?", kinds.collect()).radios(&self.faults))
                    (happened.value(self.typed.one("happened")).render(&self.faults))
                    (button::submit(&format!("Ask for a review of {}", self.name)))
                }))
            }
        }
    }
}

fn failed(failure: &FailureView) -> Markup {
    let known = failure.kind.parse::<FailureKind>();
    let kind = known.map_or_else(|_| failure.kind.clone(), |kind| kind.human().to_owned());
    html! { a href={ "/releases/" (failure.release) } { (failure.release) } ": " (kind) }
}

/// The reviews of a policy, for this visitor; `None` while it is not approved.
pub(super) async fn of(
    visitor: &Visitor,
    published: &PublishedPolicy,
    (typed, faults): (Typed, Faults),
) -> Result<Option<Reviews>, Wrong> {
    let (policy, Some(text)) = (&published.policy, unwritten()) else { return Ok(None) };
    let outcome = ReviewConclusion::Keep;
    let review = ReviewCommand::Review { policy: policy.clone(), outcome, text };
    let asked = AnyCommand::Register(RegisterCommand::Review(review));
    let offered = match visitor.app.foresee(&visitor.caller, &asked, None).await {
        Ok(()) => Some(()),
        Err(Failure::Refused(_)) => None,
        Err(failure) => return Err(failure.into()),
    };
    let all = reviews_of(&visitor.app, policy).await?;
    if offered.is_none() && all.items.is_empty() {
        return Ok(None);
    }
    let names = visitor.app.names().await?;
    let names = names.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let (path, name) = (format!("/policy/{}/{}", policy.name, policy.version), published.name());
    Ok(Some(Reviews { path, name, all, names, offered, typed, faults }))
}
