//! Starting: what is checked before the first append.
//!
//! The key must be the log's, the end of the log must lead to its head, and the head kept beside
//! the database must be the database's or an earlier one. The whole log is checked by `doctor`;
//! here only the events since the last mark are read, so that a long log opens as fast as a short
//! one.

use super::{connection, log, log_head, migrations};
use crate::event::LogHead;
use crate::fault::Fault;
use crate::head_file::{self, HeadFile};
use crate::open::{HeadPolicy, OpenError, OpenOptions};
use countersign_proof::{Checkpoint, Frontier, Hash, SigningKey, TreeHead, VerifyingKey};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the writer starts with.
pub(super) struct Start {
    pub(super) connection: Connection,
    pub(super) key: SigningKey,
    pub(super) frontier: Frontier,
    pub(super) head: LogHead,
    pub(super) head_file: HeadFile,
}

/// The file beside the database with this ending added to its name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn start(path: &Path, options: OpenOptions) -> Result<Start, OpenError> {
    let fault = |source| OpenError::Fault { path: path.to_owned(), source };
    let opened = connection::writer(path).map_err(Fault::at("open the writing connection"));
    let mut connection = opened.map_err(fault)?;
    migrations::migrate(&mut connection, path)?;
    let OpenOptions { key, head_file, heads } = options;
    let beside = head_file.unwrap_or_else(|| beside(path, ".head"));
    let stored = log_head::stored(&connection).map_err(Fault::at("read the head of the log"));
    let stored = stored.map_err(fault)?;
    let is_new = stored.is_none();
    let (head, frontier) = match stored {
        Some(stored) => checked(&connection, stored, key.verifying_key(), path)?,
        None => (sign(&key, &Frontier::new()).map_err(fault)?, Frontier::new()),
    };
    let kept = head_file::read(&beside).map_err(fault)?;
    if heads == HeadPolicy::MustAgree && !(is_new && kept.is_none()) {
        let root_at = |size| root_at(&connection, size, key.verifying_key());
        let kept = kept.as_deref();
        head_file::compare(&beside, kept, key.verifying_key(), head.tree, root_at)
            .map_err(fault)?
            .map_err(OpenError::Head)?;
    }
    if is_new {
        let stored = log_head::store(&connection, 0, &frontier, &head);
        stored.map_err(Fault::at("store the first head")).map_err(fault)?;
    }
    let mut head_file = HeadFile::open(&beside).map_err(fault)?;
    head_file.write(&head.checkpoint).map_err(fault)?;
    Ok(Start { connection, key, frontier, head, head_file })
}

/// Signs the head of a log that has grown to this frontier.
pub(super) fn sign(key: &SigningKey, frontier: &Frontier) -> Result<LogHead, Fault> {
    let tree = frontier.head();
    let signed = Checkpoint::new(key.name().clone(), tree).sign(key);
    let note = signed.map_err(Fault::at("sign the head of the log"))?;
    Ok(LogHead { tree, checkpoint: Arc::from(note.to_string()) })
}

fn checked(
    connection: &Connection,
    stored: log_head::StoredHead,
    key: &VerifyingKey,
    path: &Path,
) -> Result<(LogHead, Frontier), OpenError> {
    let log = |what: String| OpenError::Log { what };
    let fault = |source| OpenError::Fault { path: path.to_owned(), source };
    let head = stored.head;
    let signed = Checkpoint::open(head.checkpoint.as_bytes(), key)
        .map_err(|error| log(format!("its head is not signed by key `{}`: {error}", key.name())))?;
    let frontier = Frontier::from_bytes(&stored.frontier)
        .map_err(|error| log(format!("its frontier cannot be read: {error}")))?;
    if signed.head() != head.tree || frontier.head() != head.tree {
        return Err(log("its head and its signed checkpoint differ".to_owned()));
    }
    let count = log::size(connection).map_err(Fault::at("count the events")).map_err(fault)?;
    if count != head.tree.size {
        return Err(log(format!("it has {count} events, its head counts {}", head.tree.size)));
    }
    let root = root_at(connection, head.tree.size, key).map_err(fault)?;
    if root != head.tree.root {
        return Err(log("its last events do not lead to its head".to_owned()));
    }
    Ok((head, frontier))
}

/// The root over the first `size` events: from the last mark before, if there is one.
pub(super) fn root_at(
    connection: &Connection,
    size: u64,
    key: &VerifyingKey,
) -> Result<Hash, Fault> {
    let mark = log_head::mark_up_to(connection, size).map_err(Fault::at("read a mark"))?;
    let mut frontier = match mark {
        Some(mark) => trusted(&mark, key)?,
        None => Frontier::new(),
    };
    let count = size - frontier.size();
    let leaves = log::leaf_hashes(connection, frontier.size(), count);
    let leaves = leaves.map_err(Fault::at("read the last leaf hashes"))?;
    leaves.into_iter().for_each(|leaf| frontier.push(leaf));
    if frontier.size() != size {
        return Err(Fault::plain(format!("read {size} events: only {} found", frontier.size())));
    }
    Ok(frontier.root())
}

/// A mark's frontier, if its signed checkpoint vouches for it.
pub(super) fn trusted(mark: &log_head::Mark, key: &VerifyingKey) -> Result<Frontier, Fault> {
    let operation = "trust a mark of the log";
    let signed = Checkpoint::open(mark.checkpoint.as_bytes(), key).map_err(Fault::at(operation))?;
    let frontier = Frontier::from_bytes(&mark.frontier).map_err(Fault::at(operation))?;
    let expected = TreeHead { size: mark.size, root: frontier.root() };
    if signed.head() != expected || frontier.size() != mark.size {
        let size = mark.size;
        return Err(Fault::plain(format!("{operation}: the one at {size} is not as signed")));
    }
    Ok(frontier)
}
