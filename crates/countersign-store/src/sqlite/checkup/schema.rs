//! The schema, compared with the one the migrations make: a trigger that was dropped no longer
//! protects anything, and nothing else would say so.

use crate::doctor::{Area, Report};
use crate::fault::chain;
use crate::sqlite::migrations;
use rusqlite::{Connection, Result};
use std::collections::BTreeMap;

const SCHEMA: &str = "SELECT type, name, coalesce(sql, '') FROM sqlite_schema
                      WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name LIMIT 1000";

type Parts = BTreeMap<(String, String), String>;

pub(super) fn examine(connection: &Connection, report: &mut Report) {
    let compared = parts(connection).and_then(|found| Ok((found, expected(connection)?)));
    let (found, expected) = match compared {
        Ok(both) => both,
        Err(error) => {
            let what = format!("the schema cannot be read: {}", chain(&error));
            return report.add(Area::Schema, what);
        }
    };
    for ((kind, name), sql) in &expected {
        match found.get(&(kind.clone(), name.clone())) {
            None => report.add(Area::Schema, format!("{kind} `{name}` is missing")),
            Some(other) if other != sql => {
                report.add(Area::Schema, format!("{kind} `{name}` was changed"));
            }
            Some(_) => {}
        }
    }
    for (kind, name) in found.keys().filter(|part| !expected.contains_key(*part)) {
        report.add(Area::Schema, format!("{kind} `{name}` does not belong here"));
    }
}

/// What the migrations up to the database's version make of an empty database.
fn expected(connection: &Connection) -> Result<Parts> {
    let fresh = Connection::open_in_memory()?;
    migrations::bring_to(&fresh, migrations::version(connection)?)?;
    parts(&fresh)
}

fn parts(connection: &Connection) -> Result<Parts> {
    let mut statement = connection.prepare(SCHEMA)?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    rows.collect()
}
