//! Change requests in the list of them.

use crate::change_request::AskedChange;
use crate::entry::EntryKind;
use crate::release::Release;
use crate::rows::EntryRow;
use crate::stream::StreamId;

pub(super) fn row(release: &Release, number: u32, asked: &AskedChange) -> Option<EntryRow> {
    let (id, request) = (release.id.as_ref()?, release.request.as_ref()?);
    let about = asked.request.about.as_ref().map(|about| format!(": {about}"));
    Some(EntryRow {
        kind: EntryKind::ChangeRequest,
        id: format!("{id}/change-request-{number}"),
        subject: StreamId::Release(id.clone()),
        model: Some(request.model.clone()),
        title: format!("Change request {number} on {}{}", request.title, about.unwrap_or_default()),
        text: Some(asked.request.text),
        state: asked.state_word().to_owned(),
        owner: Some(asked.asked_by.clone()),
        role: Some(asked.request.role.clone()),
        due: None,
        opened_at: asked.asked_at,
        closed_at: asked.settled_at(),
    })
}
