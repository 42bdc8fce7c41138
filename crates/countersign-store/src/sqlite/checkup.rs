//! What `doctor` looks at in a database: the file, the schema, the log, the head file, the texts
//! and the remembered commands.
//!
//! SQLite itself compares every index with its table. That is why the directory's tables have an
//! index over all their columns: a row that decays no longer equals its copy.

mod log;
mod schema;
mod tables;

use super::start::beside;
use crate::doctor::{Area, Checkup, Finding, Report};
use crate::fault::{Fault, chain};
use crate::head_file;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

const INTEGRITY: &str = "PRAGMA integrity_check(20)";

/// Examines a database and adds what it finds.
pub(crate) fn examine(path: &Path, checkup: &Checkup<'_>, report: &mut Report) {
    // Read first: a server that goes on writing can only put the database ahead of it.
    let head_file = checkup.head_file.clone().unwrap_or_else(|| beside(path, ".head"));
    let kept = head_file::read(&head_file);
    let connection = match opened(path) {
        Ok(connection) => connection,
        Err(error) => {
            let fault = Fault::new(format!("open the database `{}`", path.display()), error);
            return report.add(Area::Database, fault.chain());
        }
    };
    integrity(&connection, report);
    schema::examine(&connection, report);
    let head = log::examine(&connection, checkup, report);
    tables::examine(&connection, report);
    // Without a head to compare with, the log has a finding already.
    let Some(head) = head else { return };
    let root_at = |size| super::start::root_at(&connection, size, checkup.key);
    let compared = kept.and_then(|kept| {
        head_file::compare(&head_file, kept.as_deref(), checkup.key, head, root_at)
    });
    match compared {
        Ok(Ok(())) => {}
        Ok(Err(error)) => report.findings.push(Finding::from(error)),
        Err(fault) => report.add(Area::HeadFile, fault.chain()),
    }
}

/// Opens the database for reading, in one transaction, so that everything seen is of one moment.
fn opened(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Not mapped into memory: a file that shrinks under the doctor is an error, not a signal.
    connection.execute_batch("PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; BEGIN")?;
    Ok(connection)
}

fn integrity(connection: &Connection, report: &mut Report) {
    let checked = connection.prepare(INTEGRITY).and_then(|mut statement| {
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        lines.collect::<rusqlite::Result<Vec<_>>>()
    });
    match checked {
        Ok(lines) => lines
            .into_iter()
            .filter(|line| line != "ok")
            .for_each(|line| report.add(Area::Database, line)),
        Err(error) => {
            let what = format!("the file cannot be checked: {}", chain(&error));
            report.add(Area::Database, what);
        }
    }
}
