//! The directory: people, how they sign in, machines' tokens, webhook endpoints and settings.
//!
//! These are plain rows. Events never refer to them other than by opaque id, so a person can be
//! renamed, disabled or removed without touching the log (I-07). Whether a session has expired or
//! a token may do something is decided by the program; secrets arrive here hashed, except the
//! signing secrets of webhook endpoints, which must be read back.

use crate::fault::Fault;
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use jiff::Timestamp;

/// Somebody who can sign in, or a machine that holds tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The opaque id that events carry.
    pub id: PersonId,
    /// What people call them.
    pub name: String,
    /// Their address; unique without regard to case.
    pub email: String,
    /// The password's hash in PHC form; `None` for who cannot sign in with a password.
    pub password_hash: Option<String>,
    /// When they were added.
    pub created_at: Timestamp,
    /// Since when they may not sign in.
    pub disabled_at: Option<Timestamp>,
}

/// Somebody signed in at a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token in the cookie.
    pub token: Sha256,
    /// Who signed in.
    pub person: PersonId,
    /// The value that forms must send back.
    pub csrf: String,
    /// When they signed in.
    pub created_at: Timestamp,
    /// Until when the session holds.
    pub expires_at: Timestamp,
}

/// A link that lets its holder set up an account once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupLink {
    /// SHA-256 of the token in the link.
    pub token: Sha256,
    /// For whom; `None` for the first administrator, who has no account yet.
    pub person: Option<PersonId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A token with which a program calls the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// The id shown in lists and logs.
    pub id: String,
    /// SHA-256 of the token.
    pub token: Sha256,
    /// What it is for.
    pub name: String,
    /// The person or machine it acts as.
    pub holder: PersonId,
    /// What it may do, as stable words.
    pub scopes: Vec<String>,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works; `None` for no end.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, as far as it was noted.
    pub last_used_at: Option<Timestamp>,
    /// Since when it no longer works.
    pub revoked_at: Option<Timestamp>,
}

/// Where a webhook step delivers, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEndpoint {
    /// The name runbooks use.
    pub name: String,
    /// Where to send.
    pub url: String,
    /// Headers to add, in order.
    pub headers: Vec<(String, String)>,
    /// The body's template; `None` for the standard body.
    pub body_template: Option<String>,
    /// What an answer must fulfil; `None` for any 2xx status.
    pub success_condition: Option<String>,
    /// The secret that signs deliveries.
    pub secret: String,
    /// Whether the URL may lead to a private address.
    pub allow_private: bool,
    /// What it is told of beside the steps that name it, as stable words: `notice.sent`.
    pub events: Vec<String>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who changed it.
    pub updated_by: PersonId,
}

/// One setting of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub key: String,
    /// Its value, in whatever form the program gives it.
    pub value: String,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who changed it.
    pub updated_by: PersonId,
}

/// Why a directory row was not written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DirectoryError {
    /// Another row has this key already.
    #[error("there is already a {what} `{value}`")]
    Taken {
        /// What would not be unique: `person`, `email address`, `token` …
        what: &'static str,
        /// The key as given.
        value: String,
    },
    /// There is no such row.
    #[error("there is no {what} `{value}`")]
    Unknown {
        /// What is missing: `person`, `token` …
        what: &'static str,
        /// The key as given.
        value: String,
    },
    /// The machine failed.
    #[error("the directory could not be written")]
    Fault(#[source] Fault),
}

/// The form in which addresses are compared.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}
