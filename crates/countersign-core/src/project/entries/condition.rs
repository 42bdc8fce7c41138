//! Conditions in the list of them.

use crate::condition::OpenCondition;
use crate::entry::EntryKind;
use crate::release::Release;
use crate::rows::EntryRow;
use crate::stream::StreamId;

pub(super) fn row(release: &Release, number: u32, open: &OpenCondition) -> Option<EntryRow> {
    let (id, request) = (release.id.as_ref()?, release.request.as_ref()?);
    Some(EntryRow {
        kind: EntryKind::Condition,
        id: format!("{id}/condition-{number}"),
        subject: StreamId::Release(id.clone()),
        model: Some(request.model.clone()),
        title: format!("Condition {number} of {}", request.title),
        text: Some(open.condition.text),
        state: open.state_word().to_owned(),
        owner: Some(open.condition.owner.clone()),
        role: Some(open.set_by.clone()),
        due: Some(open.due),
        opened_at: release.decided_at?,
        closed_at: open.closed.map(|(at, _)| at),
    })
}
