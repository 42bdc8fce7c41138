//! The entries a release adds to the lists people keep.

mod change_request;
mod condition;
mod deployment;
mod exception;
mod freeze;
mod overridden;
mod people;
pub(super) mod policy_review;
mod retention;
mod urgent;

pub use people::register_entries;

use crate::entry::EntryKind;
use crate::release::Release;
use crate::rows::EntryRow;

/// Emergencies, suspensions and rollbacks of the release, which are looked back at.
pub(super) fn looked_back_at(release: &Release) -> Vec<EntryRow> {
    let kinds = [EntryKind::Emergency, EntryKind::Suspension, EntryKind::Rollback];
    urgent::entries(release).into_iter().filter(|row| kinds.contains(&row.kind)).collect()
}

/// Every entry of the release, open and settled.
pub fn entries(release: &Release) -> Vec<EntryRow> {
    let conditions = release.conditions.iter();
    let conditions = conditions.filter_map(|(number, open)| condition::row(release, *number, open));
    let exceptions = release.exceptions.iter();
    let exceptions =
        exceptions.filter_map(|(number, asked)| exception::row(release, *number, asked));
    let changes = release.change_requests.iter();
    let changes =
        changes.filter_map(|(number, asked)| change_request::row(release, *number, asked));
    let own = overridden::row(release).into_iter().chain(deployment::rows(release));
    let cared_for = conditions.chain(exceptions).chain(changes).chain(own);
    let cared_for = cared_for.chain(retention::purges(release));
    cared_for.chain(urgent::entries(release)).chain(super::agenda::of_release(release)).collect()
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
