//! Configuration: what the server is told when it starts, from flags and environment.
//!
//! The command line reads the environment (`clap`); this module only gives the values a shape and
//! sensible defaults.

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
