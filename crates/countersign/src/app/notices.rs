//! Telling people what became theirs to do: kept in the append that made it theirs.

use super::{App, Caller};
use crate::failure::{Doing, Failure};
use countersign_core::actor::Who;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::notice;
use countersign_core::register::Register;
use countersign_store::{Append, KeptNotice};
use jiff::Timestamp;
use std::collections::BTreeSet;

impl App {
    /// The notices that come with an append: its tasks against those there were. Somebody who was
    /// faster makes the append a conflict, so that nothing is compared with what was never true.
    pub(super) async fn assigned(
        &self,
        append: &Append,
        caller: &Caller,
        at: Timestamp,
    ) -> Result<Vec<KeptNotice>, Failure> {
        let by = match &caller.who {
            Who::Person(person) => Some(person),
            Who::Machine(_) | Who::System => None,
        };
        let mut kept = Vec::new();
        for (subject, after) in &append.rows.tasks {
            let before = self.store.tasks_of(subject).await.doing("list tasks")?;
            let its = append.events.iter().filter(|event| &event.stream == subject);
            let version = its.map(|event| event.version).max().unwrap_or(0);
            let new = notice::assigned((&before, after), by, version);
            kept.extend(new.into_iter().map(|notice| KeptNotice { notice, at }));
        }
        Ok(kept)
    }
}

/// Everybody who acts in a role at this moment, for themselves or for somebody who is away.
pub(crate) fn acting(register: &Register, role: &RoleName, now: Timestamp) -> BTreeSet<PersonId> {
    let lent = register.delegations.values();
    let lent = lent.filter(|one| &one.role == role && one.counts(now)).map(|one| one.to.clone());
    register.holders(role, now).into_iter().chain(lent).collect()
}
