//! The list of freezes.

use crate::entry::EntryKind;
use crate::freeze::Freeze;
use crate::register::Register;
use crate::rows::EntryRow;
use crate::stream::StreamId;

/// Every freeze that was declared, ahead, in force and over.
pub(super) fn rows(register: &Register) -> impl Iterator<Item = EntryRow> {
    register.times.freezes.iter().map(|(number, one)| row(*number, one))
}

fn row(number: u32, one: &Freeze) -> EntryRow {
    let places: Vec<_> = one.environments.iter().map(ToString::to_string).collect();
    EntryRow {
        kind: EntryKind::Freeze,
        id: format!("freeze-{number}"),
        subject: StreamId::Register,
        model: None,
        title: format!("{}: {}", one.name, places.join(", ")),
        text: Some(one.reason),
        state: if one.lifted_at.is_some() { "lifted" } else { "declared" }.into(),
        owner: None,
        role: None,
        due: Some(one.until),
        opened_at: one.from,
        closed_at: one.lifted_at,
    }
}
