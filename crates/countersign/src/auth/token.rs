//! API tokens: a person's own, for the command line, and scoped ones for machines.

use super::session::caller_of;
use crate::app::{App, Caller};
use crate::failure::{Doing, Failure};
use crate::random;
use countersign_core::actor::{Scope, Who};
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use countersign_store::{ApiToken, Person};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// How long a token of a person holds.
pub const PERSONAL: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The word that marks a token of a person.
const PERSON_SCOPE: &str = "person";

/// A new token: its text is shown once and kept nowhere.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The token.
    pub token: String,
    /// Its id, for lists and for revoking.
    pub id: String,
    /// Until when it works.
    pub expires_at: Option<Timestamp>,
}

impl App {
    /// A token with which a person acts as himself.
    pub async fn personal_token(&self, person: &Person, name: &str) -> Result<NewToken, Failure> {
        let expires_at = self.clock.now().checked_add(PERSONAL).ok();
        let scopes = vec![PERSON_SCOPE.to_owned()];
        self.new_token(name, (person.id.clone(), person.id.clone()), scopes, expires_at).await
    }

    /// A token for a machine. It can attach evidence and ask for verdicts, as its scopes say, and
    /// it can never approve.
    pub async fn machine_token(
        &self,
        name: &str,
        scopes: &BTreeSet<Scope>,
        created_by: &PersonId,
        expires_at: Option<Timestamp>,
    ) -> Result<NewToken, Failure> {
        let holder = PersonId::new(random::id("m")).doing("draw an identifier")?;
        let scopes = scopes.iter().map(|scope| scope.word().to_owned()).collect();
        self.new_token(name, (holder, created_by.clone()), scopes, expires_at).await
    }

    async fn new_token(
        &self,
        name: &str,
        (holder, created_by): (PersonId, PersonId),
        scopes: Vec<String>,
        expires_at: Option<Timestamp>,
    ) -> Result<NewToken, Failure> {
        let token = random::token("cst");
        let kept = ApiToken {
            id: random::id("t"),
            token: Sha256::of(token.as_bytes()),
            name: name.to_owned(),
            holder,
            scopes,
            created_by,
            created_at: self.clock.now(),
            expires_at,
            last_used_at: None,
            revoked_at: None,
        };
        self.store.add_api_token(&kept).await.doing("keep a token")?;
        Ok(NewToken { token, id: kept.id, expires_at })
    }

    /// Who a token stands for.
    pub async fn bearer(&self, token: &str) -> Result<Caller, Failure> {
        let known = self.store.api_token(&Sha256::of(token.as_bytes())).await;
        let known = known.doing("look up a token")?;
        let now = self.clock.now();
        let valid = |known: &ApiToken| {
            known.revoked_at.is_none() && known.expires_at.is_none_or(|end| now < end)
        };
        let Some(known) = known.filter(valid) else { return Err(not_valid()) };
        if known.scopes.iter().any(|scope| scope == PERSON_SCOPE) {
            let person = self.store.person(&known.holder).await.doing("look up a person")?;
            let person = person.filter(|person| person.disabled_at.is_none());
            return person.map(|person| caller_of(&person)).ok_or_else(not_valid);
        }
        let scopes = Scope::ALL.into_iter();
        let scopes = scopes.filter(|scope| known.scopes.iter().any(|word| word == scope.word()));
        Ok(Caller { who: Who::Machine(known.holder), scopes: scopes.collect(), name: known.name })
    }
}

fn not_valid() -> Failure {
    Failure::Unauthenticated {
        message: "the token is not valid, has expired or was revoked: sign in again with \
                  `countersign login`, or ask an administrator for a new token"
            .into(),
    }
}
