//! Letting a person in no longer: what they hold ends first, so that nobody waits for somebody who
//! cannot come.

use super::{AnyCommand, App, Caller, Submission};
use crate::failure::{Doing, Failure};
use countersign_core::refusal::Refusal;
use countersign_core::register::RegisterCommand;
use countersign_store::Person;

impl App {
    /// Ends the roles and delegations of a person, then the account. Doing it again finishes what
    /// broke off in between.
    pub async fn disable_person(&self, by: &Caller, person: Person) -> Result<Person, Failure> {
        let now = self.clock.now();
        if self.register().await?.state.is_last_administrator(&person.id, now) {
            return Err(Refusal::LastAdministrator.into());
        }
        let end = RegisterCommand::EndRoles { person: person.id.clone() };
        match self.execute(by, Submission::new(AnyCommand::Register(end))).await {
            Ok(_) => {}
            // Whoever holds nothing has nothing to lose.
            Err(Failure::Refused(refusal)) if matches!(*refusal, Refusal::NothingToDo { .. }) => {}
            Err(failure) => return Err(failure),
        }
        let person = Person { disabled_at: person.disabled_at.or(Some(now)), ..person };
        self.store.update_person(&person).await.doing("disable a person")?;
        self.store.end_sessions_of(&person.id).await.doing("end sessions")?;
        Ok(person)
    }
}
