//! Commands already carried out, by idempotency key.

use super::column::{At, Columns};
use crate::append::{Idempotency, Remembered};
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::ops::Range;

const REMEMBERED: &str = "SELECT request, response, first_position, events, at FROM requests
                          WHERE actor = ?1 AND key = ?2";
const REMEMBER: &str = "INSERT INTO requests
                            (actor, key, request, response, first_position, events, at, seal)
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const FORGET: &str = "DELETE FROM requests WHERE at < ?1";

pub(super) fn remembered(
    connection: &Connection,
    actor: &PersonId,
    key: &str,
) -> Result<Option<Remembered>> {
    let read = |row: &rusqlite::Row<'_>| {
        let (first, events): (u64, u64) = (row.get(2)?, row.get(3)?);
        Ok(Remembered {
            request: row.bytes32(0)?,
            response: row.get(1)?,
            positions: first..first.saturating_add(events),
            at: row.at(4)?,
        })
    };
    connection.prepare_cached(REMEMBERED)?.query_row([actor.as_str(), key], read).optional()
}

pub(super) fn remember(
    connection: &Connection,
    request: &Idempotency,
    positions: &Range<u64>,
) -> Result<()> {
    let Idempotency { actor, key, request: digest, response, at } = request;
    let events = positions.end - positions.start;
    let remembered = Remembered {
        request: *digest,
        response: response.clone(),
        positions: positions.clone(),
        at: *at,
    };
    let seal = seal(actor.as_str(), key, &remembered);
    connection.prepare_cached(REMEMBER)?.execute(params![
        actor.as_str(),
        key,
        digest.as_bytes(),
        response,
        positions.start,
        events,
        At(*at),
        seal.as_bytes(),
    ])?;
    Ok(())
}

pub(super) fn forget(connection: &Connection, before: Timestamp) -> Result<u64> {
    connection.prepare_cached(FORGET)?.execute([At(before)]).map(|count| count as u64)
}

/// A digest over the whole row: nothing else in the database repeats what was answered.
pub(super) fn seal(actor: &str, key: &str, row: &Remembered) -> Sha256 {
    let Remembered { request, response, positions, at } = row;
    let head = format!("{actor}\n{key}\n{request}\n{positions:?}\n{at:.9}\n{}\n", response.len());
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(response);
    Sha256::of(&bytes)
}
