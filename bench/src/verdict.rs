//! W1: verdicts over HTTP, authenticated, against a fixed answer from the same web framework.

use crate::Bench;
use crate::arguments::Part;
use crate::failure::Failure;
use crate::figure::{Row, Unit};
use crate::installation::Installation;
use crate::load::{Load, Measured, best};
use crate::server::Server;

/// How many different digests are asked about.
const QUESTIONS: u64 = 50_000;

const CONNECTIONS: [usize; 3] = [1, 8, 64];

/// Measures at the size that the installation has now; gives the rate at 64 connections.
pub fn measure(
    bench: &Bench<'_>,
    installation: &Installation,
    rows: &mut Vec<Row>,
) -> Result<f64, Failure> {
    let questions = installation.questions(QUESTIONS);
    let fixed = Server::fixed()?;
    let product = Server::product(&bench.program.path, &installation.folder)?;
    let mut rate = 0.0;
    for connections in CONNECTIONS {
        let load = |server: &Server| Load {
            address: server.address,
            connections,
            requests: &questions,
            expected: br#"{"verdict":"allow""#,
            time: bench.arguments.round(),
        };
        let (mut limits, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..bench.arguments.rounds() {
            limits.push(load(&fixed).run()?);
            ours.push(load(&product).run()?);
        }
        if let (Some(limit), Some(ours)) = (best(limits), best(ours)) {
            rate = ours.rate;
            add(installation.releases(), connections, (&limit, &ours), rows);
        }
    }
    Ok(rate)
}

fn add(
    releases: u64,
    connections: usize,
    (limit, ours): (&Measured, &Measured),
    rows: &mut Vec<Row>,
) {
    let name = format!("verdicts, {releases} releases, {connections} connections");
    let mut rate = Row::new(Part::W1, &name, Unit::PerSecond, ours.rate).limit(limit.rate);
    let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1e3;
    let (p50, p99) = (milliseconds(ours.p50), milliseconds(ours.p99));
    rate = rate.note(format!("p50 {p50:.2} ms, p99 {p99:.2} ms"));
    let mut tail = Row::new(Part::W1, format!("{name}: p99"), Unit::Milliseconds, p99);
    tail = tail.limit(milliseconds(limit.p99));
    if connections == 64 {
        rate = rate.target(40_000.0);
        tail = tail.target(5.0);
    }
    rows.push(rate);
    if connections == 64 {
        rows.push(tail);
    }
}

/// Whether the size of the installation matters: the rates at 64 connections, smallest first.
pub fn flatness(rates: &[f64]) -> Option<Row> {
    let (first, last) = (rates.first()?, rates.last()?);
    let share = last / first;
    let what = "verdicts, the most releases against the fewest";
    (rates.len() > 1).then(|| Row::new(Part::W1, what, Unit::Share, share).target(0.8))
}
