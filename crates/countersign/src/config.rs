//! Configuration: what the server is told when it starts, from flags and environment.
//!
//! The command line reads the environment (`clap`); this module only gives the values a shape and
//! sensible defaults.

use lettre::message::Mailbox;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What a server needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where data is kept: database, blobs, signing key, head of the log.
    pub data: PathBuf,
    /// The store's URL; derived from `data` when it is not given.
    pub store_url: Option<String>,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The address people and webhooks see, without a slash at the end.
    pub public_url: String,
    /// The largest evidence file accepted, in bytes.
    pub max_upload: u64,
    /// Whether webhooks may reach private addresses although an endpoint does not say so.
    pub allow_private_webhooks: bool,
    /// How notices go out by e-mail; `None`: they do not.
    pub mail: Option<Mail>,
    /// Whether this is the demonstration, with its banner and its sign-in without passwords.
    pub demo: bool,
}

impl Config {
    /// The defaults, with data in this folder.
    pub fn in_folder(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            store_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://127.0.0.1:8080".into(),
            max_upload: 20 * 1024 * 1024 * 1024,
            allow_private_webhooks: false,
            mail: None,
            demo: false,
        }
    }

    /// Whether cookies are marked `Secure`: when people come by HTTPS.
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The store's URL.
    pub fn store_url(&self) -> String {
        let default = || format!("sqlite:{}", self.data.join("countersign.db").display());
        self.store_url.clone().unwrap_or_else(default)
    }
}

/// A mail server, and how to use it.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Its name or address.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// The user and the password, when the server asks for them.
    pub credentials: Option<(String, Secret)>,
    /// The sender of every mail.
    pub from: Mailbox,
}

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum MailSecurity {
    /// It begins readable and is encrypted before anything is said; a server that cannot is
    /// refused.
    #[value(name = "starttls")]
    StartTls,
    /// It is encrypted from the start.
    Tls,
    /// It is not: for a server on the same machine.
    None,
}

impl MailSecurity {
    /// The usual port.
    pub fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// A value that is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Keeps a value.
    pub fn new(value: String) -> Self {
        Self(value)
    }

    /// The value.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}
