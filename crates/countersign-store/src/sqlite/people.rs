//! The engine's [`People`].

use super::{Sqlite, persons, sessions};
use crate::directory::{DirectoryError, Person, Session, SetupLink};
use crate::engine::People;
use crate::fault::Fault;
use crate::page::Page;
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use jiff::Timestamp;
use rusqlite::Connection;

impl Sqlite {
    /// A write that may be refused without failing.
    pub(super) async fn change<T: Send + 'static>(
        &self,
        operation: &'static str,
        run: impl FnOnce(&Connection) -> rusqlite::Result<Result<T, DirectoryError>> + Send + 'static,
    ) -> Result<T, DirectoryError> {
        self.write(operation, run).await.map_err(DirectoryError::Fault)?
    }
}

impl People for Sqlite {
    async fn add_person(&self, person: &Person) -> Result<(), DirectoryError> {
        let person = person.clone();
        self.change("add a person", move |c| persons::add(c, &person)).await
    }

    async fn update_person(&self, person: &Person) -> Result<(), DirectoryError> {
        let person = person.clone();
        self.change("update a person", move |c| persons::update(c, &person)).await
    }

    async fn person(&self, id: &PersonId) -> Result<Option<Person>, Fault> {
        self.read("read a person", |c| persons::by_id(c, id))
    }

    async fn person_by_email(&self, email: &str) -> Result<Option<Person>, Fault> {
        self.read("find a person by address", |c| persons::by_email(c, email))
    }

    async fn people(
        &self,
        after: Option<&PersonId>,
        limit: u32,
    ) -> Result<Page<Person, PersonId>, Fault> {
        let after = after.map_or_else(String::new, ToString::to_string);
        let rows = self.list("list people", move |c| persons::list(c, &after, limit)).await?;
        Ok(Page::of(rows, limit, |person| person.id.clone()))
    }

    async fn forget_person(&self, id: &PersonId) -> Result<bool, Fault> {
        let id = id.clone();
        self.write("forget a person", move |c| persons::forget(c, &id)).await
    }

    async fn add_session(&self, session: &Session) -> Result<(), DirectoryError> {
        let session = session.clone();
        self.change("open a session", move |c| sessions::add(c, &session)).await
    }

    async fn session(&self, token: &Sha256) -> Result<Option<(Session, Person)>, Fault> {
        self.read("read a session", |c| sessions::signed_in(c, token))
    }

    async fn end_session(&self, token: &Sha256) -> Result<bool, Fault> {
        let token = *token;
        self.write("end a session", move |c| sessions::end(c, &token)).await
    }

    async fn end_sessions_of(&self, person: &PersonId) -> Result<u64, Fault> {
        let person = person.clone();
        self.write("end a person's sessions", move |c| sessions::end_of(c, &person)).await
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, Fault> {
        self.write("forget expired sessions", move |c| sessions::forget_expired(c, before)).await
    }

    async fn add_setup_link(&self, link: &SetupLink) -> Result<(), DirectoryError> {
        let link = link.clone();
        self.change("add a set-up link", move |c| sessions::add_link(c, &link)).await
    }

    async fn setup_link(&self, token: &Sha256) -> Result<Option<SetupLink>, Fault> {
        self.read("read a set-up link", |c| sessions::link(c, token))
    }

    async fn take_setup_link(&self, token: &Sha256) -> Result<Option<SetupLink>, Fault> {
        let token = *token;
        self.write("take a set-up link", move |c| sessions::take_link(c, &token)).await
    }
}
