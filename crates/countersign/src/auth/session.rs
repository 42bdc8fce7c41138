//! Sessions of people at a browser.

use super::password::{self, Verified};
use crate::app::{App, Caller};
use crate::failure::{Doing, Failure};
use crate::random;
use countersign_core::actor::Who;
use countersign_core::digest::Sha256;
use countersign_store::{Person, Session};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// How long a session holds.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// A person signed in, with what forms must send back.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub caller: Caller,
    /// The value that forms must send back.
    pub csrf: String,
}

/// A new session: the token goes into the cookie and is kept nowhere.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The cookie's value.
    pub token: String,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

/// The caller that a person is.
pub fn caller_of(person: &Person) -> Caller {
    Caller {
        who: Who::Person(person.id.clone()),
        scopes: BTreeSet::new(),
        name: person.name.clone(),
    }
}

impl App {
    /// The person with this address and password. Every wrong answer reads the same and takes the
    /// same time; after too many of them for one address, none is given for a while.
    pub async fn check_password(&self, email: &str, given: &str) -> Result<Person, Failure> {
        self.attempts.count(email, self.clock.now())?;
        let person = self.store.person_by_email(email).await.doing("look up a person")?;
        let hash = person.as_ref().and_then(|person| person.password_hash.clone());
        let given = given.to_owned();
        let verify = move || password::verify(&given, hash.as_deref());
        let verified = tokio::task::spawn_blocking(verify).await.doing("check a password")?;
        match person {
            Some(person) if verified == Verified::Yes && person.disabled_at.is_none() => {
                self.attempts.forget(email);
                Ok(person)
            }
            Some(_) | None => Err(Failure::Unauthenticated {
                message: "the address or the password is not right: try again, or ask an \
                          administrator for a new set-up link"
                    .into(),
            }),
        }
    }

    /// Opens a session for a person.
    pub async fn open_session(&self, person: &Person) -> Result<NewSession, Failure> {
        let token = random::token("css");
        let now = self.clock.now();
        let expires_at = now.checked_add(SESSION).unwrap_or(Timestamp::MAX);
        let session = Session {
            token: Sha256::of(token.as_bytes()),
            person: person.id.clone(),
            csrf: random::token("csrf"),
            created_at: now,
            expires_at,
        };
        self.store.add_session(&session).await.doing("open a session")?;
        Ok(NewSession { token, expires_at })
    }

    /// Who is signed in with this cookie; `None` when nobody is.
    pub async fn signed_in(&self, token: &str) -> Result<Option<SignedIn>, Failure> {
        let session = self.store.session(&Sha256::of(token.as_bytes())).await;
        let Some((session, person)) = session.doing("look up a session")? else { return Ok(None) };
        let valid = self.clock.now() < session.expires_at && person.disabled_at.is_none();
        Ok(valid.then(|| SignedIn { caller: caller_of(&person), csrf: session.csrf }))
    }

    /// Ends a session.
    pub async fn close_session(&self, token: &str) -> Result<(), Failure> {
        self.store.end_session(&Sha256::of(token.as_bytes())).await.doing("end a session")?;
        Ok(())
    }
}
