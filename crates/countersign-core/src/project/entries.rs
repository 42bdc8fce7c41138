//! The entries a release adds to the lists people keep.

mod people;
mod urgent;

pub use people::register_entries;

use crate::entry::EntryKind;
use crate::release::{OpenCondition, Release};
use crate::rows::EntryRow;
use crate::stream::StreamId;

/// Emergencies, suspensions and rollbacks of the release, which are looked back at.
pub(super) fn looked_back_at(release: &Release) -> Vec<EntryRow> {
    let kinds = [EntryKind::Emergency, EntryKind::Suspension, EntryKind::Rollback];
    urgent::entries(release).into_iter().filter(|row| kinds.contains(&row.kind)).collect()
}

/// Every entry of the release, open and settled.
pub fn entries(release: &Release) -> Vec<EntryRow> {
    let conditions = release.conditions.iter();
    let conditions = conditions.filter_map(|(number, open)| condition(release, *number, open));
    let conditions = conditions.chain(urgent::entries(release));
    conditions.chain(super::agenda::of_release(release)).collect()
}

fn condition(release: &Release, number: u32, open: &OpenCondition) -> Option<EntryRow> {
    let (id, request) = (release.id.as_ref()?, release.request.as_ref()?);
    let state = if open.closed.is_some() { "closed" } else { "open" };
    Some(EntryRow {
        kind: EntryKind::Condition,
        id: format!("{id}/condition-{number}"),
        subject: StreamId::Release(id.clone()),
        model: Some(request.model.clone()),
        title: format!("Condition {number} of {}", request.title),
        text: Some(open.condition.text),
        state: state.to_owned(),
        owner: Some(open.condition.owner.clone()),
        role: None,
        due: Some(open.condition.due),
        opened_at: release.decided_at?,
        closed_at: open.closed.map(|(at, _)| at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    ///
    #[test]
    fn a_condition_is_listed_with_its_owner_and_its_date_until_it_is_closed() {
        let world = submitted(Low).having("rivera", approve_if("model_owner", "zhou"));
        let listed = entries(world.release());
        assert_eq!((listed.len(), listed[0].state.as_str()), (1, "open"));
        assert!(listed[0].owner.is_some() && listed[0].due.is_some());
        assert_eq!(entries(approved(Low).release()), []);
    }
}
