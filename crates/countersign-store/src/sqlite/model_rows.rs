//! Rows of models.

use super::column::{At, Columns, containing};
use crate::page::{ModelQuery, fetch};
use countersign_core::name::ModelName;
use countersign_core::rows::ModelRow;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

const PUT: &str = "INSERT INTO models (model, title, owner, tier, registered_at)
                   VALUES (?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT (model) DO UPDATE SET
                       title = ?2, owner = ?3, tier = ?4, registered_at = ?5";
const ONE: &str = "SELECT model, title, owner, tier, registered_at FROM models WHERE model = ?1";
const BY_NAME: &str = "SELECT model, title, owner, tier, registered_at FROM models
                       WHERE model > ?1
                         AND (?2 IS NULL OR model LIKE ?2 ESCAPE '\\' OR title LIKE ?2 ESCAPE '\\')
                       ORDER BY model LIMIT ?3";

pub(super) fn put(c: &Connection, row: &ModelRow) -> Result<()> {
    let (model, owner) = (row.model.as_str(), row.owner.as_str());
    let values = params![model, row.title, owner, row.tier.word(), At(row.registered_at)];
    c.prepare_cached(PUT)?.execute(values).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<ModelRow> {
    Ok(ModelRow {
        model: row.parsed(0)?,
        title: row.get(1)?,
        owner: row.parsed(2)?,
        tier: row.parsed(3)?,
        registered_at: row.at(4)?,
    })
}

pub(super) fn one(c: &Connection, model: &ModelName) -> Result<Option<ModelRow>> {
    c.prepare_cached(ONE)?.query_row([model.as_str()], read).optional()
}

/// Rows by name, one more than the query's limit.
pub(super) fn by_name(c: &Connection, query: &ModelQuery) -> Result<Vec<ModelRow>> {
    let after = query.after.as_ref().map_or("", ModelName::as_str);
    let text = query.text.as_deref().map(containing);
    let values = params![after, text, fetch(query.limit)];
    c.prepare_cached(BY_NAME)?.query_map(values, read)?.collect()
}
