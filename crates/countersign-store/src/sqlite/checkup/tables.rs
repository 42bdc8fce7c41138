//! Texts against their digests, and remembered commands against their seals.

use crate::append::Remembered;
use crate::doctor::{Area, Report};
use crate::fault::chain;
use crate::sqlite::column::Columns;
use crate::sqlite::requests;
use countersign_core::digest::{Sha256, TextDigest};
use rusqlite::{Connection, Result, Row};

/// Every text, by digest. The doctor reads all of them.
const TEXTS: &str = "SELECT digest, salt, text FROM texts ORDER BY digest LIMIT -1";
const REQUESTS: &str = "SELECT actor, key, request, response, first_position, events, at, seal
                        FROM requests ORDER BY actor, key LIMIT -1";

pub(super) fn examine(connection: &Connection, report: &mut Report) {
    if let Err(error) = texts(connection, report) {
        report.add(Area::Texts, format!("the texts cannot be read: {}", chain(&error)));
    }
    if let Err(error) = remembered(connection, report) {
        let what = format!("the remembered commands cannot be read: {}", chain(&error));
        report.add(Area::Requests, what);
    }
}

fn texts(connection: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = connection.prepare(TEXTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let digest: Sha256 = row.bytes32(0)?;
        let (salt, text): ([u8; 16], String) = (row.get(1)?, row.get(2)?);
        report.texts += 1;
        if TextDigest::commit(&salt, &text).0 != digest {
            let what = format!("text `{digest}` is not the one that was committed to");
            report.add(Area::Texts, what);
        }
    }
    Ok(())
}

fn remembered(connection: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = connection.prepare(REQUESTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (actor, key): (String, String) = (row.get(0)?, row.get(1)?);
        if requests::seal(&actor, &key, &request(row)?) != row.bytes32(7)? {
            let what = format!("the command of `{actor}` with key `{key}` was changed");
            report.add(Area::Requests, what);
        }
    }
    Ok(())
}

fn request(row: &Row<'_>) -> Result<Remembered> {
    let (first, events): (u64, u64) = (row.get(4)?, row.get(5)?);
    Ok(Remembered {
        request: row.bytes32(2)?,
        response: row.get(3)?,
        positions: first..first.saturating_add(events),
        at: row.at(6)?,
    })
}
