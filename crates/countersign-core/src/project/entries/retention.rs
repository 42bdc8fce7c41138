//! Legal holds, and purges of evidence, in their lists.

use crate::entry::EntryKind;
use crate::register::{Hold, Register};
use crate::release::{Purge, Release};
use crate::rows::EntryRow;
use crate::stream::StreamId;

/// Every hold, lifted ones included.
pub(super) fn holds(register: &Register) -> impl Iterator<Item = EntryRow> {
    register.holds.iter().map(|(number, hold)| held(*number, hold))
}

fn held(number: u32, hold: &Hold) -> EntryRow {
    let (opened_at, by) = &hold.placed;
    EntryRow {
        kind: EntryKind::LegalHold,
        id: format!("hold-{number}"),
        subject: StreamId::Register,
        model: Some(hold.scope.model.clone()),
        title: format!("Legal hold {number} on {}", hold.scope),
        text: Some(hold.reason),
        state: if hold.stands() { "stands" } else { "lifted" }.to_owned(),
        owner: Some(by.clone()),
        role: None,
        due: None,
        opened_at: *opened_at,
        closed_at: hold.lifted.as_ref().map(|(at, _, _)| *at),
    }
}

/// Every purge that was proposed on the release.
pub(super) fn purges(release: &Release) -> impl Iterator<Item = EntryRow> {
    let each = release.kept.purges.iter();
    each.filter_map(|(number, purge)| purged(release, *number, purge))
}

fn purged(release: &Release, number: u32, purge: &Purge) -> Option<EntryRow> {
    let (id, request) = (release.id.as_ref()?, release.request.as_ref()?);
    let state = match (&purge.done, &purge.refused) {
        (Some(_), _) => "purged",
        (None, Some(_)) => "refused",
        (None, None) => "proposed",
    };
    let count = purge.evidence.len();
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    Some(EntryRow {
        kind: EntryKind::Purge,
        id: format!("{id}/purge-{number}"),
        subject: StreamId::Release(id.clone()),
        model: Some(request.model.clone()),
        title: format!("Purge {number} of {files} of {}", request.title),
        text: Some(purge.reason),
        state: state.to_owned(),
        owner: Some(purge.proposed.1.clone()),
        role: None,
        due: None,
        opened_at: purge.proposed.0,
        closed_at: purge.settled_at(),
    })
}
