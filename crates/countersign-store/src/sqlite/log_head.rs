//! The head of the log as it is stored, and the marks kept along the way.

use super::column::Columns;
use crate::event::LogHead;
use countersign_proof::{Frontier, Hash, TreeHead};
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::sync::Arc;

/// A mark is kept whenever the log grows past a multiple of this.
pub(super) const MARK_EVERY: u64 = 1_024;

const HEAD: &str = "SELECT size, root, checkpoint FROM log_head WHERE id = 1";
const STORED_HEAD: &str = "SELECT size, root, checkpoint, frontier FROM log_head WHERE id = 1";
const SET_HEAD: &str = "INSERT OR REPLACE INTO log_head (id, size, frontier, root, checkpoint)
                        VALUES (1, ?1, ?2, ?3, ?4)";
const SET_MARK: &str = "INSERT OR REPLACE INTO log_marks (size, frontier, checkpoint)
                        VALUES (?1, ?2, ?3)";
const MARKS: &str = "SELECT size, frontier, checkpoint FROM log_marks ORDER BY size LIMIT -1";
const MARK_UP_TO: &str = "SELECT size, frontier, checkpoint FROM log_marks WHERE size <= ?1
                          ORDER BY size DESC LIMIT 1";

/// The row of the head.
pub(super) struct StoredHead {
    pub(super) head: LogHead,
    pub(super) frontier: Vec<u8>,
}

/// A head kept along the way.
pub(super) struct Mark {
    pub(super) size: u64,
    pub(super) frontier: Vec<u8>,
    pub(super) checkpoint: String,
}

fn read_head(row: &rusqlite::Row<'_>) -> Result<LogHead> {
    let checkpoint: String = row.get(2)?;
    let tree = TreeHead { size: row.get(0)?, root: row.bytes32::<Hash>(1)? };
    Ok(LogHead { tree, checkpoint: Arc::from(checkpoint) })
}

/// The head, without its frontier.
pub(super) fn head(connection: &Connection) -> Result<LogHead> {
    connection.prepare_cached(HEAD)?.query_row([], read_head)
}

/// The head with its frontier; `None` in a new database.
pub(super) fn stored(connection: &Connection) -> Result<Option<StoredHead>> {
    let read =
        |row: &rusqlite::Row<'_>| Ok(StoredHead { head: read_head(row)?, frontier: row.get(3)? });
    connection.prepare_cached(STORED_HEAD)?.query_row([], read).optional()
}

/// Writes the head, and a mark when the log has grown past a multiple of [`MARK_EVERY`] since
/// `before`.
pub(super) fn store(
    connection: &Connection,
    before: u64,
    frontier: &Frontier,
    head: &LogHead,
) -> Result<()> {
    let (size, bytes) = (head.tree.size, frontier.to_bytes());
    let (root, checkpoint) = (head.tree.root.as_bytes(), &*head.checkpoint);
    connection.prepare_cached(SET_HEAD)?.execute(params![size, bytes, root, checkpoint])?;
    if size / MARK_EVERY > before / MARK_EVERY {
        connection.prepare_cached(SET_MARK)?.execute(params![size, bytes, checkpoint])?;
    }
    Ok(())
}

fn read_mark(row: &rusqlite::Row<'_>) -> Result<Mark> {
    Ok(Mark { size: row.get(0)?, frontier: row.get(1)?, checkpoint: row.get(2)? })
}

/// The newest mark of at most this size.
pub(super) fn mark_up_to(connection: &Connection, size: u64) -> Result<Option<Mark>> {
    connection.prepare_cached(MARK_UP_TO)?.query_row([size], read_mark).optional()
}

/// All marks, one in about 1,024 events.
pub(super) fn marks(connection: &Connection) -> Result<Vec<Mark>> {
    connection.prepare(MARKS)?.query_map([], read_mark)?.collect()
}
