//! Set-up links: the first administrator's, and those an administrator makes for others.

use super::password;
use crate::app::{AnyCommand, App, Caller, Submission};
use crate::failure::{Doing, Failure};
use crate::random;
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use countersign_core::register::{self, RegisterCommand, Term};
use countersign_store::{Person, SetupLink};
use jiff::{SignedDuration, Timestamp};

/// How long a set-up link works.
pub const LINK: SignedDuration = SignedDuration::from_hours(72);

/// What a person says when setting up an account.
#[derive(Debug, Clone)]
pub struct Account {
    /// What people call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
}

impl App {
    /// Whether nobody administers this installation yet.
    pub async fn is_new(&self) -> Result<bool, Failure> {
        let register = self.register().await?;
        Ok(!register.state.has_administrator(self.clock.now()))
    }

    /// A link for the first administrator (`None`) or for a person who exists. The text is shown
    /// once and kept nowhere.
    pub async fn setup_link(&self, person: Option<PersonId>) -> Result<String, Failure> {
        let token = random::token("setup");
        let now = self.clock.now();
        let link = SetupLink {
            token: Sha256::of(token.as_bytes()),
            person,
            created_at: now,
            expires_at: now.checked_add(LINK).unwrap_or(Timestamp::MAX),
        };
        self.store.add_setup_link(&link).await.doing("keep a set-up link")?;
        Ok(format!("{}/setup/{token}", self.config.public_url))
    }

    /// Adds a person who can sign in once they have set a password.
    pub async fn add_person(&self, name: &str, email: &str) -> Result<Person, Failure> {
        check_name(name, email)?;
        let person = Person {
            id: PersonId::new(random::id("p")).doing("draw an identifier")?,
            name: name.trim().to_owned(),
            email: email.trim().to_owned(),
            password_hash: None,
            created_at: self.clock.now(),
            disabled_at: None,
        };
        match self.store.add_person(&person).await {
            Ok(()) => Ok(person),
            Err(countersign_store::DirectoryError::Taken { .. }) => {
                let message = format!("somebody with the address `{email}` exists already");
                Err(Failure::malformed("email", message))
            }
            Err(error) => Err(error).doing("add a person"),
        }
    }

    /// Uses a set-up link: the account gets its password; the first one becomes administrator.
    pub async fn use_setup_link(&self, token: &str, account: Account) -> Result<Person, Failure> {
        password::check(&account.password)?;
        let digest = Sha256::of(token.as_bytes());
        let link = self.store.setup_link(&digest).await.doing("look up a set-up link")?;
        let usable = link.filter(|link| self.clock.now() < link.expires_at);
        let link = usable.ok_or_else(|| Failure::not_found("set-up link", "…"))?;
        let given = account.password;
        let hash = tokio::task::spawn_blocking(move || password::hash(&given)).await;
        let hash = hash.doing("hash a password")??;
        let person = match &link.person {
            Some(id) => {
                let person = self.store.person(id).await.doing("look up a person")?;
                person.ok_or_else(|| Failure::not_found("person", id))?
            }
            None if self.is_new().await? => self.add_person(&account.name, &account.email).await?,
            None => return Err(Failure::not_found("set-up link", "…")),
        };
        // Whoever takes the link is the only one who uses it.
        let taken = self.store.take_setup_link(&digest).await.doing("use a set-up link")?;
        taken.ok_or_else(|| Failure::not_found("set-up link", "…"))?;
        let person = Person { password_hash: Some(hash), ..person };
        self.store.update_person(&person).await.doing("keep a password")?;
        if link.person.is_none() {
            let (who, role) = (person.id.clone(), register::administrator());
            let grant = RegisterCommand::GrantRole { person: who, role, term: Term::default() };
            let grant = Submission::new(AnyCommand::Register(grant));
            self.execute(&Caller::system(), grant).await?;
        }
        Ok(person)
    }
}

pub(super) fn check_name(name: &str, email: &str) -> Result<(), Failure> {
    if name.trim().is_empty() || name.len() > 200 {
        return Err(Failure::malformed("name", "give a name of at most 200 bytes"));
    }
    let at = email.trim().split_once('@');
    if email.len() > 254 || at.is_none_or(|(user, host)| user.is_empty() || !host.contains('.')) {
        let message = format!("`{email}` is not an e-mail address, for example ada@example.org");
        return Err(Failure::malformed("email", message));
    }
    Ok(())
}
