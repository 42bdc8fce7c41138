//! W7: start, memory at rest, size of the program.

use crate::Bench;
use crate::arguments::Part;
use crate::failure::{Failure, Told};
use crate::figure::{Row, Unit};
use crate::installation::Installation;
use crate::server::Server;
use std::time::Duration;

/// How long a server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(2);

/// Measures start and memory with the installation as it is.
pub fn measure(
    bench: &Bench<'_>,
    installation: &Installation,
    rows: &mut Vec<Row>,
) -> Result<(), Failure> {
    let rounds = bench.arguments.rounds();
    let (mut limit, mut ours) = (f64::INFINITY, f64::INFINITY);
    let (mut memory_limit, mut memory) = (0, 0);
    for round in 0..rounds {
        let fixed = Server::fixed()?;
        limit = limit.min(fixed.ready_after.as_secs_f64() * 1e3);
        let product = Server::product(&bench.program.path, &installation.folder)?;
        ours = ours.min(product.ready_after.as_secs_f64() * 1e3);
        if round + 1 == rounds {
            std::thread::sleep(REST);
            memory_limit = fixed.memory("VmRSS")?;
            memory = product.memory("VmRSS")?;
        }
    }
    let releases = installation.releases();
    let note = "limit: the web framework alone";
    let what = format!("process start to the first answer, {releases} releases");
    let row = Row::new(Part::W7, what, Unit::Milliseconds, ours).limit(limit);
    rows.push(row.target(200.0).note(note));
    let row = Row::new(Part::W7, "memory at rest", Unit::Bytes, memory as f64);
    rows.push(row.limit(memory_limit as f64).target(30.0 * 1_048_576.0).note(note));
    let size = std::fs::metadata(&bench.program.path).told("read the program's size")?.len();
    let row = Row::new(Part::W7, "the program, stripped", Unit::Bytes, size as f64);
    rows.push(row.target(25e6).note("target: 25 million bytes"));
    Ok(())
}
