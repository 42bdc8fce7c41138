//! Rows of dispatches: notices on their way by e-mail and webhook.

use super::column::{At, Columns};
use crate::notice::{Channel, Dispatch, Dispatched};
use crate::outbox::{DeliveryStatus, Retry};
use crate::page::{MAX_PAGE, fetch};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params};

const INSERT: &str = "INSERT INTO dispatches (id, notice, channel, recipient, created_at, next_at,
                                              status, attempts)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'due', 0)
                      ON CONFLICT (id) DO NOTHING";
const DUE: &str = "SELECT id, notice, channel, recipient, created_at, next_at, status, attempts,
                          last_error, attempted_at
                   FROM dispatches WHERE status = 'due' AND next_at <= ?1
                   ORDER BY next_at, id LIMIT ?2";
const TAKE: &str = "UPDATE dispatches SET next_at = ?3
                    WHERE id = ?1 AND status = 'due' AND next_at = ?2";
const DONE: &str =
    "UPDATE dispatches SET status = 'done', attempts = attempts + 1, attempted_at = ?2
                    WHERE id = ?1 AND status = 'due'";
const RETRY: &str = "UPDATE dispatches SET attempts = ?2, attempted_at = ?3, next_at = ?4,
                                           last_error = ?5
                     WHERE id = ?1 AND status = 'due'";
const DEAD: &str = "UPDATE dispatches SET status = 'dead', attempts = attempts + 1,
                                          attempted_at = ?2, last_error = ?3
                    WHERE id = ?1 AND status = 'due'";
const GIVEN_UP: &str =
    "SELECT id, notice, channel, recipient, created_at, next_at, status, attempts,
                               last_error, attempted_at
                        FROM dispatches WHERE status = 'dead' AND id > ?1 ORDER BY id LIMIT ?2";

fn read(row: &Row<'_>) -> Result<Dispatched> {
    let word: String = row.get(2)?;
    let channel = match word.as_str() {
        "email" => Channel::Email(row.parsed(3)?),
        _webhook => Channel::Webhook(row.get(3)?),
    };
    let dispatch = Dispatch {
        id: row.get(0)?,
        notice: row.get(1)?,
        channel,
        created_at: row.at(4)?,
        next_at: row.at(5)?,
    };
    Ok(Dispatched {
        dispatch,
        status: row.parsed::<DeliveryStatus>(6)?,
        attempts: row.get(7)?,
        last_error: row.get(8)?,
        attempted_at: row.at_or_null(9)?,
    })
}

pub(super) fn insert(c: &Connection, dispatch: &Dispatch) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![
        dispatch.id,
        dispatch.notice,
        dispatch.channel.word(),
        dispatch.channel.recipient(),
        At(dispatch.created_at),
        At(dispatch.next_at),
    ])?;
    Ok(())
}

pub(super) fn due(c: &Connection, now: Timestamp, limit: u32) -> Result<Vec<Dispatched>> {
    let limit = limit.clamp(1, MAX_PAGE);
    c.prepare_cached(DUE)?.query_map(params![At(now), limit], read)?.collect()
}

pub(super) fn take(c: &Connection, dispatch: &Dispatch, until: Timestamp) -> Result<usize> {
    let values = params![dispatch.id, At(dispatch.next_at), At(until)];
    c.prepare_cached(TAKE)?.execute(values)
}

pub(super) fn done(c: &Connection, id: &str, at: Timestamp) -> Result<usize> {
    c.prepare_cached(DONE)?.execute(params![id, At(at)])
}

pub(super) fn retry(c: &Connection, id: &str, retry: &Retry) -> Result<usize> {
    let Retry { at, next_at, attempt, error } = retry;
    c.prepare_cached(RETRY)?.execute(params![id, attempt, At(*at), At(*next_at), error])
}

pub(super) fn dead(c: &Connection, id: &str, error: &str, at: Timestamp) -> Result<usize> {
    c.prepare_cached(DEAD)?.execute(params![id, At(at), error])
}

/// Those given up, one more than `limit`.
pub(super) fn given_up(c: &Connection, after: &str, limit: u32) -> Result<Vec<Dispatched>> {
    c.prepare_cached(GIVEN_UP)?.query_map(params![after, fetch(limit)], read)?.collect()
}
