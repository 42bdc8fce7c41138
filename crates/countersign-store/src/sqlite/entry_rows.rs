//! Rows of entries.

use super::column::{AFTER_ALL, At, Bytes32, Columns};
use crate::page::{EntryQuery, Which, fetch};
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::rows::EntryRow;
use countersign_core::stream::StreamId;
use countersign_core::text::Text;
use rusqlite::{Connection, Result, Row, params};
use std::collections::BTreeMap;

const PUT: &str = "INSERT INTO entries (kind, id, subject, model, title, text, state, owner, role,
                                        due, opened_at, closed_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                   ON CONFLICT (kind, id) DO UPDATE SET
                       subject = ?3, model = ?4, title = ?5, text = ?6, state = ?7, owner = ?8,
                       role = ?9, due = ?10, opened_at = ?11, closed_at = ?12";
const REMOVE: &str = "DELETE FROM entries WHERE kind = ?1 AND id = ?2";
const OF_SUBJECT: &str = "SELECT kind, id, subject, model, title, text, state, owner, role, due,
                                 opened_at, closed_at
                          FROM entries WHERE subject = ?1 ORDER BY kind, id";
const NEWEST: &str = "SELECT kind, id, subject, model, title, text, state, owner, role, due,
                             opened_at, closed_at
                      FROM entries
                      WHERE kind = ?1 AND (opened_at, id) < (?2, ?3)
                            AND (?4 IS NULL OR (closed_at IS NULL) = ?4)
                            AND (?5 IS NULL OR model = ?5)
                      ORDER BY opened_at DESC, id DESC LIMIT ?6";

fn read(row: &Row<'_>) -> Result<EntryRow> {
    let text: Option<Bytes32> = row.get(5)?;
    Ok(EntryRow {
        kind: row.parsed(0)?,
        id: row.get(1)?,
        subject: row.parsed(2)?,
        model: row.parsed_or_null(3)?,
        title: row.get(4)?,
        text: text.map(|bytes| Text::committed(TextDigest(Sha256::from(bytes)))),
        state: row.get(6)?,
        owner: row.parsed_or_null(7)?,
        role: row.parsed_or_null(8)?,
        due: row.at_or_null(9)?,
        opened_at: row.at(10)?,
        closed_at: row.at_or_null(11)?,
    })
}

/// The entries of one history.
pub(super) fn of_subject(c: &Connection, subject: &StreamId) -> Result<Vec<EntryRow>> {
    c.prepare_cached(OF_SUBJECT)?.query_map([subject.to_string()], read)?.collect()
}

/// Makes `wanted` the entries of a history. Rows that stay as they are are not written.
pub(super) fn replace(c: &Connection, subject: &StreamId, wanted: &[EntryRow]) -> Result<()> {
    let stored = of_subject(c, subject)?;
    if stored.is_empty() && wanted.is_empty() {
        return Ok(());
    }
    let key = |row: &EntryRow| (row.kind, row.id.clone());
    let stored: BTreeMap<_, _> = stored.iter().map(|row| (key(row), row)).collect();
    let wanted: BTreeMap<_, _> = wanted.iter().map(|row| (key(row), row)).collect();
    for (kind, id) in stored.keys().filter(|key| !wanted.contains_key(*key)) {
        c.prepare_cached(REMOVE)?.execute([kind.word(), id])?;
    }
    for (_, row) in wanted.iter().filter(|(key, row)| stored.get(*key) != Some(row)) {
        put(c, row)?;
    }
    Ok(())
}

fn put(c: &Connection, row: &EntryRow) -> Result<()> {
    c.prepare_cached(PUT)?.execute(params![
        row.kind.word(),
        row.id,
        row.subject.to_string(),
        row.model.as_ref().map(|model| model.as_str()),
        row.title,
        row.text.map(|text| text.digest().0.as_bytes().to_vec()),
        row.state,
        row.owner.as_ref().map(|owner| owner.as_str()),
        row.role.as_ref().map(|role| role.as_str()),
        row.due.map(At),
        At(row.opened_at),
        row.closed_at.map(At),
    ])?;
    Ok(())
}

/// One list, one more than the query's limit.
pub(super) fn newest(c: &Connection, query: &EntryQuery) -> Result<Vec<EntryRow>> {
    let (before, id) = match &query.after {
        Some(after) => (format!("{:.9}", after.opened_at), after.id.as_str()),
        None => (AFTER_ALL.to_owned(), AFTER_ALL),
    };
    let open = match query.which {
        Which::All => None,
        Which::Open => Some(1),
        Which::Closed => Some(0),
    };
    let model = query.model.as_ref().map(|model| model.as_str());
    let values = params![query.kind.word(), before, id, open, model, fetch(query.limit)];
    c.prepare_cached(NEWEST)?.query_map(values, read)?.collect()
}
