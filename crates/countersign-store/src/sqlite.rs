//! The SQLite engine: one file, one writer thread, readers beside it.
//!
//! All writes go through one thread that commits them in groups: many appends, one flush. Reads
//! run on a few read-only connections; write-ahead logging lets them go on while the writer
//! commits. Point reads run on the calling thread, because they cost less than a change of thread;
//! lists go to the blocking pool.

mod api_tokens;
mod append;
mod checkup;
mod column;
mod connection;
mod directory;
mod dispatch_rows;
mod endpoints;
mod entry_rows;
mod frozen;
mod lock;
mod log;
mod log_head;
mod migrations;
mod model_rows;
mod notice_rows;
mod notices;
mod outbox;
mod people;
mod persons;
mod readers;
mod release_rows;
mod requests;
mod rows;
mod sessions;
mod settings;
mod standing_rows;
mod start;
mod task_rows;
mod writer;

pub(crate) use checkup::examine;
pub(crate) use frozen::Frozen;

use crate::fault::Fault;
use crate::open::{OpenError, OpenOptions};
use lock::Lock;
use readers::Readers;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use writer::Writer;

/// A database on disk.
#[derive(Debug)]
pub(crate) struct Sqlite {
    // Fields are dropped in this order: readers first, so that the writer's last checkpoint can
    // empty the write-ahead log; the lock last.
    readers: Arc<Readers>,
    writer: Writer,
    _lock: Lock,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, options: OpenOptions) -> Result<Self, OpenError> {
        let lock = Lock::take(path)?;
        let start = start::start(path, options)?;
        let fault = |source| OpenError::Fault { path: path.to_owned(), source };
        let readers = Arc::new(Readers::open(path).map_err(fault)?);
        let writer = Writer::spawn(start).map_err(fault)?;
        Ok(Self { readers, writer, _lock: lock })
    }

    /// Reads on this thread: for what costs microseconds.
    fn read<T>(
        &self,
        operation: &'static str,
        run: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Fault> {
        self.readers.with(run).map_err(Fault::at(operation))
    }

    /// Reads on the blocking pool: for lists, which may have to look at many rows.
    async fn list<T: Send + 'static>(
        &self,
        operation: &'static str,
        run: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let readers = Arc::clone(&self.readers);
        let listed = tokio::task::spawn_blocking(move || readers.with(run)).await;
        listed.map_err(Fault::at(operation))?.map_err(Fault::at(operation))
    }
}
