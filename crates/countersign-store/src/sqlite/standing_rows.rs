//! Rows of standings: what every verdict reads.

use super::column::{At, Columns};
use crate::page::{StandingKey, fetch};
use countersign_core::digest::Sha256;
use countersign_core::name::{EnvironmentName, ReleaseId};
use countersign_core::rows::{Basis, Lapse, Standing, StandingRow};
use countersign_core::schedule::Schedule;
use rusqlite::{Connection, Result, Row, params};
use std::collections::BTreeMap;

const OF_DIGEST: &str =
    "SELECT release, denied, since, until, until_code, lease_minutes, digest, environment, basis,
            deployed, not_before, not_after
     FROM standings WHERE digest = ?1 ORDER BY environment, release";
const OF_RELEASE: &str =
    "SELECT release, denied, since, until, until_code, lease_minutes, digest, environment, basis,
            deployed, not_before, not_after
     FROM standings WHERE release = ?1 ORDER BY digest, environment";
const ALL: &str =
    "SELECT release, denied, since, until, until_code, lease_minutes, digest, environment, basis,
            deployed, not_before, not_after
     FROM standings WHERE (digest, environment, release) > (?1, ?2, ?3)
     ORDER BY digest, environment, release LIMIT ?4";
const PUT: &str = "INSERT INTO standings (digest, environment, release, denied, since, until,
                                          until_code, lease_minutes, basis, deployed,
                                          not_before, not_after)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                   ON CONFLICT (digest, environment, release) DO UPDATE SET
                       denied = ?4, since = ?5, until = ?6, until_code = ?7, lease_minutes = ?8,
                       basis = ?9, deployed = ?10, not_before = ?11, not_after = ?12";
const REMOVE: &str = "DELETE FROM standings
                      WHERE digest = ?1 AND environment = ?2 AND release = ?3";

fn standing(row: &Row<'_>) -> Result<Standing> {
    if let Some(state) = row.get(1)? {
        return Ok(Standing::Denied { state });
    }
    let until = match row.at_or_null(3)? {
        Some(at) => Some(Lapse { at, code: row.get(4)? }),
        None => None,
    };
    let basis: Option<String> = row.get(8)?;
    let basis = basis.map_or(Basis::Approval, |_| Basis::VerbalAuthority);
    Ok(Standing::Allowed {
        since: row.at(2)?,
        until,
        lease_minutes: row.get(5)?,
        basis,
        deployed: row.get(9)?,
        schedule: Schedule { not_before: row.at_or_null(10)?, not_after: row.at_or_null(11)? },
    })
}

fn read(row: &Row<'_>) -> Result<StandingRow> {
    Ok(StandingRow {
        digest: row.bytes32(6)?,
        environment: row.parsed(7)?,
        release: row.parsed(0)?,
        standing: standing(row)?,
    })
}

/// All that is known about a digest, in whatever environment.
pub(super) fn of_digest(c: &Connection, digest: &Sha256) -> Result<Vec<StandingRow>> {
    c.prepare_cached(OF_DIGEST)?.query_map(params![digest.as_bytes()], read)?.collect()
}

/// The standings of one release, by digest and environment.
pub(super) fn of_release(c: &Connection, release: &ReleaseId) -> Result<Vec<StandingRow>> {
    c.prepare_cached(OF_RELEASE)?.query_map([release.as_str()], read)?.collect()
}

/// Standings by key, one more than `limit`.
pub(super) fn all(
    c: &Connection,
    after: Option<&StandingKey>,
    limit: u32,
) -> Result<Vec<StandingRow>> {
    let (digest, environment, release) = match after {
        Some(key) => (&key.digest.as_bytes()[..], key.environment.as_str(), key.release.as_str()),
        None => (&[][..], "", ""),
    };
    let values = params![digest, environment, release, fetch(limit)];
    c.prepare_cached(ALL)?.query_map(values, read)?.collect()
}

/// Makes `wanted` the standings of a release. Rows that stay as they are are not written.
pub(super) fn replace(c: &Connection, release: &ReleaseId, wanted: &[StandingRow]) -> Result<()> {
    let stored = of_release(c, release)?;
    let stored: BTreeMap<_, _> = stored.iter().map(|row| (key(row), &row.standing)).collect();
    let wanted: BTreeMap<_, _> = wanted.iter().map(|row| (key(row), &row.standing)).collect();
    for (digest, environment) in stored.keys().filter(|key| !wanted.contains_key(*key)) {
        let values = params![digest.as_bytes(), environment.as_str(), release.as_str()];
        c.prepare_cached(REMOVE)?.execute(values)?;
    }
    for (key, standing) in wanted.iter().filter(|(key, row)| stored.get(*key) != Some(row)) {
        put(c, release, *key, standing)?;
    }
    Ok(())
}

fn key(row: &StandingRow) -> (&Sha256, &EnvironmentName) {
    (&row.digest, &row.environment)
}

fn put(
    c: &Connection,
    release: &ReleaseId,
    (digest, environment): (&Sha256, &EnvironmentName),
    standing: &Standing,
) -> Result<()> {
    let key = (digest.as_bytes(), environment.as_str(), release.as_str());
    match standing {
        Standing::Denied { state } => {
            let none = (None::<At>, None::<String>, None::<u32>);
            c.prepare_cached(PUT)?.execute(params![
                key.0, key.1, key.2, state, none.0, none.0, none.1, none.2, none.1, false, none.0,
                none.0,
            ])?;
        }
        Standing::Allowed { since, until, lease_minutes, basis, schedule, deployed } => {
            c.prepare_cached(PUT)?.execute(params![
                key.0,
                key.1,
                key.2,
                None::<String>,
                At(*since),
                until.as_ref().map(|lapse| At(lapse.at)),
                until.as_ref().map(|lapse| &lapse.code),
                lease_minutes,
                (*basis != Basis::Approval).then(|| basis.word()),
                deployed,
                schedule.not_before.map(At),
                schedule.not_after.map(At),
            ])?;
        }
    }
    Ok(())
}
