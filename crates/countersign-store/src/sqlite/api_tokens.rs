//! Rows of API tokens.

use super::column::{At, Columns, Json};
use crate::directory::{ApiToken, DirectoryError};
use crate::page::fetch;
use countersign_core::digest::Sha256;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result as Sql, Row, params};

const INSERT: &str = "INSERT INTO api_tokens (id, token, name, holder, scopes, created_by,
                                              created_at, expires_at, last_used_at, revoked_at)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
const TAKEN: &str = "SELECT 1 FROM api_tokens WHERE id = ?1 OR token = ?2 LIMIT 1";
const BY_TOKEN: &str = "SELECT id, token, name, holder, scopes, created_by, created_at,
                               expires_at, last_used_at, revoked_at
                        FROM api_tokens WHERE token = ?1";
const LIST: &str = "SELECT id, token, name, holder, scopes, created_by, created_at, expires_at,
                           last_used_at, revoked_at
                    FROM api_tokens WHERE id > ?1 ORDER BY id LIMIT ?2";
const TOUCH: &str = "UPDATE api_tokens SET last_used_at = ?2 WHERE id = ?1";
const REVOKE: &str = "UPDATE api_tokens SET revoked_at = coalesce(revoked_at, ?2) WHERE id = ?1";

fn read(row: &Row<'_>) -> Sql<ApiToken> {
    let Json(scopes) = row.get(4)?;
    Ok(ApiToken {
        id: row.get(0)?,
        token: row.bytes32(1)?,
        name: row.get(2)?,
        holder: row.parsed(3)?,
        scopes,
        created_by: row.parsed(5)?,
        created_at: row.at(6)?,
        expires_at: row.at_or_null(7)?,
        last_used_at: row.at_or_null(8)?,
        revoked_at: row.at_or_null(9)?,
    })
}

pub(super) fn add(c: &Connection, token: &ApiToken) -> Sql<Result<(), DirectoryError>> {
    if c.prepare_cached(TAKEN)?.exists(params![token.id, token.token.as_bytes()])? {
        return Ok(Err(DirectoryError::Taken { what: "token", value: token.id.clone() }));
    }
    c.prepare_cached(INSERT)?.execute(params![
        token.id,
        token.token.as_bytes(),
        token.name,
        token.holder.as_str(),
        Json(&token.scopes),
        token.created_by.as_str(),
        At(token.created_at),
        token.expires_at.map(At),
        token.last_used_at.map(At),
        token.revoked_at.map(At),
    ])?;
    Ok(Ok(()))
}

pub(super) fn by_token(c: &Connection, token: &Sha256) -> Sql<Option<ApiToken>> {
    c.prepare_cached(BY_TOKEN)?.query_row([token.as_bytes()], read).optional()
}

/// Tokens by id, one more than `limit`.
pub(super) fn list(c: &Connection, after: &str, limit: u32) -> Sql<Vec<ApiToken>> {
    c.prepare_cached(LIST)?.query_map(params![after, fetch(limit)], read)?.collect()
}

pub(super) fn touch(c: &Connection, id: &str, at: Timestamp) -> Sql<bool> {
    c.prepare_cached(TOUCH)?.execute(params![id, At(at)]).map(|count| count > 0)
}

pub(super) fn revoke(c: &Connection, id: &str, at: Timestamp) -> Sql<bool> {
    c.prepare_cached(REVOKE)?.execute(params![id, At(at)]).map(|count| count > 0)
}
