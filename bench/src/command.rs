//! W2: durable commands over HTTP, against SQLite alone and against the disk's flush.

use crate::Bench;
use crate::arguments::Part;
use crate::failure::Failure;
use crate::figure::{Row, Unit};
use crate::installation::Installation;
use crate::load::{Load, best};
use crate::server::Server;
use crate::{flush, grouped};

/// What a request for a release stores: an event of about 600 bytes, and as much again in its
/// text and its rows.
const BYTES: usize = 1_200;

/// Measures with one client and with 64.
pub fn measure(
    bench: &Bench<'_>,
    installation: &Installation,
    rows: &mut Vec<Row>,
) -> Result<(), Failure> {
    let requests = [installation.release_request()];
    let product = Server::product(&bench.program.path, &installation.folder)?;
    let (time, releases) = (bench.arguments.round(), installation.releases());
    let mut flushes = Vec::new();
    for clients in [1, 64] {
        let (mut limits, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..bench.arguments.rounds() {
            flushes.push(flush::rate(bench.scratch, time / 4)?);
            limits.push(grouped::rate(bench.scratch, BYTES, clients, time)?);
            let load = Load {
                address: product.address,
                connections: clients,
                requests: &requests,
                expected: br#"{"release":"r-"#,
                time,
            };
            ours.push(load.run()?);
        }
        let limit = limits.into_iter().fold(0.0, f64::max);
        let Some(ours) = best(ours) else { continue };
        let what = format!("durable commands, {releases} releases, {clients} clients");
        let (p50, p99) = (ours.p50.as_secs_f64() * 1e3, ours.p99.as_secs_f64() * 1e3);
        let mut row = Row::new(Part::W2, what, Unit::PerSecond, ours.rate).limit(limit);
        row = row.note(format!("p50 {p50:.2} ms, p99 {p99:.2} ms; limit: SQLite alone"));
        rows.push(if clients == 64 { row.target(8_000.0) } else { row });
    }
    let flushes = flushes.into_iter().fold(0.0, f64::max);
    let what = "flushes of one page (the disk alone)";
    rows.push(Row::new(Part::W2, what, Unit::PerSecond, flushes));
    Ok(())
}
