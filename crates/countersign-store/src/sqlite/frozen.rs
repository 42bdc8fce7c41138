//! A database held at one moment: one read-only connection inside one transaction.

use super::column::Columns;
use super::{entry_rows, log, model_rows, release_rows, standing_rows, task_rows};
use crate::event::StoredEvent;
use crate::fault::Fault;
use crate::page::{Page, StandingKey, TaskCursor, fetch};
use crate::snapshot::RowCounts;
use countersign_core::digest::TextDigest;
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::rows::{EntryRow, ModelRow, ReleaseRow, StandingRow, TaskRow};
use countersign_core::stream::StreamId;
use rusqlite::{Connection, OpenFlags, Result as Sql, params};
use std::collections::BTreeMap;
use std::path::Path;

/// Every stream has a first event, so its name is found once.
const STREAMS: &str = "SELECT stream FROM events WHERE stream > ?1 AND version = 1
                       ORDER BY stream LIMIT ?2";
const COUNTS: &str = "SELECT (SELECT count(*) FROM releases), (SELECT count(*) FROM models),
                             (SELECT count(*) FROM tasks), (SELECT count(*) FROM standings),
                             (SELECT count(*) FROM entries)
                      LIMIT 1";

/// A transaction begins with its first read, so opening reads something.
const FIRST_READ: &str = "SELECT name FROM sqlite_schema LIMIT 1";

/// The connection and its transaction.
#[derive(Debug)]
pub(crate) struct Frozen {
    connection: Connection,
}

impl Frozen {
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        let connection = opened(path).map_err(Fault::at("open the database for reading"))?;
        Ok(Self { connection })
    }

    fn read<T>(
        &self,
        operation: &'static str,
        run: impl FnOnce(&Connection) -> Sql<T>,
    ) -> Result<T, Fault> {
        run(&self.connection).map_err(Fault::at(operation))
    }

    pub(crate) fn since(&self, position: u64, limit: u32) -> Result<Vec<StoredEvent>, Fault> {
        self.read("read the log", |c| log::since(c, position, limit))
    }

    pub(crate) fn stream(&self, stream: &StreamId) -> Result<Vec<StoredEvent>, Fault> {
        self.read("read a stream", |c| log::stream_after(c, stream, 0))
    }

    pub(crate) fn streams(
        &self,
        after: Option<&StreamId>,
        limit: u32,
    ) -> Result<Page<StreamId, StreamId>, Fault> {
        let after = after.map_or_else(String::new, ToString::to_string);
        let streams = self.read("list streams", |c| {
            let mut statement = c.prepare_cached(STREAMS)?;
            statement.query_map(params![after, fetch(limit)], |row| row.parsed(0))?.collect()
        })?;
        Ok(Page::of(streams, limit, StreamId::clone))
    }

    pub(crate) fn row_counts(&self) -> Result<RowCounts, Fault> {
        self.read("count rows", |c| {
            c.query_row(COUNTS, [], |row| {
                Ok(RowCounts {
                    releases: row.get(0)?,
                    models: row.get(1)?,
                    tasks: row.get(2)?,
                    standings: row.get(3)?,
                    entries: row.get(4)?,
                })
            })
        })
    }

    pub(crate) fn release_row(&self, release: &ReleaseId) -> Result<Option<ReleaseRow>, Fault> {
        self.read("read a release's row", |c| release_rows::one(c, release))
    }

    pub(crate) fn model_row(&self, model: &ModelName) -> Result<Option<ModelRow>, Fault> {
        self.read("read a model's row", |c| model_rows::one(c, model))
    }

    pub(crate) fn tasks_of(&self, subject: &StreamId) -> Result<Vec<TaskRow>, Fault> {
        self.read("read the tasks of a history", |c| task_rows::of_subject(c, subject))
    }

    pub(crate) fn entries_of(&self, subject: &StreamId) -> Result<Vec<EntryRow>, Fault> {
        self.read("read the entries of a history", |c| entry_rows::of_subject(c, subject))
    }

    pub(crate) fn all_tasks(
        &self,
        after: Option<&TaskCursor>,
        limit: u32,
    ) -> Result<Page<TaskRow, TaskCursor>, Fault> {
        let rows = self.read("list all tasks", |c| task_rows::by_due(c, after, limit))?;
        Ok(Page::of(rows, limit, TaskCursor::of))
    }

    pub(crate) fn standings_of(&self, release: &ReleaseId) -> Result<Vec<StandingRow>, Fault> {
        self.read("read a release's standings", |c| standing_rows::of_release(c, release))
    }

    pub(crate) fn all_standings(
        &self,
        after: Option<&StandingKey>,
        limit: u32,
    ) -> Result<Page<StandingRow, StandingKey>, Fault> {
        let rows = self.read("list all standings", |c| standing_rows::all(c, after, limit))?;
        Ok(Page::of(rows, limit, StandingKey::of))
    }

    pub(crate) fn texts(
        &self,
        digests: &[TextDigest],
    ) -> Result<BTreeMap<TextDigest, String>, Fault> {
        self.read("read texts", |c| log::texts(c, digests))
    }
}

/// The transaction is never ended: closing the connection gives it up. Not mapped into memory,
/// because a file that shrinks must be an error and not a signal.
fn opened(path: &Path) -> Sql<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; BEGIN")?;
    connection.query_row(FIRST_READ, [], |_| Ok(()))?;
    Ok(connection)
}
