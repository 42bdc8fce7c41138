//! Rows of people.

use super::column::{At, Columns};
use crate::directory::{DirectoryError, Person, email_key};
use crate::page::fetch;
use countersign_core::name::PersonId;
use rusqlite::{Connection, OptionalExtension, Result as Sql, Row, params};

const INSERT: &str = "INSERT INTO people (id, name, email, email_key, password_hash, created_at,
                                          disabled_at)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const UPDATE: &str = "UPDATE people SET name = ?2, email = ?3, email_key = ?4, password_hash = ?5,
                                        disabled_at = ?6
                      WHERE id = ?1";
const BY_ID: &str = "SELECT id, name, email, password_hash, created_at, disabled_at
                     FROM people WHERE id = ?1";
const BY_EMAIL: &str = "SELECT id, name, email, password_hash, created_at, disabled_at
                        FROM people WHERE email_key = ?1";
const LIST: &str = "SELECT id, name, email, password_hash, created_at, disabled_at
                    FROM people WHERE id > ?1 ORDER BY id LIMIT ?2";
const FORGET: &str = "DELETE FROM people WHERE id = ?1";
const FORGET_SESSIONS: &str = "DELETE FROM sessions WHERE person = ?1";
const FORGET_LINKS: &str = "DELETE FROM setup_links WHERE person = ?1";
const FORGET_READ: &str = "DELETE FROM notices_read WHERE person = ?1";
const FORGET_MAIL: &str = "DELETE FROM dispatches WHERE channel = 'email' AND recipient = ?1";

/// Reads a person from six columns, the first of them at `from`.
pub(super) fn read_from(row: &Row<'_>, from: usize) -> Sql<Person> {
    Ok(Person {
        id: row.parsed(from)?,
        name: row.get(from + 1)?,
        email: row.get(from + 2)?,
        password_hash: row.get(from + 3)?,
        created_at: row.at(from + 4)?,
        disabled_at: row.at_or_null(from + 5)?,
    })
}

fn read(row: &Row<'_>) -> Sql<Person> {
    read_from(row, 0)
}

pub(super) fn add(c: &Connection, person: &Person) -> Sql<Result<(), DirectoryError>> {
    if by_id(c, &person.id)?.is_some() {
        let value = person.id.to_string();
        return Ok(Err(DirectoryError::Taken { what: "person", value }));
    }
    if let Some(taken) = email_taken(c, person)? {
        return Ok(Err(taken));
    }
    let Person { id, name, email, password_hash, created_at, disabled_at } = person;
    c.prepare_cached(INSERT)?.execute(params![
        id.as_str(),
        name,
        email,
        email_key(email),
        password_hash,
        At(*created_at),
        disabled_at.map(At),
    ])?;
    Ok(Ok(()))
}

pub(super) fn update(c: &Connection, person: &Person) -> Sql<Result<(), DirectoryError>> {
    if let Some(taken) = email_taken(c, person)? {
        return Ok(Err(taken));
    }
    let Person { id, name, email, password_hash, disabled_at, .. } = person;
    let disabled_at = disabled_at.map(At);
    let values = params![id.as_str(), name, email, email_key(email), password_hash, disabled_at];
    let changed = c.prepare_cached(UPDATE)?.execute(values)?;
    let unknown = || DirectoryError::Unknown { what: "person", value: id.to_string() };
    Ok(if changed > 0 { Ok(()) } else { Err(unknown()) })
}

fn email_taken(c: &Connection, person: &Person) -> Sql<Option<DirectoryError>> {
    let other = by_email(c, &person.email)?.filter(|other| other.id != person.id);
    let taken = |_| DirectoryError::Taken { what: "email address", value: person.email.clone() };
    Ok(other.map(taken))
}

pub(super) fn by_id(c: &Connection, id: &PersonId) -> Sql<Option<Person>> {
    c.prepare_cached(BY_ID)?.query_row([id.as_str()], read).optional()
}

pub(super) fn by_email(c: &Connection, email: &str) -> Sql<Option<Person>> {
    c.prepare_cached(BY_EMAIL)?.query_row([email_key(email)], read).optional()
}

/// People by id, one more than `limit`.
pub(super) fn list(c: &Connection, after: &str, limit: u32) -> Sql<Vec<Person>> {
    c.prepare_cached(LIST)?.query_map(params![after, fetch(limit)], read)?.collect()
}

/// Removes a person, and overwrites the row's bytes in the file.
pub(super) fn forget(c: &Connection, id: &PersonId) -> Sql<bool> {
    super::connection::erasing(c, || {
        c.prepare_cached(FORGET_SESSIONS)?.execute([id.as_str()])?;
        c.prepare_cached(FORGET_LINKS)?.execute([id.as_str()])?;
        c.prepare_cached(FORGET_READ)?.execute([id.as_str()])?;
        c.prepare_cached(FORGET_MAIL)?.execute([id.as_str()])?;
        c.prepare_cached(FORGET)?.execute([id.as_str()]).map(|count| count > 0)
    })
}
