//! Which reviews of the policy in force are due, from data alone.

use super::{Failure, Trigger, TriggerKind};
use crate::calendar::BusinessCalendar;
use crate::policy::PolicyRef;
use crate::register::{PublishedPolicy, Register};
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::BTreeSet;

/// How many days before a regular review people are reminded of it.
const REMIND_DAYS: i64 = 30;

/// What is known outside the register.
#[derive(Debug, Clone, Default)]
pub struct ReviewFacts {
    /// How releases failed that were judged by the policy in force.
    pub failures: Vec<Failure>,
    /// Tokens and addresses that deployments use, and since when there are such.
    pub tooling: Vec<ToolingChange>,
}

/// A change of what deployments are made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolingChange {
    /// What: `token ci-eu`.
    pub what: String,
    /// When.
    pub at: Timestamp,
}

/// Every review of the policy in force that is due by now and not open yet.
pub fn due_reviews(
    register: &Register,
    facts: &ReviewFacts,
    now: Timestamp,
) -> Vec<(PolicyRef, Trigger)> {
    let Some(calendar) = register.calendar() else { return Vec::new() };
    let Some(published) = register.policy_in_force(calendar.date_at(now)) else {
        return Vec::new();
    };
    let looking = Looking { register, published, calendar: &calendar, now };
    let found = [
        looking.regular(),
        looking.process(),
        looking.tooling(&facts.tooling),
        looking.failures(&facts.failures),
    ];
    let open = |kind| register.open_review(&published.policy, kind).is_some();
    let due = found.into_iter().flatten().filter(|trigger| !open(trigger.kind));
    due.map(|trigger| (published.policy.clone(), trigger)).collect()
}

struct Looking<'a> {
    register: &'a Register,
    published: &'a PublishedPolicy,
    calendar: &'a BusinessCalendar,
    now: Timestamp,
}

impl Looking<'_> {
    fn since(&self) -> Timestamp {
        self.register.looked_at(self.published)
    }

    /// The regular review, from some weeks before its day on.
    fn regular(&self) -> Option<Trigger> {
        let due = self.published.next_review(self.calendar)?;
        let from = due.checked_sub(REMIND_DAYS.days()).ok()?;
        let is_due = self.calendar.date_at(self.now) >= from;
        is_due.then(|| Trigger { due: Some(due), ..Trigger::of(TriggerKind::Annual) })
    }

    /// New versions of runbooks that its plans use, and what the policy itself changed of the
    /// process.
    fn process(&self) -> Option<Trigger> {
        let (rules, since) = (self.published.review.as_ref()?, self.since());
        let runbooks = &self.register.runbooks;
        let newer = runbooks.iter().enumerate().filter(|(place, one)| {
            let earlier =
                || runbooks[..*place].iter().any(|old| old.runbook.name == one.runbook.name);
            one.published_at > since && rules.runbooks.contains(&one.runbook.name) && earlier()
        });
        let newer =
            newer.map(|(_, one)| format!("runbook {} {}", one.runbook.name, one.runbook.version));
        let unseen = self.published.reviewed.is_empty();
        let own = rules.process.iter().filter(|_| unseen).cloned();
        changed(TriggerKind::Process, own.chain(newer).collect())
    }

    /// Environments, and tokens and addresses that deployments use. What is set up on the day the
    /// policy is approved is how the house begins.
    fn tooling(&self, tooling: &[ToolingChange]) -> Option<Trigger> {
        let since = self.since();
        let later =
            |at: Timestamp| at > since && self.calendar.date_at(at) > self.calendar.date_at(since);
        let places = self.register.defined.iter().filter(|(_, at)| later(**at));
        let places = places.map(|(name, _)| format!("environment {name}"));
        let others = tooling.iter().filter(|one| later(one.at)).map(|one| one.what.clone());
        changed(TriggerKind::Tooling, places.chain(others).collect())
    }

    /// So many releases that failed within so many days. One that failed in several ways
    /// is one.
    fn failures(&self, failures: &[Failure]) -> Option<Trigger> {
        let limit = &self.published.review.as_ref()?.failures;
        let window = SignedDuration::from_hours(i64::from(limit.within_days) * 24);
        let from = self.now.checked_sub(window).unwrap_or(Timestamp::MIN);
        let since = self.since();
        let recent = failures.iter().filter(|one| one.at > since && one.at >= from);
        let recent: Vec<_> = recent.filter(|one| one.at <= self.now).cloned().collect();
        let releases: BTreeSet<_> = recent.iter().map(|one| &one.release).collect();
        let enough = releases.len() >= limit.failures as usize;
        enough.then(|| Trigger { failures: recent, ..Trigger::of(TriggerKind::Failures) })
    }
}

fn changed(kind: TriggerKind, changed: Vec<String>) -> Option<Trigger> {
    (!changed.is_empty()).then(|| Trigger { changed, ..Trigger::of(kind) })
}
