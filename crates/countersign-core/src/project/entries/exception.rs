//! Exceptions in the register of them.

use crate::entry::EntryKind;
use crate::exception::AskedException;
use crate::release::Release;
use crate::rows::EntryRow;
use crate::stream::StreamId;
use jiff::Timestamp;

/// The row knows no time: an exception that held stays `granted` in it until the clock recorded
/// its end. Whoever shows the row asks [`EntryRow::as_of`] (I-11).
pub(super) fn row(release: &Release, number: u32, asked: &AskedException) -> Option<EntryRow> {
    let (id, request) = (release.id.as_ref()?, release.request.as_ref()?);
    let waives = &asked.exception.waives;
    Some(EntryRow {
        kind: EntryKind::Exception,
        id: format!("{id}/exception-{number}"),
        subject: StreamId::Release(id.clone()),
        model: Some(request.model.clone()),
        title: format!("Exception {number} of {}: {waives}", request.title),
        text: Some(asked.exception.reason),
        state: asked.state_word(Timestamp::MIN).to_owned(),
        owner: Some(asked.asked_by.clone()),
        role: asked.awaits().into_iter().next(),
        due: Some(asked.exception.until),
        opened_at: asked.asked_at,
        closed_at: asked.settled_at(),
    })
}
