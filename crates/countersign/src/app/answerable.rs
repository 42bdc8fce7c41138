//! Who can be named to answer for something: a model, a condition, an incident, a risk.

use super::App;
use crate::failure::{Doing, Failure};
use countersign_core::name::PersonId;
use std::collections::BTreeMap;

impl App {
    /// The names of the people who can act, by id: their account is set up and not disabled, they
    /// are not erased, and their role does more than read.
    pub async fn answerable(&self) -> Result<BTreeMap<PersonId, String>, Failure> {
        let (register, now) = (self.register().await?.state, self.clock.now());
        let mut names = BTreeMap::new();
        let mut after: Option<PersonId> = None;
        loop {
            let page = self.store.people(after.as_ref(), 500).await.doing("list people")?;
            let able = page.items.into_iter().filter(|person| {
                person.password_hash.is_some()
                    && person.disabled_at.is_none()
                    && !register.erased.people.contains_key(&person.id)
                    && register.may_answer(&person.id, now).is_ok()
            });
            names.extend(able.map(|person| (person.id, person.name)));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(names),
            }
        }
    }
}
