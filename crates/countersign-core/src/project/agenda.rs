//! The agenda of the committee, which fills itself: what a release or a policy waits for that only
//! the committee decides.
//!
//! Everything that puts a release on the agenda is a line in [`agenda`].

use crate::assess;
use crate::calendar::add_hours;
use crate::entry::EntryKind;
use crate::name::RoleName;
use crate::register::{Approved, PublishedPolicy, Register};
use crate::release::urgent::review::Reviewed;
use crate::release::{Release, State};
use crate::rows::EntryRow;
use crate::stream::StreamId;
use jiff::Timestamp;

/// One thing the committee has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaEntry {
    /// A key unique in the release: `decision`.
    pub key: String,
    /// What it is, as people read it.
    pub title: String,
    /// The committee's role.
    pub role: RoleName,
    /// Since when it is on the agenda.
    pub opened_at: Timestamp,
    /// The latest moment of the next session.
    pub due: Timestamp,
    /// Since when it is settled.
    pub closed_at: Option<Timestamp>,
    /// The word of what it waits for: `papers_due` for an emergency that was reviewed and still owes
    /// its papers, `waiting` or `settled` otherwise.
    pub state: &'static str,
}

/// What the committee has to look at about a release, open and settled.
pub fn agenda(release: &Release) -> Vec<AgendaEntry> {
    decision(release).into_iter().chain(reviews(release)).collect()
}

/// What happened to a release and is looked back at by the committee.
fn reviews(release: &Release) -> Vec<AgendaEntry> {
    // An emergency may run before there is a plan: the settings its claim was made under hold.
    let settings = release.settings();
    let Some(rules) = settings.and_then(|settings| settings.committee.as_ref()) else {
        return Vec::new();
    };
    let reviewed = super::entries::looked_back_at(release).into_iter();
    let of_the_committee = reviewed.filter(|row| row.role.as_ref() == Some(&rules.role));
    let reviewed = release.urgent.reviews.contains_key(&Reviewed::Emergency);
    of_the_committee
        .map(|row| {
            // A review alone does not settle an emergency: its papers do.
            let owes = reviewed && row.kind == EntryKind::Emergency && row.closed_at.is_none();
            let what = if owes { "Reviewed, its papers are still owed" } else { "Review" };
            AgendaEntry {
                key: row.id.rsplit('/').next().unwrap_or_default().to_owned(),
                title: format!("{what}: {}", row.title),
                role: rules.role.clone(),
                opened_at: row.opened_at,
                due: add_hours(row.opened_at, rules.meets_every_days.saturating_mul(24)),
                closed_at: row.closed_at,
                state: if owes { "papers_due" } else { word(row.closed_at) },
            }
        })
        .collect()
}

/// A release in review that asks the committee's role for its approval.
fn decision(release: &Release) -> Option<AgendaEntry> {
    let (plan, request) = (release.plan.as_ref()?, release.request.as_ref()?);
    let rules = plan.settings.committee.as_ref()?;
    let asked = (0u32..).zip(&plan.approvals).filter(|(_, rule)| rule.role == rules.role);
    let waits = asked
        .clone()
        .any(|(index, rule)| assess::given_for(release, index).count() < rule.count as usize);
    asked.clone().next()?;
    let (opened_at, _) = release.submitted.as_ref()?;
    let open = release.state == State::InReview && waits;
    let settled = release.decided_at.or(release.updated_at).or(Some(*opened_at));
    Some(AgendaEntry {
        key: "decision".into(),
        title: format!("Decide about {}", request.title),
        role: rules.role.clone(),
        opened_at: *opened_at,
        due: add_hours(*opened_at, rules.meets_every_days.saturating_mul(24)),
        closed_at: if open { None } else { settled },
        state: if open { "waiting" } else { "settled" },
    })
}

/// The word of an entry that is settled by being decided or reviewed.
fn word(closed_at: Option<Timestamp>) -> &'static str {
    if closed_at.is_some() { "settled" } else { "waiting" }
}

pub(in crate::project) fn of_release(release: &Release) -> Vec<EntryRow> {
    let Some((id, request)) = release.id.as_ref().zip(release.request.as_ref()) else {
        return Vec::new();
    };
    let row = |one: AgendaEntry| EntryRow {
        kind: EntryKind::AgendaItem,
        id: format!("{id}/{}", one.key),
        subject: StreamId::Release(id.clone()),
        model: Some(request.model.clone()),
        title: one.title,
        text: None,
        state: one.state.to_owned(),
        owner: None,
        role: Some(one.role),
        due: Some(one.due),
        opened_at: one.opened_at,
        closed_at: one.closed_at,
    };
    agenda(release).into_iter().map(row).collect()
}

pub(in crate::project) fn of_register(register: &Register) -> Vec<EntryRow> {
    register.policies.iter().filter_map(|policy| of_policy(register, policy)).collect()
}

fn of_policy(register: &Register, policy: &PublishedPolicy) -> Option<EntryRow> {
    let awaits = policy.awaits.as_ref()?;
    let closed_at = match &policy.approved {
        Approved::Awaited => None,
        Approved::Yes { at, .. } | Approved::No { at, .. } => Some(*at),
    };
    Some(EntryRow {
        kind: EntryKind::AgendaItem,
        id: format!("policy/{}/{}", policy.policy.name, policy.policy.version),
        subject: StreamId::Register,
        model: None,
        title: format!("Decide about the policy {}", policy.name()),
        text: None,
        state: word(closed_at).to_owned(),
        owner: awaits.publisher.clone(),
        role: Some(awaits.role.clone()),
        due: super::policies::due(register, policy),
        opened_at: policy.published_at,
        closed_at,
    })
}
