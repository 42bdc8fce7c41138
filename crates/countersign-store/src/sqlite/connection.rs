//! How connections are set up. Every choice is here, with its reason.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Result};
use std::path::Path;
use std::time::Duration;

/// Statements kept prepared on each connection: more than there are different ones.
const STATEMENTS: usize = 128;

/// - `journal_mode = WAL`: readers go on while the writer commits.
/// - `synchronous = FULL`: a commit returns after its flush, so what is acknowledged is durable.
/// - `wal_autocheckpoint = 4000` pages (16 MB): moving pages into the database costs a flush and
///   random writes; fewer, larger moves are cheaper, and the file still opens at once.
/// - `journal_size_limit`: the write-ahead log shrinks again after a burst.
/// - `cache_size` 32 MiB: the writer touches the right edge of the log and random index pages.
/// - `temp_store = MEMORY`: no temporary files beside the database.
/// - `trusted_schema = OFF`: a tampered schema cannot call functions with side effects.
/// - page size: SQLite's 4,096 bytes, the size of the file system's blocks.
const WRITER: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -32768;
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = OFF;
    PRAGMA trusted_schema = OFF;
";

/// - `query_only`: a reader that tried to write is a bug.
/// - `mmap_size` 1 GiB: pages are read from the file system's cache without a copy or a system
///   call, and are not counted twice.
/// - `cache_size` 2 MiB: what is not mapped, such as pages in the write-ahead log.
const READER: &str = "
    PRAGMA query_only = ON;
    PRAGMA mmap_size = 1073741824;
    PRAGMA cache_size = -2048;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
";

/// The one connection that writes. Creates the database when it does not exist.
pub(super) fn writer(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepared(path, flags, WRITER)
}

/// A connection that only reads.
pub(super) fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepared(path, flags, READER)
}

fn prepared(path: &Path, flags: OpenFlags, pragmas: &str) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    // Only a person with the `sqlite3` shell can hold the lock; give them a moment.
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch(pragmas)?;
    // Plans never depend on bound values. Without this, SQLite built with statistics prepares a
    // kept statement anew at each use: measured, two thirds of a point read.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Runs deletions so that the bytes of what is deleted are overwritten in the file, not only
/// unlinked. The write-ahead log keeps the old pages until it is emptied next.
pub(super) fn erasing<T>(connection: &Connection, run: impl FnOnce() -> Result<T>) -> Result<T> {
    connection.execute_batch("PRAGMA secure_delete = ON")?;
    let erased = run();
    connection.execute_batch("PRAGMA secure_delete = OFF")?;
    erased
}
