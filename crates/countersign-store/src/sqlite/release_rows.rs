//! Rows of releases.

use super::column::{AFTER_ALL, At, Columns, containing};
use crate::page::{ReleaseQuery, fetch};
use countersign_core::name::ReleaseId;
use countersign_core::rows::ReleaseRow;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use std::collections::BTreeMap;

const PUT: &str = "INSERT INTO releases (release, model, title, state, change, tier, requested_by,
                                         requested_at, updated_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                   ON CONFLICT (release) DO UPDATE SET
                       model = ?2, title = ?3, state = ?4, change = ?5, tier = ?6,
                       requested_by = ?7, requested_at = ?8, updated_at = ?9";
const ONE: &str = "SELECT release, model, title, state, change, tier, requested_by, requested_at,
                          updated_at
                   FROM releases WHERE release = ?1";
const ALL: &str = "SELECT release, model, title, state, change, tier, requested_by, requested_at,
                          updated_at
                   FROM releases WHERE release > ?1 ORDER BY release LIMIT ?2";
const NEWEST: &str = "SELECT release, model, title, state, change, tier, requested_by,
                             requested_at, updated_at
                      FROM releases
                      WHERE (requested_at, release) < (?1, ?2)
                        AND (?3 IS NULL OR title LIKE ?3 ESCAPE '\\' OR model LIKE ?3 ESCAPE '\\'
                             OR release LIKE ?3 ESCAPE '\\')
                      ORDER BY requested_at DESC, release DESC LIMIT ?4";
const NEWEST_IN_STATE: &str =
    "SELECT release, model, title, state, change, tier, requested_by, requested_at, updated_at
     FROM releases
     WHERE state = ?5 AND (requested_at, release) < (?1, ?2)
       AND (?3 IS NULL OR title LIKE ?3 ESCAPE '\\' OR model LIKE ?3 ESCAPE '\\'
            OR release LIKE ?3 ESCAPE '\\')
     ORDER BY requested_at DESC, release DESC LIMIT ?4";
const NEWEST_OF_MODEL: &str =
    "SELECT release, model, title, state, change, tier, requested_by, requested_at, updated_at
     FROM releases
     WHERE model = ?5 AND (requested_at, release) < (?1, ?2)
       AND (?3 IS NULL OR title LIKE ?3 ESCAPE '\\' OR release LIKE ?3 ESCAPE '\\'
            OR model LIKE ?3 ESCAPE '\\')
       AND (?6 IS NULL OR state = ?6)
     ORDER BY requested_at DESC, release DESC LIMIT ?4";
const BY_STATE: &str = "SELECT state, count(*) FROM releases GROUP BY state LIMIT 1000";

pub(super) fn put(c: &Connection, row: &ReleaseRow) -> Result<()> {
    c.prepare_cached(PUT)?.execute(params![
        row.release.as_str(),
        row.model.as_str(),
        row.title,
        row.state,
        row.change.word(),
        row.tier.word(),
        row.requested_by.as_str(),
        At(row.requested_at),
        At(row.updated_at),
    ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ReleaseRow> {
    Ok(ReleaseRow {
        release: row.parsed(0)?,
        model: row.parsed(1)?,
        title: row.get(2)?,
        state: row.get(3)?,
        change: row.parsed(4)?,
        tier: row.parsed(5)?,
        requested_by: row.parsed(6)?,
        requested_at: row.at(7)?,
        updated_at: row.at(8)?,
    })
}

pub(super) fn one(c: &Connection, release: &ReleaseId) -> Result<Option<ReleaseRow>> {
    c.prepare_cached(ONE)?.query_row([release.as_str()], read).optional()
}

/// Rows by id, one more than `limit`.
pub(super) fn all(c: &Connection, after: &str, limit: u32) -> Result<Vec<ReleaseRow>> {
    c.prepare_cached(ALL)?.query_map(params![after, fetch(limit)], read)?.collect()
}

/// Rows by age, one more than the query's limit. The narrower of model and state chooses the
/// index.
pub(super) fn newest(c: &Connection, query: &ReleaseQuery) -> Result<Vec<ReleaseRow>> {
    let (before, release) = match &query.after {
        Some(after) => (format!("{:.9}", after.requested_at), after.release.as_str()),
        None => (AFTER_ALL.to_owned(), AFTER_ALL),
    };
    let text = query.text.as_deref().map(containing);
    let count = fetch(query.limit);
    match (&query.model, &query.state) {
        (Some(model), state) => {
            let values = params![before, release, text, count, model.as_str(), state];
            c.prepare_cached(NEWEST_OF_MODEL)?.query_map(values, read)?.collect()
        }
        (None, Some(state)) => {
            let values = params![before, release, text, count, state];
            c.prepare_cached(NEWEST_IN_STATE)?.query_map(values, read)?.collect()
        }
        (None, None) => {
            let values = params![before, release, text, count];
            c.prepare_cached(NEWEST)?.query_map(values, read)?.collect()
        }
    }
}

pub(super) fn by_state(c: &Connection) -> Result<BTreeMap<String, u64>> {
    c.prepare_cached(BY_STATE)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
