//! Rows of notices, and of who has read them.

use super::column::{AFTER_ALL, At, Columns, Json};
use crate::notice::{KeptNotice, ListedNotice, NoticeQuery, ReadOrNot};
use crate::page::{MAX_PAGE, fetch};
use countersign_core::name::PersonId;
use countersign_core::notice::{Addressee, Notice};
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, params};
use std::collections::BTreeSet;

const KEEP: &str =
    "INSERT INTO notices (id, subject, task, kind, level, round, title, person, role,
                                         due, at, sent_at)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL)
                    ON CONFLICT (id) DO NOTHING";
const KNOWN: &str = "SELECT 1 FROM notices WHERE id = ?1";
const ONE: &str = "SELECT subject, task, kind, level, round, title, person, role, due, at
                   FROM notices WHERE id = ?1";
const UNSENT: &str = "SELECT subject, task, kind, level, round, title, person, role, due, at
                      FROM notices WHERE sent_at IS NULL ORDER BY at, id LIMIT ?1";
const SENT: &str = "UPDATE notices SET sent_at = ?2 WHERE id = ?1 AND sent_at IS NULL";
const NEWEST: &str =
    "SELECT n.subject, n.task, n.kind, n.level, n.round, n.title, n.person, n.role,
                             n.due, n.at, r.at
                      FROM notices AS n
                           LEFT JOIN notices_read AS r ON r.person = ?1 AND r.notice = n.id
                      WHERE (n.person = ?1 OR n.role IN (SELECT value FROM json_each(?2)))
                            AND (n.at, n.id) < (?3, ?4) AND (?5 = 0 OR r.at IS NULL)
                      ORDER BY n.at DESC, n.id DESC LIMIT ?6";
const READ: &str = "INSERT INTO notices_read (person, notice, at)
                    SELECT ?1, id, ?3 FROM notices WHERE id = ?2
                    ON CONFLICT (person, notice) DO NOTHING";

fn read(row: &Row<'_>) -> Result<KeptNotice> {
    let to = match (row.parsed_or_null(6)?, row.parsed_or_null(7)?) {
        (Some(person), _) => Addressee::Person(person),
        (None, Some(role)) => Addressee::Role(role),
        (None, None) => return Err(Error::InvalidColumnType(6, "person".to_owned(), Type::Null)),
    };
    let notice = Notice {
        subject: row.parsed(0)?,
        task: row.get(1)?,
        kind: row.parsed(2)?,
        level: row.get(3)?,
        round: row.get(4)?,
        title: row.get(5)?,
        to,
        due: row.at_or_null(8)?,
    };
    Ok(KeptNotice { notice, at: row.at(9)? })
}

/// Keeps a notice; `false` when it was kept before.
pub(super) fn keep(c: &Connection, kept: &KeptNotice) -> Result<bool> {
    let notice = &kept.notice;
    let (person, role) = match &notice.to {
        Addressee::Person(person) => (Some(person.as_str()), None),
        Addressee::Role(role) => (None, Some(role.as_str())),
    };
    let written = c.prepare_cached(KEEP)?.execute(params![
        notice.id(),
        notice.subject.to_string(),
        notice.task,
        notice.kind.word(),
        notice.level,
        notice.round,
        notice.title,
        person,
        role,
        notice.due.map(At),
        At(kept.at),
    ])?;
    Ok(written > 0)
}

pub(super) fn known(c: &Connection, ids: &[String]) -> Result<BTreeSet<String>> {
    let mut statement = c.prepare_cached(KNOWN)?;
    let mut known = BTreeSet::new();
    for id in ids {
        if statement.exists([id])? {
            known.insert(id.clone());
        }
    }
    Ok(known)
}

pub(super) fn one(c: &Connection, id: &str) -> Result<Option<KeptNotice>> {
    c.prepare_cached(ONE)?.query_row([id], read).optional()
}

/// One list, one more than the query's limit.
pub(super) fn newest(c: &Connection, query: &NoticeQuery) -> Result<Vec<ListedNotice>> {
    let (before, id) = match &query.after {
        Some(after) => (format!("{:.9}", after.at), after.id.as_str()),
        None => (AFTER_ALL.to_owned(), AFTER_ALL),
    };
    let roles: Vec<&str> = query.roles.iter().map(|role| role.as_str()).collect();
    let unread = u8::from(query.which == ReadOrNot::Unread);
    let person = query.person.as_str();
    let values = params![person, Json(roles), before, id, unread, fetch(query.limit)];
    let listed =
        |row: &Row<'_>| Ok(ListedNotice { kept: read(row)?, read_at: row.at_or_null(10)? });
    c.prepare_cached(NEWEST)?.query_map(values, listed)?.collect()
}

/// Marks notices as read; says how many were not.
pub(super) fn mark(
    c: &Connection,
    person: &PersonId,
    ids: &[String],
    at: Timestamp,
) -> Result<u64> {
    let mut statement = c.prepare_cached(READ)?;
    let mut marked = 0;
    for id in ids {
        marked += statement.execute(params![person.as_str(), id, At(at)])? as u64;
    }
    Ok(marked)
}

pub(super) fn unsent(c: &Connection, limit: u32) -> Result<Vec<KeptNotice>> {
    let limit = limit.clamp(1, MAX_PAGE);
    c.prepare_cached(UNSENT)?.query_map([limit], read)?.collect()
}

/// Marks a notice as sent; `false` when it was sent before.
pub(super) fn sent(c: &Connection, id: &str, at: Timestamp) -> Result<bool> {
    c.prepare_cached(SENT)?.execute(params![id, At(at)]).map(|changed| changed > 0)
}
