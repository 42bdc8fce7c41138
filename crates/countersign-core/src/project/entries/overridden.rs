//! A lower change type than the facts proposed: flagged until the release is decided.

use crate::entry::EntryKind;
use crate::release::{Release, State};
use crate::rows::EntryRow;
use crate::stream::StreamId;

pub(super) fn row(release: &Release) -> Option<EntryRow> {
    let (overridden, request) = (release.overridden.as_ref()?, release.request.as_ref()?);
    let id = release.id.clone()?;
    let (given, proposed) = (request.change.human(), overridden.proposal.change.human());
    let (state, settled) = match release.state {
        State::Absent | State::Draft | State::InReview => ("flagged", false),
        State::Approved
        | State::Deployed
        | State::Confirmed
        | State::Superseded
        | State::RolledBack
        | State::Retired => ("approved", true),
        State::Rejected => ("rejected", true),
        State::Withdrawn => ("withdrawn", true),
    };
    Some(EntryRow {
        kind: EntryKind::Override,
        id: format!("{id}/change-type"),
        subject: StreamId::Release(id),
        model: Some(request.model.clone()),
        title: format!("{}: {given} instead of {proposed}", request.title),
        text: Some(overridden.reason),
        state: state.to_owned(),
        owner: overridden.by.person().cloned(),
        role: None,
        due: None,
        opened_at: overridden.at,
        // What happens to a release after its decision does not settle the override again.
        closed_at: settled
            .then_some(release.decided_at.or(release.rejected_at).or(release.updated_at))
            .flatten(),
    })
}
