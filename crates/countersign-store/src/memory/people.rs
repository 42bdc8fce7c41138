//! The engine's [`People`].

use super::{Memory, State, after};
use crate::directory::{DirectoryError, Person, Session, SetupLink, email_key};
use crate::engine::People;
use crate::fault::Fault;
use crate::page::{Page, fetch};
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use jiff::Timestamp;

impl State {
    fn by_email(&self, email: &str) -> Option<&Person> {
        let key = email_key(email);
        self.people.values().find(|person| email_key(&person.email) == key)
    }

    fn refuse_email(&self, person: &Person) -> Result<(), DirectoryError> {
        match self.by_email(&person.email).filter(|other| other.id != person.id) {
            None => Ok(()),
            Some(_) => {
                let value = person.email.clone();
                Err(DirectoryError::Taken { what: "email address", value })
            }
        }
    }
}

fn unknown(id: &PersonId) -> DirectoryError {
    DirectoryError::Unknown { what: "person", value: id.to_string() }
}

impl People for Memory {
    async fn add_person(&self, person: &Person) -> Result<(), DirectoryError> {
        let mut state = self.state();
        if state.people.contains_key(&person.id) {
            let value = person.id.to_string();
            return Err(DirectoryError::Taken { what: "person", value });
        }
        state.refuse_email(person)?;
        state.people.insert(person.id.clone(), person.clone());
        Ok(())
    }

    async fn update_person(&self, person: &Person) -> Result<(), DirectoryError> {
        let mut state = self.state();
        state.refuse_email(person)?;
        let stored = state.people.get_mut(&person.id).ok_or_else(|| unknown(&person.id))?;
        let created_at = stored.created_at;
        *stored = Person { created_at, ..person.clone() };
        Ok(())
    }

    async fn person(&self, id: &PersonId) -> Result<Option<Person>, Fault> {
        Ok(self.state().people.get(id).cloned())
    }

    async fn person_by_email(&self, email: &str) -> Result<Option<Person>, Fault> {
        Ok(self.state().by_email(email).cloned())
    }

    async fn people(
        &self,
        start: Option<&PersonId>,
        limit: u32,
    ) -> Result<Page<Person, PersonId>, Fault> {
        let state = self.state();
        let rows = state.people.range(after(start.cloned())).map(|(_, person)| person);
        let rows = rows.take(fetch(limit)).cloned().collect();
        Ok(Page::of(rows, limit, |person: &Person| person.id.clone()))
    }

    async fn forget_person(&self, id: &PersonId) -> Result<bool, Fault> {
        let mut state = self.state();
        state.sessions.retain(|_, session| session.person != *id);
        state.setup_links.retain(|_, link| link.person.as_ref() != Some(id));
        state.forget_reader(id);
        Ok(state.people.remove(id).is_some())
    }

    async fn add_session(&self, session: &Session) -> Result<(), DirectoryError> {
        let mut state = self.state();
        if state.sessions.contains_key(&session.token) {
            let value = session.token.short();
            return Err(DirectoryError::Taken { what: "session", value });
        }
        if !state.people.contains_key(&session.person) {
            return Err(unknown(&session.person));
        }
        state.sessions.insert(session.token, session.clone());
        Ok(())
    }

    async fn session(&self, token: &Sha256) -> Result<Option<(Session, Person)>, Fault> {
        let state = self.state();
        let session = state.sessions.get(token).cloned();
        Ok(session.and_then(|session| {
            let person = state.people.get(&session.person).cloned();
            person.map(|person| (session, person))
        }))
    }

    async fn end_session(&self, token: &Sha256) -> Result<bool, Fault> {
        Ok(self.state().sessions.remove(token).is_some())
    }

    async fn end_sessions_of(&self, person: &PersonId) -> Result<u64, Fault> {
        let mut state = self.state();
        let count = state.sessions.len();
        state.sessions.retain(|_, session| session.person != *person);
        Ok((count - state.sessions.len()) as u64)
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, Fault> {
        let mut state = self.state();
        let count = state.sessions.len() + state.setup_links.len();
        state.sessions.retain(|_, session| session.expires_at >= before);
        state.setup_links.retain(|_, link| link.expires_at >= before);
        Ok((count - state.sessions.len() - state.setup_links.len()) as u64)
    }

    async fn add_setup_link(&self, link: &SetupLink) -> Result<(), DirectoryError> {
        let mut state = self.state();
        if state.setup_links.contains_key(&link.token) {
            let value = link.token.short();
            return Err(DirectoryError::Taken { what: "set-up link", value });
        }
        state.setup_links.insert(link.token, link.clone());
        Ok(())
    }

    async fn setup_link(&self, token: &Sha256) -> Result<Option<SetupLink>, Fault> {
        Ok(self.state().setup_links.get(token).cloned())
    }

    async fn take_setup_link(&self, token: &Sha256) -> Result<Option<SetupLink>, Fault> {
        Ok(self.state().setup_links.remove(token))
    }
}
