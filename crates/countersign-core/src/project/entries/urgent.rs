//! Entries of emergencies, suspensions, rollbacks and drills: the committee's agenda afterwards.

use crate::entry::EntryKind;
use crate::name::ModelName;
use crate::release::urgent::emergency::Emergency;
use crate::release::urgent::review::Reviewed;
use crate::release::{Release, State};
use crate::rows::EntryRow;
use crate::stream::StreamId;
use crate::text::Text;
use jiff::{Timestamp, ToSpan};

pub(super) fn entries(release: &Release) -> Vec<EntryRow> {
    let Some(listing) = Listing::of(release) else { return Vec::new() };
    let emergency = release.urgent.emergency.as_ref().map(|one| listing.emergency(one));
    emergency
        .into_iter()
        .chain(listing.interruptions())
        .chain(listing.rollbacks())
        .chain(listing.drills())
        .collect()
}

struct Listing<'r> {
    release: &'r Release,
    subject: StreamId,
    model: &'r ModelName,
    title: &'r str,
}

impl<'r> Listing<'r> {
    fn of(release: &'r Release) -> Option<Self> {
        let request = release.request.as_ref()?;
        let subject = StreamId::Release(release.id.clone()?);
        Some(Self { release, subject, model: &request.model, title: &request.title })
    }

    /// An entry that the committee settles; where the policy names no committee it is settled as
    /// soon as it is there.
    fn reviewed(
        &self,
        of: &Reviewed,
        (kind, title): (EntryKind, String),
        at: Timestamp,
    ) -> EntryRow {
        let settings = self.release.settings();
        let role = settings.and_then(|settings| settings.reviewed_by.clone());
        let review = self.release.urgent.reviews.get(of);
        let state = review.map_or("to_review", |review| review.outcome.word());
        EntryRow {
            kind,
            id: self.id(&of.to_string()),
            subject: self.subject.clone(),
            model: Some(self.model.clone()),
            title,
            text: None,
            state: if role.is_none() { "recorded" } else { state }.to_owned(),
            owner: self.release.owner().cloned(),
            closed_at: review.map(|review| review.at).or(role.is_none().then_some(at)),
            role,
            due: None,
            opened_at: at,
        }
    }

    fn id(&self, name: &str) -> String {
        let release = self.release.id.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{release}/{name}")
    }

    fn emergency(&self, emergency: &Emergency) -> EntryRow {
        let claim = &emergency.claim;
        let title = format!("Emergency ({}): {}", claim.ground.human(), self.title);
        let of = Reviewed::Emergency;
        let row = self.reviewed(&of, (EntryKind::Emergency, title), emergency.claimed_at);
        let owed = self.release.owed_papers().map(|(_, papers)| papers);
        let asked = (emergency.answer.is_none()).then_some(claim.confirm_by);
        let reviewed = row.state.clone();
        EntryRow {
            text: Some(claim.explanation),
            owner: Some(claim.owner.clone()),
            // An emergency that still owes its papers is not settled by its review.
            closed_at: row.closed_at.filter(|_| owed.is_none()),
            due: owed.map(|papers| papers.due).or(asked.filter(|_| row.closed_at.is_none())),
            state: match self.stands(emergency) {
                "" => reviewed,
                stands => stands.to_owned(),
            },
            ..row
        }
    }

    /// Where an emergency stands before its review; empty when only the review is to come.
    fn stands(&self, emergency: &Emergency) -> &'static str {
        let owed = self.release.owed_papers();
        match (owed, self.release.state) {
            (Some((_, papers)), _) if papers.overdue => "papers_overdue",
            (Some(_), _) if emergency.is_denied() => "authority_denied",
            (Some(_), _) if emergency.answer.is_none() => "unconfirmed",
            (Some(_), _) => "papers_due",
            (None, State::Draft | State::InReview) if emergency.is_denied() => "authority_denied",
            (None, State::Draft | State::InReview) if emergency.answer.is_none() => "unconfirmed",
            (None, State::Draft | State::InReview) => "authorised",
            (
                None,
                State::Absent
                | State::Approved
                | State::Deployed
                | State::Confirmed
                | State::Rejected
                | State::Withdrawn
                | State::Superseded
                | State::RolledBack
                | State::Retired,
            ) => "",
        }
    }

    fn interruptions(&self) -> impl Iterator<Item = EntryRow> {
        self.release.urgent.interruptions.iter().map(|one| {
            let what = if matches!(one.which, Reviewed::Resumption(_)) {
                "Resumption"
            } else {
                "Suspension"
            };
            let title = format!("{what} of {}", self.title);
            let row = self.reviewed(&one.which, (EntryKind::Suspension, title), one.at);
            EntryRow { text: Some(one.reason), ..row }
        })
    }

    fn rollbacks(&self) -> impl Iterator<Item = EntryRow> {
        self.release.urgent.rolled_back.iter().map(|(place, (at, rollback))| {
            let took = rollback.measured_minutes;
            let planned = rollback.planned_minutes.map_or_else(
                || "no time planned".to_owned(),
                |planned| format!("{planned} planned"),
            );
            let title = format!(
                "Rollback of {} in {place} to {}: {took} minutes, {planned}",
                self.title, rollback.to
            );
            let of = Reviewed::Rollback(place.clone());
            let row = self.reviewed(&of, (EntryKind::Rollback, title), *at);
            EntryRow { text: Some(rollback.reason), ..row }
        })
    }

    /// A drill holds until it is too old, where the policy sets an age.
    fn drills(&self) -> impl Iterator<Item = EntryRow> {
        let limit = self.release.settings().and_then(|one| one.rollback.drill.as_ref());
        let calendar = self.release.plan.as_ref().map(|plan| &plan.calendar);
        (1u32..).zip(&self.release.urgent.drills).map(move |(number, held)| {
            let drill = &held.drill;
            let (took, target) = (drill.measured_minutes, &drill.target);
            let until = limit.and_then(|limit| {
                let last = drill.on.checked_add(i64::from(limit.days).days()).ok()?;
                calendar.map(|calendar| calendar.end_of(last))
            });
            EntryRow {
                kind: EntryKind::Drill,
                id: self.id(&format!("drill-{number}")),
                subject: self.subject.clone(),
                model: Some(self.model.clone()),
                title: format!("Drill on {}: back to {target} in {took} minutes", drill.on),
                text: drill.note as Option<Text>,
                state: drill.result.word().to_owned(),
                owner: held.by.person().cloned(),
                role: None,
                due: until,
                opened_at: held.at,
                closed_at: Some(held.at),
            }
        })
    }
}
