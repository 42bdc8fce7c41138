//! Looking at the policy itself again: once a year, and whenever something asks for it (R-137 to
//!
//!
//! What asks for a review is worked out from data ([`due_reviews`]); Countersign's own clock
//! records it, once for each kind until somebody reviewed the policy. People who keep the policy
//! may ask for a review as well.

mod due;
mod failure;

pub use due::{ReviewFacts, ToolingChange, due_reviews};
pub use failure::{Failure, FailureKind, failures_of, incident_failure};

use super::{Context, PublishedPolicy, Register, RegisterEvent};
use crate::actor::Who;
use crate::calendar::BusinessCalendar;
use crate::classification::{UnknownWord, word_enum};
use crate::name::{PersonId, RoleName, RunbookName};
use crate::policy::difference::differences;
use crate::policy::{Policy, PolicyRef, ReviewSettings};
use crate::refusal::Refusal;
use crate::text::Text;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// How the differences of two policies begin that change the process or who approves.
const PROCESS: [&str; 4] = ["process step", "approval of", "row of", "also approval"];

/// What a published policy says about looking at itself again: fixed when it is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRules {
    /// Who keeps it, and reviews it.
    pub role: RoleName,
    /// Months between reviews.
    pub months: u32,
    /// How many failed releases ask for a review.
    pub failures: ReviewSettings,
    /// The runbooks its plans use: a new version of one changes the process.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub runbooks: BTreeSet<RunbookName>,
    /// What it changes of the process and of who approves, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub process: Vec<String>,
}

impl ReviewRules {
    /// What a policy says that follows these.
    pub fn of<'p>(policy: &Policy, followed: impl IntoIterator<Item = &'p Policy>) -> Self {
        let changed = followed.into_iter().last().map(|old| differences(old, policy));
        let subjects = changed.into_iter().flatten().map(|one| one.subject);
        let of_process =
            |subject: &String| PROCESS.iter().any(|beginning| subject.starts_with(beginning));
        Self {
            role: policy.document.owner.clone(),
            months: policy.document.review_months,
            failures: policy.settings.reviews.clone(),
            runbooks: policy.offers.iter().map(|offer| offer.runbook.clone()).collect(),
            process: subjects.filter(of_process).collect(),
        }
    }
}

word_enum! {
    /// What asks for a review.
    TriggerKind {
        /// The time between reviews is over.
        Annual = "annual", "regular review";
        /// The release process changed.
        Process = "process", "change of the release process";
        /// The tooling of deployments changed.
        Tooling = "tooling", "change of deployment tooling";
        /// Releases failed, one after the other.
        Failures = "failures", "pattern of failed releases";
    }
}

/// Why a review is due, with the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// What asks for it.
    pub kind: TriggerKind,
    /// The day it is due; `None` for those that something triggered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// What changed, as it is named in the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// Which releases failed, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Failure>,
    /// What somebody said who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

impl Trigger {
    /// A review of this kind without facts.
    pub(crate) fn of(kind: TriggerKind) -> Self {
        Self { kind, due: None, changed: Vec::new(), failures: Vec::new(), text: None }
    }
}

word_enum! {
    /// What a review came to.
    ReviewConclusion {
        /// The policy stays as it is.
        Keep = "keep", "the policy stays as it is";
        /// A new version is to be written.
        Revise = "revise", "a new version is to be written";
    }
}

/// A review of a policy that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyReview {
    /// Its number.
    pub number: u32,
    /// Of which policy.
    pub policy: PolicyRef,
    /// Why.
    pub trigger: Trigger,
    /// Since when it is open.
    pub opened_at: Timestamp,
    /// How it ended; `None` while it is open.
    pub closed: Option<Reviewed>,
}

/// Somebody reviewed the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// What it came to.
    pub outcome: ReviewConclusion,
    /// What was found.
    pub text: Text,
}

/// A request about the review of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewCommand {
    /// Record a review.
    Review {
        /// Of which policy.
        policy: PolicyRef,
        /// What it came to.
        outcome: ReviewConclusion,
        /// What was found.
        text: Text,
    },
    /// Ask for a review.
    Ask {
        /// Of which policy.
        policy: PolicyRef,
        /// Because of what.
        kind: TriggerKind,
        /// What happened.
        text: Text,
    },
    /// Open what is due; Countersign's own clock does this.
    Open {
        /// Of which policy.
        policy: PolicyRef,
        /// Why.
        trigger: Trigger,
    },
}

impl Register {
    /// The open review of this kind, if there is one.
    pub fn open_review(&self, policy: &PolicyRef, kind: TriggerKind) -> Option<&PolicyReview> {
        let mut open = self.policy_reviews.iter().filter(|one| one.closed.is_none());
        open.find(|one| &one.policy == policy && one.trigger.kind == kind)
    }

    /// Since when a policy counts what happens: its approval, or its last review.
    pub(super) fn looked_at(&self, published: &PublishedPolicy) -> Timestamp {
        let approved = match &published.approved {
            super::Approved::Yes { at, .. } => *at,
            super::Approved::Awaited | super::Approved::No { .. } => published.published_at,
        };
        published.reviewed.last().map_or(approved, |review| review.at.max(approved))
    }

    pub(super) fn evolve_reviews(&mut self, at: Timestamp, event: &RegisterEvent) {
        if let RegisterEvent::PolicyReviewOpened { number, policy, trigger } = event {
            self.review_opened((*number, at), policy, trigger);
        }
        if let RegisterEvent::PolicyReviewed { policy, person, outcome, text } = event {
            let (by, outcome) = (person.clone(), *outcome);
            self.policy_was_reviewed(policy, &Reviewed { at, by, outcome, text: *text });
        }
    }

    fn review_opened(
        &mut self,
        (number, at): (u32, Timestamp),
        policy: &PolicyRef,
        trigger: &Trigger,
    ) {
        self.policy_reviews.push(PolicyReview {
            number,
            policy: policy.clone(),
            trigger: trigger.clone(),
            opened_at: at,
            closed: None,
        });
    }

    fn policy_was_reviewed(&mut self, policy: &PolicyRef, reviewed: &Reviewed) {
        let open = self.policy_reviews.iter_mut().filter(|one| one.closed.is_none());
        for review in open.filter(|one| &one.policy == policy) {
            review.closed = Some(reviewed.clone());
        }
        if let Some(published) = self.policy_mut(policy) {
            published.reviewed.push(reviewed.clone());
        }
    }
}

impl PublishedPolicy {
    /// The day the next review is due: so many months after the last one, or after the first day
    /// it was in force. `None` when what it says of reviews is not known.
    pub fn next_review(&self, calendar: &BusinessCalendar) -> Option<Date> {
        let months = Span::new().try_months(self.review.as_ref()?.months).ok()?;
        let last = self.reviewed.last().map(|review| calendar.date_at(review.at));
        last.unwrap_or(self.effective).checked_add(months).ok()
    }
}

/// Turns such a command into events, or refuses.
pub(super) fn decide(
    register: &Register,
    command: ReviewCommand,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    match command {
        ReviewCommand::Review { policy, outcome, text } => {
            let (person, _) = keeper(register, &policy, context, "review a policy")?;
            Ok(vec![RegisterEvent::PolicyReviewed { policy, person, outcome, text }])
        }
        ReviewCommand::Ask { policy, kind, text } => {
            keeper(register, &policy, context, "ask for a review of a policy")?;
            let trigger = Trigger { text: Some(text), ..Trigger::of(kind) };
            open(register, policy, trigger)
        }
        ReviewCommand::Open { policy, trigger } => {
            if context.actor.who != Who::System {
                let action = "open a review that is due";
                return Err(Refusal::NotPermitted { action, needs: Vec::new() });
            }
            in_force(register, &policy, "open a review of it")?;
            open(register, policy, trigger)
        }
    }
}

/// One of each kind is open at a time: what happens meanwhile is looked at with it.
fn open(
    register: &Register,
    policy: PolicyRef,
    trigger: Trigger,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if register.open_review(&policy, trigger.kind).is_some() {
        return Err(Refusal::NothingToDo { what: "such a review of the policy is open already" });
    }
    let number = register.policy_reviews.len() as u32 + 1;
    Ok(vec![RegisterEvent::PolicyReviewOpened { number, policy, trigger: Box::new(trigger) }])
}

fn in_force<'r>(
    register: &'r Register,
    policy: &PolicyRef,
    action: &'static str,
) -> Result<&'r PublishedPolicy, Refusal> {
    let name = || format!("{} {}", policy.name, policy.version);
    let published = register.published_policy(policy);
    let published = published.ok_or_else(|| Refusal::NotFound { what: "policy", name: name() })?;
    match &published.approved {
        super::Approved::Yes { .. } => Ok(published),
        super::Approved::Awaited | super::Approved::No { .. } => {
            let state = published.approved.word().to_owned();
            Err(Refusal::WrongState { state, action })
        }
    }
}

/// What another version has followed is looked at no more: what it says no longer counts.
fn not_followed(
    register: &Register,
    published: &PublishedPolicy,
    now: Timestamp,
) -> Result<(), Refusal> {
    let today = register.calendar().map(|calendar| calendar.date_at(now));
    let latest = today.and_then(|today| register.policy_in_force(today));
    let begun = today.is_some_and(|today| published.effective <= today);
    match latest {
        Some(latest) if begun && latest.policy != published.policy => {
            let PolicyRef { name, version, .. } = &published.policy;
            let name = format!("{name} {version}");
            Err(Refusal::NotFound { what: "policy in force", name })
        }
        Some(_) | None => Ok(()),
    }
}

/// Whoever keeps the policy, or sits in the body that approves it.
fn keeper<'r>(
    register: &'r Register,
    policy: &PolicyRef,
    context: &Context<'_>,
    action: &'static str,
) -> Result<(PersonId, &'r PublishedPolicy), Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?.clone();
    let published = in_force(register, policy, action)?;
    not_followed(register, published, context.now)?;
    let keeps = published.review.iter().map(|rules| rules.role.clone());
    let approves = published.awaits.iter().map(|awaits| awaits.role.clone());
    let needs: Vec<RoleName> = keeps.chain(approves).collect();
    if context.actor.holds_any(needs.iter()) {
        return Ok((person, published));
    }
    Err(Refusal::NotPermitted { action, needs })
}

#[cfg(test)]
mod tests;
