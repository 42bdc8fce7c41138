//! W8: the command line, against starting a program that does nothing.

use crate::Bench;
use crate::arguments::Part;
use crate::failure::{Failure, Told};
use crate::figure::{Row, Unit};
use crate::installation::Installation;
use crate::latency::Latency;
use crate::seed;
use crate::server::{Server, answer};
use crate::stopwatch::timed;
use std::process::{Command, Stdio};

/// How often each command is run.
const RUNS: u64 = 100;

/// Measures `countersign --version` and `countersign gate`.
pub fn measure(
    bench: &Bench<'_>,
    installation: &Installation,
    rows: &mut Vec<Row>,
) -> Result<(), Failure> {
    let product = Server::product(&bench.program.path, &installation.folder)?;
    let questions = installation.questions(RUNS);
    let token = installation.machine_token();
    let url = format!("http://{}", product.address);
    let (mut nothing, mut version) = (Latency::default(), Latency::default());
    let (mut gate, mut server) = (Latency::default(), Latency::default());
    for n in 0..RUNS {
        nothing.note(run(&mut Command::new("true"))?);
        version.note(run(Command::new(&bench.program.path).arg("--version"))?);
        let question = &questions[usize::try_from(n).unwrap_or(0) % questions.len()];
        let (answered, took) = timed(|| answer(product.address, question));
        answered.ok_or_else(|| Failure::plain("the server does not answer"))?;
        server.note(took);
        let digest = seed::digest(n % installation.releases()).to_string();
        let mut command = Command::new(&bench.program.path);
        command.args(["gate", "--digest", &digest, "--environment", "production"]);
        gate.note(run(command.env("COUNTERSIGN_SERVER", &url).env("COUNTERSIGN_TOKEN", &token))?);
    }
    let median = |latency: &mut Latency| latency.quantile(0.5).as_secs_f64() * 1e3;
    let (nothing, server) = (median(&mut nothing), median(&mut server));
    let (version, gate) = (median(&mut version), median(&mut gate));
    let row = Row::new(Part::W8, "`countersign --version`", Unit::Milliseconds, version);
    rows.push(row.limit(nothing).note("median; limit: a program that does nothing"));
    let note = format!("median; whole {gate:.2} ms, network and server {server:.2} ms");
    let row = Row::new(
        Part::W8,
        "`countersign gate` without the server",
        Unit::Milliseconds,
        gate - server,
    );
    rows.push(row.limit(nothing).target(10.0).note(note));
    Ok(())
}

/// The time one run takes; it must end well.
fn run(command: &mut Command) -> Result<std::time::Duration, Failure> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
    let (status, took) = timed(|| command.status());
    let status = status.told("run a command")?;
    if status.success() {
        return Ok(took);
    }
    Err(Failure::plain(format!("`{command:?}` ended with {status}")))
}
