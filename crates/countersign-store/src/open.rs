//! Opening a store: the URL chooses the engine.

use crate::fault::Fault;
use crate::head_file::HeadError;
use crate::memory::Memory;
use crate::sqlite::Sqlite;
use countersign_proof::SigningKey;
use std::path::{Path, PathBuf};

/// An open store. Share it behind an `Arc`.
///
/// Dropping it waits until everything accepted is committed, then closes the database.
#[derive(Debug)]
pub struct Store {
    pub(crate) chosen: Chosen,
}

/// The engines. One line here and in the waist adds one.
#[derive(Debug)]
pub(crate) enum Chosen {
    Sqlite(Sqlite),
    Memory(Memory),
}

/// What a store needs besides its address.
#[derive(Debug)]
pub struct OpenOptions {
    /// The key that signs the log's checkpoints; its name is the log's origin.
    pub key: SigningKey,
    /// Where the signed head is kept beside the database. By default the database's path with
    /// `.head` appended. Another disk or host makes it worth more.
    pub head_file: Option<PathBuf>,
    /// What to do when head file and database disagree.
    pub heads: HeadPolicy,
}

/// What to do when the head kept beside the database disagrees with the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadPolicy {
    /// Refuse to open. The rule.
    MustAgree,
    /// Believe the database and overwrite the head file: an operator's explicit decision, after
    /// which the events the database forgot are given up.
    AcceptDatabase,
}

/// Why a store was not opened. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is not `sqlite:PATH` or `memory:`.
    #[error("`{url}` is not a store: write `sqlite:PATH` or `memory:`")]
    Url {
        /// The URL as given.
        url: String,
    },
    /// Another process has the database open.
    #[error(
        "the database `{}` is in use by another process: stop that server first, or give this one \
         its own database", path.display()
    )]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// The database was written by a newer release.
    #[error(
        "the database has schema version {found}, this program knows versions up to {known}: \
         install the newer release again"
    )]
    NewerSchema {
        /// The version in the database.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// The log in the database does not agree with itself or with the key.
    #[error("the log cannot be continued: {what}; keep a copy and run `countersign doctor`")]
    Log {
        /// What is wrong.
        what: String,
    },
    /// Database and head file disagree.
    #[error(transparent)]
    Head(HeadError),
    /// The machine failed.
    #[error("cannot open the database `{}`", path.display())]
    Fault {
        /// The database.
        path: PathBuf,
        /// What failed.
        source: Fault,
    },
}

/// Opens the store at `url`, creating it when it does not exist.
///
/// `sqlite:PATH` is a database on disk, `memory:` a new store that ends with the process. The call
/// blocks while it checks the end of the log against the signed heads (milliseconds).
pub fn open(url: &str, options: OpenOptions) -> Result<Store, OpenError> {
    if url == "memory:" {
        return Ok(Store { chosen: Chosen::Memory(Memory::new(options.key)?) });
    }
    let path = sqlite_path(url).ok_or_else(|| OpenError::Url { url: url.to_owned() })?;
    Ok(Store { chosen: Chosen::Sqlite(Sqlite::open(path, options)?) })
}

/// The path in `sqlite:PATH`, also written `sqlite://PATH`.
pub(crate) fn sqlite_path(url: &str) -> Option<&Path> {
    let rest = url.strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() || path == ":memory:" { None } else { Some(Path::new(path)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_named_by_its_path() {
        for (url, path) in [
            ("sqlite:data/countersign.db", "data/countersign.db"),
            ("sqlite:/var/lib/countersign.db", "/var/lib/countersign.db"),
            ("sqlite:///var/lib/countersign.db", "/var/lib/countersign.db"),
        ] {
            assert_eq!(sqlite_path(url), Some(Path::new(path)), "{url}");
        }
    }

    #[test]
    fn an_unknown_address_is_refused() {
        for url in ["", "postgres://db", "sqlite:", "sqlite::memory:", "countersign.db"] {
            assert_eq!(sqlite_path(url), None, "{url}");
        }
    }
}
