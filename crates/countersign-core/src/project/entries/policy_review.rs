//! Reviews of the policy: what asks for each, and what it came to.

use crate::entry::EntryKind;
use crate::register::{PolicyReview, Register, TriggerKind};
use crate::rows::{EntryRow, TaskRow};
use crate::sla::Sla;
use crate::stream::StreamId;
use jiff::Timestamp;

/// How many business days a review takes that something triggered.
const DAYS: u32 = 10;

pub(super) fn rows(register: &Register) -> impl Iterator<Item = EntryRow> + '_ {
    register.policy_reviews.iter().map(|review| row(register, review))
}

/// What whoever keeps the policy has to do about it.
pub(in crate::project) fn tasks(register: &Register) -> impl Iterator<Item = TaskRow> + '_ {
    let open = register.policy_reviews.iter().filter(|review| review.closed.is_none());
    open.map(|review| {
        let row = row(register, review);
        let task = row.id.replacen("policy/", "policy-review/", 1);
        TaskRow {
            subject: StreamId::Register,
            task,
            title: format!("Review the policy {}", name(review)),
            person: None,
            role: row.role,
            due: row.due,
        }
    })
}

fn name(review: &PolicyReview) -> String {
    format!("{} {}", review.policy.name, review.policy.version)
}

fn row(register: &Register, review: &PolicyReview) -> EntryRow {
    let published = register.published_policy(&review.policy);
    let rules = published.and_then(|published| published.review.as_ref());
    let closed = review.closed.as_ref();
    let said = closed.map(|reviewed| reviewed.text).or(review.trigger.text);
    let (policy, number) = (&review.policy, review.number);
    EntryRow {
        kind: EntryKind::PolicyReview,
        id: format!("policy/{}/{}/review/{number}", policy.name, policy.version),
        subject: StreamId::Register,
        model: None,
        title: format!("Review of {}: {}", name(review), because(review)),
        text: said,
        state: closed.map_or("open", |reviewed| reviewed.outcome.word()).to_owned(),
        owner: closed.map(|reviewed| reviewed.by.clone()),
        role: rules.map(|rules| rules.role.clone()),
        due: due(register, review),
        opened_at: review.opened_at,
        closed_at: closed.map(|reviewed| reviewed.at),
    }
}

fn because(review: &PolicyReview) -> String {
    let trigger = &review.trigger;
    let releases: std::collections::BTreeSet<_> =
        trigger.failures.iter().map(|failure| &failure.release).collect();
    let what = trigger.kind.human();
    match (releases.len(), trigger.changed.as_slice()) {
        (0, []) => what.to_owned(),
        (0, changed) => format!("{what} ({})", changed.join(", ")),
        (many, _) => format!("{what} ({many} releases)"),
    }
}

/// A regular review is due on its day; one that something triggered within two weeks.
fn due(register: &Register, review: &PolicyReview) -> Option<Timestamp> {
    let calendar = register.calendar()?;
    match (review.trigger.kind, review.trigger.due) {
        (TriggerKind::Annual, Some(day)) => Some(calendar.begin_of(day)),
        (
            TriggerKind::Annual
            | TriggerKind::Process
            | TriggerKind::Tooling
            | TriggerKind::Failures,
            _,
        ) => Some(calendar.deadline(review.opened_at, Sla::BusinessDays(DAYS))),
    }
}
