//! Change requests: approvals wait until each is settled.

use crate::blocker::{Blocker, Reason};
use crate::release::Release;

/// Each request that is not settled, with whose turn it is.
pub(super) fn blockers(release: &Release) -> Vec<Blocker> {
    let standing = release.change_requests.iter().filter(|(_, one)| one.settled_at().is_none());
    let blocker = |(number, asked): (&u32, &crate::change_request::AskedChange)| {
        let number = *number;
        if asked.awaits_answer() {
            Blocker::by_people(Reason::ChangesRequested { number }, release.requesters())
        } else {
            let role = asked.request.role.clone();
            Blocker::by_roles(Reason::ChangesAnswered { number }, [role])
        }
    };
    standing.map(blocker).collect()
}
