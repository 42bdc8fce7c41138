//! The database's shape, forward only: numbered files, each run once, in one transaction.

use crate::fault::Fault;
use crate::open::OpenError;
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

/// The files, in order; a file's version is its place, counted from 1. A file that was released
/// is never edited: add one.
const FILES: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_initial.sql"),
    include_str!("../../migrations/sqlite/0002_directory.sql"),
    include_str!("../../migrations/sqlite/0003_entries.sql"),
    include_str!("../../migrations/sqlite/0004_basis.sql"),
    include_str!("../../migrations/sqlite/0005_times.sql"),
    include_str!("../../migrations/sqlite/0006_notices.sql"),
];

const VERSION_TABLE: &str = "
    CREATE TABLE IF NOT EXISTS schema_version (
        id      INTEGER PRIMARY KEY CHECK (id = 1),
        version INTEGER NOT NULL
    )";
const VERSION: &str = "SELECT version FROM schema_version WHERE id = 1";
const SET_VERSION: &str = "INSERT OR REPLACE INTO schema_version (id, version) VALUES (1, ?1)";

/// The newest version this program knows.
fn known() -> u32 {
    FILES.len() as u32
}

/// Brings the database to the newest version.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let fault = |error| OpenError::Fault {
        path: path.to_owned(),
        source: Fault::new("bring the database's schema up to date", error),
    };
    connection.execute_batch(VERSION_TABLE).map_err(fault)?;
    let found = version(connection).map_err(fault)?;
    if found > known() {
        return Err(OpenError::NewerSchema { found, known: known() });
    }
    for version in found + 1..=known() {
        run(connection, version).map_err(fault)?;
    }
    Ok(())
}

/// Makes the schema of this version in an empty database, for comparison.
pub(super) fn bring_to(empty: &Connection, version: u32) -> rusqlite::Result<()> {
    empty.execute_batch(VERSION_TABLE)?;
    FILES.iter().take(version as usize).try_for_each(|file| empty.execute_batch(file))
}

/// The version the database has; 0 for a new one.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    let version = connection.query_row(VERSION, [], |row| row.get(0)).optional()?;
    Ok(version.unwrap_or(0))
}

fn run(connection: &mut Connection, version: u32) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(FILES[version as usize - 1])?;
    transaction.execute(SET_VERSION, [version])?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(path: &Path) -> Connection {
        Connection::open(path).unwrap()
    }

    #[test]
    fn migrations_run_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        migrate(&mut opened(&path), &path).unwrap();
        migrate(&mut opened(&path), &path).unwrap();
        assert_eq!(version(&opened(&path)).unwrap(), known());
    }

    #[test]
    fn a_database_of_a_newer_release_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        migrate(&mut opened(&path), &path).unwrap();
        opened(&path).execute(SET_VERSION, [known() + 1]).unwrap();
        let error = migrate(&mut opened(&path), &path).unwrap_err();
        assert!(error.to_string().contains("install the newer release"), "{error}");
    }
}
