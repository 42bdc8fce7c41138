//! The approval a published policy waits for: what it asks less of, who has approved, and the form
//! for those who may.

use super::PolicyPage;
use crate::api::policies::decide::published;
use crate::api::policies::review::{self, AskedReview, NewPolicyReview};
use crate::app::{AnyCommand, Draft};
use crate::failure::Failure;
use crate::portal::command::{onwards, unwritten};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, error_summary, form, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::Shell;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::policy::PolicyRef;
use countersign_core::refusal::Refusal;
use countersign_core::register::{Approved, PublishedPolicy, RegisterCommand};
use maud::{Markup, html};

/// Where a published policy stands.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Its page.
    pub path: String,
    /// Its name and version.
    pub name: String,
    /// Where it stands.
    pub state: Tag,
    /// Who approves, and who has: a sentence.
    pub told: String,
    /// What it asks less of than the policy before, in words.
    pub loosens: Vec<String>,
    /// Why the visitor may not decide; empty when the form is offered or nothing is to decide.
    pub closed: String,
    /// The role in which the visitor decides, when they may.
    pub offered: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// The colour of a policy's state.
pub(super) fn state(approved: &Approved) -> Tag {
    let tone = match approved {
        Approved::Awaited => Tone::Active,
        Approved::Yes { .. } => Tone::Good,
        Approved::No { .. } => Tone::Bad,
    };
    Tag::new(words::title(approved.word()), tone)
}

impl Approval {
    /// An example.
    pub fn sample() -> Self {
        Self {
            path: "/policy/model-release/1.1".into(),
            name: "model-release 1.1".into(),
            state: state(&Approved::Awaited),
            told: "AI Governance Committee approves it: 2 people. Approved so far by R. Hale."
                .into(),
            loosens: vec![
                "criterion hallucination_rate is looser: it was at most 5 %, now at most 8 %"
                    .into(),
            ],
            closed: String::new(),
            offered: Some("AI Governance Committee".into()),
            typed: Typed::default(),
            faults: Faults::default(),
        }
    }

    pub(super) fn render(&self, shell: &Shell) -> Markup {
        let some = self.loosens.first();
        html! {
            (error_summary::render(&self.faults))
            section {
                h2 { "Approval " (tag::render(&self.state)) }
                p { (self.told) }
                @if some.is_some() {
                    p { "It asks less than the policy before:" }
                    ul { @for one in &self.loosens { li { (one) } } }
                }
                @if !self.closed.is_empty() { (notice::inset(&self.closed)) }
                @if let Some(role) = &self.offered { (self.forms(role, shell)) }
            }
        }
    }

    fn forms(&self, role: &str, shell: &Shell) -> Markup {
        let comment = Field::new(Kind::Lines, "comment", "What you want to say")
            .optional()
            .value(self.typed.one("comment"));
        let reason = Field::new(Kind::Lines, "reason", "Why not").value(self.typed.one("reason"));
        html! {
            (form::post(&format!("{}/approve", self.path), shell, html! {
                (comment.render(&self.faults))
                (button::submit(&format!("Approve {} as {role}", self.name)))
            }))
            details {
                summary { "Decline it" }
                (form::post(&format!("{}/decline", self.path), shell, html! {
                    (reason.render(&self.faults))
                    (button::stop(&format!("Decline {} as {role}", self.name)))
                }))
            }
        }
    }
}

/// Where a published policy stands, for this visitor. `None` when it was approved before approvals
/// were recorded.
pub(super) async fn of(
    visitor: &Visitor,
    policy: &PublishedPolicy,
    (typed, faults): (Typed, Faults),
) -> Result<Option<Approval>, Wrong> {
    let Some(awaits) = &policy.awaits else { return Ok(None) };
    let title = visitor.role_title(&awaits.role).await?;
    let names = visitor.app.names().await?;
    let by = policy.given.iter().map(|id| names.get(id).map_or(id.as_str(), String::as_str));
    let by = words::list(&by.collect::<Vec<_>>());
    let people =
        if awaits.people == 1 { "1 person".into() } else { format!("{} people", awaits.people) };
    let so_far = if by.is_empty() { String::new() } else { format!(" Approved so far by {by}.") };
    let asked =
        RegisterCommand::ApprovePolicy { policy: policy.policy.clone(), comment: unwritten() };
    let asked = AnyCommand::Register(asked);
    let (closed, open) = match visitor.app.foresee(&visitor.caller, &asked, None).await {
        Ok(()) => (String::new(), Some(title.clone())),
        // Nothing is left to decide, and the state says so.
        Err(Failure::Refused(refusal)) if matches!(*refusal, Refusal::NothingToDo { .. }) => {
            (String::new(), None)
        }
        Err(Failure::Refused(refusal)) => {
            (format!("{}.", words::capital(&refusal.to_string())), None)
        }
        Err(failure) => return Err(failure.into()),
    };
    Ok(Some(Approval {
        path: format!("/policy/{}/{}", policy.policy.name, policy.policy.version),
        name: policy.name(),
        state: state(&policy.approved),
        told: format!("{title} approves it: {people}.{so_far}"),
        loosens: awaits.loosens.iter().map(ToString::to_string).collect(),
        closed,
        offered: open,
        typed,
        faults,
    }))
}

fn command(
    policy: PolicyRef,
    what: &str,
    typed: &Typed,
    draft: &mut Draft,
) -> Result<RegisterCommand, Failure> {
    match what {
        "approve" => {
            let comment = draft.optional("comment", typed.filled("comment"))?;
            Ok(RegisterCommand::ApprovePolicy { policy, comment })
        }
        "decline" => {
            let reason = draft.text("reason", typed.one("reason"))?;
            Ok(RegisterCommand::DeclinePolicy { policy, reason })
        }
        "review" => {
            let (outcome, text) = (typed.one("outcome").to_owned(), typed.one("text").to_owned());
            review::reviewed(policy, &NewPolicyReview { outcome, text }, draft)
        }
        "ask-review" => {
            let trigger = typed.one("trigger").to_owned();
            let text = typed.filled("happened").map(str::to_owned);
            let text = text.ok_or_else(|| Failure::malformed("happened", "say what happened"))?;
            review::asked(policy, &AskedReview { trigger, text }, draft)
        }
        other => Err(Failure::not_found("page", other)),
    }
}

/// `POST /policy/{name}/{version}/{what}`: `approve`, `decline`, `review` or `ask-review`.
pub async fn decide(
    Path((name, version, what)): Path<(String, String, String)>,
    post: Post,
) -> Answer {
    let Post { visitor, typed } = post;
    let policy = published(&visitor.app, &name, &version).await?;
    let mut draft = Draft::default();
    let faults = match command(policy, &what, &typed, &mut draft) {
        Ok(command) => visitor.carry_out(AnyCommand::Register(command), draft).await?,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/policy/{name}/{version}")),
        Some(faults) => {
            let page: PolicyPage =
                super::page(&visitor, (&name, &version), (typed, faults)).await?;
            visitor.again(&page)
        }
    }
}
