//! Rows of standings: what every verdict reads.

use super::column::{At, Columns};
use crate::page::{StandingKey, fetch};
use countersign_core::digest::Sha256;
use countersign_core::name::{EnvironmentName, ReleaseId};
use countersign_core::rows::{Basis, Lapse, Standing, StandingRow};
use rusqlite::{Connection, Result, Row, params};
use std::collections::BTreeMap;

const OF_DIGEST: &str =
    "SELECT release, denied, since, until, until_code, lease_minutes, digest, environment, basis
     FROM standings WHERE digest = ?1 ORDER BY environment, release";
const OF_RELEASE: &str =
    "SELECT release, denied, since, until, until_code, lease_minutes, digest, environment, basis
     FROM standings WHERE release = ?1 ORDER BY digest, environment";
const ALL: &str =
    "SELECT release, denied, since, until, until_code, lease_minutes, digest, environment, basis
     FROM standings WHERE (digest, environment, release) > (?1, ?2, ?3)
     ORDER BY digest, environment, release LIMIT ?4";
const PUT: &str = "INSERT INTO standings (digest, environment, release, denied, since, until,
                                          until_code, lease_minutes, basis)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                   ON CONFLICT (digest, environment, release) DO UPDATE SET
                       denied = ?4, since = ?5, until = ?6, until_code = ?7, lease_minutes = ?8,
                       basis = ?9";
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
    Ok(Standing::Allowed { since: row.at(2)?, until, lease_minutes: row.get(5)?, basis })
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
    let (denied, since, until, lease, basis) = match standing {
        Standing::Denied { state } => (Some(state), None, None, None, None),
        Standing::Allowed { since, until, lease_minutes, basis } => {
            let less = (*basis != Basis::Approval).then(|| basis.word());
            (None, Some(At(*since)), until.as_ref(), Some(lease_minutes), less)
        }
    };
    c.prepare_cached(PUT)?.execute(params![
        digest.as_bytes(),
        environment.as_str(),
        release.as_str(),
        denied,
        since,
        until.map(|lapse| At(lapse.at)),
        until.map(|lapse| &lapse.code),
        lease,
        basis,
    ])?;
    Ok(())
}
