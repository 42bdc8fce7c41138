//! Rows of settings.

use super::column::{At, Columns};
use crate::directory::Setting;
use crate::page::fetch;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

const PUT: &str = "INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by)
                   VALUES (?1, ?2, ?3, ?4)";
const ONE: &str = "SELECT key, value, updated_at, updated_by FROM settings WHERE key = ?1";
const LIST: &str = "SELECT key, value, updated_at, updated_by FROM settings
                    WHERE key > ?1 ORDER BY key LIMIT ?2";

pub(super) fn put(c: &Connection, setting: &Setting) -> Result<()> {
    let Setting { key, value, updated_at, updated_by } = setting;
    let values = params![key, value, At(*updated_at), updated_by.as_str()];
    c.prepare_cached(PUT)?.execute(values).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<Setting> {
    Ok(Setting {
        key: row.get(0)?,
        value: row.get(1)?,
        updated_at: row.at(2)?,
        updated_by: row.parsed(3)?,
    })
}

pub(super) fn one(c: &Connection, key: &str) -> Result<Option<Setting>> {
    c.prepare_cached(ONE)?.query_row([key], read).optional()
}

/// Settings by key, one more than `limit`.
pub(super) fn list(c: &Connection, after: &str, limit: u32) -> Result<Vec<Setting>> {
    c.prepare_cached(LIST)?.query_map(params![after, fetch(limit)], read)?.collect()
}
