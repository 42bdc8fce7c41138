//! Events and texts, and the engine's [`Log`].

use super::column::Columns;
use super::{Sqlite, connection, log_head, requests};
use crate::append::{Append, AppendError, Appended, NewEvent, Remembered, Text};
use crate::engine::Log;
use crate::event::{LogHead, StoredEvent};
use crate::fault::Fault;
use crate::page::MAX_PAGE;
use countersign_core::digest::TextDigest;
use countersign_core::name::PersonId;
use countersign_core::stream::StreamId;
use countersign_proof::Hash;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Result as Sql, Row, params};
use std::collections::BTreeMap;

const INSERT: &str = "INSERT INTO events (position, stream, version, bytes, leaf_hash)
                      VALUES (?1, ?2, ?3, ?4, ?5)";
const VERSION: &str = "SELECT version FROM events WHERE stream = ?1
                       ORDER BY version DESC LIMIT 1";
const SIZE: &str = "SELECT position + 1 FROM events ORDER BY position DESC LIMIT 1";
const STREAM: &str = "SELECT position, stream, version, bytes FROM events
                      WHERE stream = ?1 AND version > ?2 ORDER BY version";
const SINCE: &str = "SELECT position, stream, version, bytes FROM events
                     WHERE position >= ?1 ORDER BY position LIMIT ?2";
const LEAVES: &str = "SELECT leaf_hash FROM events WHERE position >= ?1 ORDER BY position LIMIT ?2";
const INSERT_TEXT: &str = "INSERT INTO texts (digest, salt, text) VALUES (?1, ?2, ?3)
                           ON CONFLICT (digest) DO NOTHING";
const TEXT: &str = "SELECT text FROM texts WHERE digest = ?1";
const SALTED: &str = "SELECT salt, text FROM texts WHERE digest = ?1";
const ERASE_TEXT: &str = "DELETE FROM texts WHERE digest = ?1";

pub(super) fn insert(c: &Connection, position: u64, event: &NewEvent, leaf: &Hash) -> Sql<()> {
    let NewEvent { stream, version, bytes } = event;
    let values = params![position, stream.to_string(), version, bytes, leaf.as_bytes()];
    c.prepare_cached(INSERT)?.execute(values).map(|_| ())
}

/// The number of events in a stream.
pub(super) fn version(c: &Connection, stream: &StreamId) -> Sql<u64> {
    let version = c.prepare_cached(VERSION)?.query_row([stream.to_string()], |row| row.get(0));
    version.optional().map(|version| version.unwrap_or(0))
}

/// The number of events in the log.
pub(super) fn size(c: &Connection) -> Sql<u64> {
    let size = c.prepare_cached(SIZE)?.query_row([], |row| row.get(0)).optional()?;
    Ok(size.unwrap_or(0))
}

pub(super) fn leaf_hashes(c: &Connection, position: u64, limit: u64) -> Sql<Vec<Hash>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    c.prepare_cached(LEAVES)?.query_map(params![position, limit], |row| row.bytes32(0))?.collect()
}

pub(super) fn insert_text(c: &Connection, text: &Text) -> Sql<()> {
    let values = params![text.digest.0.as_bytes(), text.salt, text.text];
    c.prepare_cached(INSERT_TEXT)?.execute(values).map(|_| ())
}

fn event(row: &Row<'_>) -> Sql<StoredEvent> {
    Ok(StoredEvent {
        position: row.get(0)?,
        stream: row.parsed(1)?,
        version: row.get(2)?,
        bytes: row.get(3)?,
    })
}

fn events(c: &Connection, sql: &str, values: impl Params) -> Sql<Vec<StoredEvent>> {
    c.prepare_cached(sql)?.query_map(values, event)?.collect()
}

/// The events from this position on, in order.
pub(super) fn since(c: &Connection, position: u64, limit: u32) -> Sql<Vec<StoredEvent>> {
    events(c, SINCE, (position.min(i64::MAX as u64), limit.clamp(1, MAX_PAGE)))
}

/// The events of a stream after the one with this version, in order.
pub(super) fn stream_after(
    c: &Connection,
    stream: &StreamId,
    version: u64,
) -> Sql<Vec<StoredEvent>> {
    events(c, STREAM, (stream.to_string(), version))
}

pub(super) fn texts(c: &Connection, digests: &[TextDigest]) -> Sql<BTreeMap<TextDigest, String>> {
    let mut statement = c.prepare_cached(TEXT)?;
    let mut found = BTreeMap::new();
    for digest in digests {
        let text = statement.query_row([digest.0.as_bytes()], |row| row.get(0)).optional()?;
        found.extend(text.map(|text| (*digest, text)));
    }
    Ok(found)
}

fn salted_texts(c: &Connection, digests: &[TextDigest]) -> Sql<Vec<Text>> {
    let mut statement = c.prepare_cached(SALTED)?;
    let mut found = Vec::new();
    for digest in digests {
        let read =
            |row: &Row<'_>| Ok(Text { digest: *digest, salt: row.get(0)?, text: row.get(1)? });
        found.extend(statement.query_row([digest.0.as_bytes()], read).optional()?);
    }
    Ok(found)
}

impl Log for Sqlite {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.submit_append(append).await
    }

    async fn head(&self) -> Result<LogHead, Fault> {
        self.read("read the head of the log", log_head::head)
    }

    async fn stream(&self, stream: &StreamId) -> Result<Vec<StoredEvent>, Fault> {
        self.stream_after(stream, 0).await
    }

    async fn stream_after(
        &self,
        stream: &StreamId,
        version: u64,
    ) -> Result<Vec<StoredEvent>, Fault> {
        self.read("read a stream", |c| stream_after(c, stream, version))
    }

    async fn since(&self, position: u64, limit: u32) -> Result<Vec<StoredEvent>, Fault> {
        self.list("read the log", move |c| since(c, position, limit)).await
    }

    async fn leaf_hashes(&self, position: u64, limit: u64) -> Result<Vec<Hash>, Fault> {
        self.list("read leaf hashes", move |c| leaf_hashes(c, position, limit)).await
    }

    async fn remembered(&self, actor: &PersonId, key: &str) -> Result<Option<Remembered>, Fault> {
        self.read("look for an idempotency key", |c| requests::remembered(c, actor, key))
    }

    async fn forget_requests(&self, before: Timestamp) -> Result<u64, Fault> {
        self.write("forget idempotency keys", move |c| requests::forget(c, before)).await
    }

    async fn texts(&self, digests: &[TextDigest]) -> Result<BTreeMap<TextDigest, String>, Fault> {
        self.read("read texts", |c| texts(c, digests))
    }

    async fn salted_texts(&self, digests: &[TextDigest]) -> Result<Vec<Text>, Fault> {
        self.read("read texts", |c| salted_texts(c, digests))
    }

    async fn erase_text(&self, digest: &TextDigest) -> Result<bool, Fault> {
        let digest = *digest.0.as_bytes();
        let erase = move |c: &Connection| {
            connection::erasing(c, || c.prepare_cached(ERASE_TEXT)?.execute([digest]))
        };
        Ok(self.write("erase a text", erase).await? > 0)
    }
}
