//! Rows of sessions and set-up links.

use super::column::{At, Columns};
use super::persons;
use crate::directory::{DirectoryError, Person, Session, SetupLink};
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result as Sql, Row, params};

const INSERT: &str = "INSERT INTO sessions (token, person, csrf, created_at, expires_at)
                      VALUES (?1, ?2, ?3, ?4, ?5)";
const EXISTS: &str = "SELECT 1 FROM sessions WHERE token = ?1";
const SIGNED_IN: &str = "SELECT s.token, s.person, s.csrf, s.created_at, s.expires_at,
            p.id, p.name, p.email, p.password_hash, p.created_at, p.disabled_at
     FROM sessions s JOIN people p ON p.id = s.person WHERE s.token = ?1";
const END: &str = "DELETE FROM sessions WHERE token = ?1";
const END_OF: &str = "DELETE FROM sessions WHERE person = ?1";
const FORGET_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at < ?1";
const FORGET_LINKS: &str = "DELETE FROM setup_links WHERE expires_at < ?1";
const INSERT_LINK: &str = "INSERT INTO setup_links (token, person, created_at, expires_at)
                           VALUES (?1, ?2, ?3, ?4)";
const LINK: &str = "SELECT token, person, created_at, expires_at FROM setup_links
                    WHERE token = ?1";
const TAKE_LINK: &str = "DELETE FROM setup_links WHERE token = ?1";

pub(super) fn add(c: &Connection, session: &Session) -> Sql<Result<(), DirectoryError>> {
    let Session { token, person, csrf, created_at, expires_at } = session;
    if c.prepare_cached(EXISTS)?.exists([token.as_bytes()])? {
        return Ok(Err(DirectoryError::Taken { what: "session", value: token.short() }));
    }
    if persons::by_id(c, person)?.is_none() {
        let value = person.to_string();
        return Ok(Err(DirectoryError::Unknown { what: "person", value }));
    }
    let values = params![token.as_bytes(), person.as_str(), csrf, At(*created_at), At(*expires_at)];
    c.prepare_cached(INSERT)?.execute(values)?;
    Ok(Ok(()))
}

fn read(row: &Row<'_>) -> Sql<(Session, Person)> {
    let session = Session {
        token: row.bytes32(0)?,
        person: row.parsed(1)?,
        csrf: row.get(2)?,
        created_at: row.at(3)?,
        expires_at: row.at(4)?,
    };
    Ok((session, persons::read_from(row, 5)?))
}

pub(super) fn signed_in(c: &Connection, token: &Sha256) -> Sql<Option<(Session, Person)>> {
    c.prepare_cached(SIGNED_IN)?.query_row([token.as_bytes()], read).optional()
}

pub(super) fn end(c: &Connection, token: &Sha256) -> Sql<bool> {
    c.prepare_cached(END)?.execute([token.as_bytes()]).map(|count| count > 0)
}

pub(super) fn end_of(c: &Connection, person: &PersonId) -> Sql<u64> {
    c.prepare_cached(END_OF)?.execute([person.as_str()]).map(|count| count as u64)
}

/// Removes sessions and set-up links that expired before this moment.
pub(super) fn forget_expired(c: &Connection, before: Timestamp) -> Sql<u64> {
    let sessions = c.prepare_cached(FORGET_SESSIONS)?.execute([At(before)])?;
    let links = c.prepare_cached(FORGET_LINKS)?.execute([At(before)])?;
    Ok((sessions + links) as u64)
}

pub(super) fn add_link(c: &Connection, link: &SetupLink) -> Sql<Result<(), DirectoryError>> {
    let SetupLink { token, person, created_at, expires_at } = link;
    if self::link(c, token)?.is_some() {
        return Ok(Err(DirectoryError::Taken { what: "set-up link", value: token.short() }));
    }
    let person = person.as_ref().map(PersonId::as_str);
    let values = params![token.as_bytes(), person, At(*created_at), At(*expires_at)];
    c.prepare_cached(INSERT_LINK)?.execute(values)?;
    Ok(Ok(()))
}

pub(super) fn link(c: &Connection, token: &Sha256) -> Sql<Option<SetupLink>> {
    let read = |row: &Row<'_>| {
        Ok(SetupLink {
            token: row.bytes32(0)?,
            person: row.parsed_or_null(1)?,
            created_at: row.at(2)?,
            expires_at: row.at(3)?,
        })
    };
    c.prepare_cached(LINK)?.query_row([token.as_bytes()], read).optional()
}

pub(super) fn take_link(c: &Connection, token: &Sha256) -> Sql<Option<SetupLink>> {
    let link = link(c, token)?;
    c.prepare_cached(TAKE_LINK)?.execute([token.as_bytes()])?;
    Ok(link)
}
