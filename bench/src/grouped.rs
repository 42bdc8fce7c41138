//! The limit of W2: SQLite alone, storing as many bytes for each command in transactions as large
//! as the product can make them with that many clients.

use crate::failure::{Failure, Told};
use crate::stopwatch::Stopwatch;
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;

const SETUP: &str = "PRAGMA journal_mode = WAL;
                     PRAGMA synchronous = FULL;
                     PRAGMA wal_autocheckpoint = 4000;
                     CREATE TABLE stored (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);";
const INSERT: &str = "INSERT INTO stored (bytes) VALUES (?1)";

/// Stores in groups; gives commands in a second.
pub fn rate(folder: &Path, bytes: usize, group: usize, time: Duration) -> Result<f64, Failure> {
    let path = folder.join("grouped.db");
    let stored = store(&path, bytes, group, time).told("store with SQLite alone");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    stored
}

fn store(path: &Path, bytes: usize, group: usize, time: Duration) -> rusqlite::Result<f64> {
    let connection = Connection::open(path)?;
    connection.execute_batch(SETUP)?;
    let mut insert = connection.prepare(INSERT)?;
    let (row, begun) = (vec![7u8; bytes], Stopwatch::start());
    let mut commands = 0u64;
    while begun.elapsed() < time {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for _ in 0..group {
            insert.execute([&row])?;
        }
        connection.execute_batch("COMMIT")?;
        commands += group as u64;
    }
    Ok(commands as f64 / begun.elapsed().as_secs_f64())
}
