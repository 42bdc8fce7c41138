//! Rows of webhook endpoints.

use super::column::{At, Columns, Json};
use crate::directory::WebhookEndpoint;
use crate::page::fetch;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

const PUT: &str = "INSERT OR REPLACE INTO webhook_endpoints
                       (name, url, headers, body_template, success_condition, secret,
                        allow_private, updated_at, updated_by, events)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
const ONE: &str = "SELECT name, url, headers, body_template, success_condition, secret,
                          allow_private, updated_at, updated_by, events
                   FROM webhook_endpoints WHERE name = ?1";
const LIST: &str = "SELECT name, url, headers, body_template, success_condition, secret,
                           allow_private, updated_at, updated_by, events
                    FROM webhook_endpoints WHERE name > ?1 ORDER BY name LIMIT ?2";
const REMOVE: &str = "DELETE FROM webhook_endpoints WHERE name = ?1";

pub(super) fn put(c: &Connection, endpoint: &WebhookEndpoint) -> Result<()> {
    c.prepare_cached(PUT)?.execute(params![
        endpoint.name,
        endpoint.url,
        Json(&endpoint.headers),
        endpoint.body_template,
        endpoint.success_condition,
        endpoint.secret,
        endpoint.allow_private,
        At(endpoint.updated_at),
        endpoint.updated_by.as_str(),
        Json(&endpoint.events),
    ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<WebhookEndpoint> {
    let (Json(headers), Json(events)) = (row.get(2)?, row.get(9)?);
    Ok(WebhookEndpoint {
        name: row.get(0)?,
        url: row.get(1)?,
        headers,
        body_template: row.get(3)?,
        success_condition: row.get(4)?,
        secret: row.get(5)?,
        allow_private: row.get(6)?,
        events,
        updated_at: row.at(7)?,
        updated_by: row.parsed(8)?,
    })
}

pub(super) fn one(c: &Connection, name: &str) -> Result<Option<WebhookEndpoint>> {
    c.prepare_cached(ONE)?.query_row([name], read).optional()
}

/// Endpoints by name, one more than `limit`.
pub(super) fn list(c: &Connection, after: &str, limit: u32) -> Result<Vec<WebhookEndpoint>> {
    c.prepare_cached(LIST)?.query_map(params![after, fetch(limit)], read)?.collect()
}

pub(super) fn remove(c: &Connection, name: &str) -> Result<bool> {
    c.prepare_cached(REMOVE)?.execute([name]).map(|count| count > 0)
}
