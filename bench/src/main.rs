//! Measures on this machine, in one run, what the machine could do at best and what Countersign
//! does, and prints both with their ratio.
//!
//! Every number of ours is taken over the same interfaces that people use: the built program as a
//! process of its own, HTTP on loopback, the command line. Deliberately absent: any number that
//! was not measured in this run, and any path that a user cannot take.

mod arguments;
mod command;
mod connection;
mod failure;
mod figure;
mod fixed;
mod flush;
mod gate;
mod grouped;
mod installation;
mod latency;
mod load;
mod program;
mod request;
mod seed;
mod server;
mod start;
mod stopwatch;
mod table;
mod verdict;
mod verification;

use arguments::{Arguments, Part};
use clap::Parser;
use failure::{Failure, Told};
use figure::Row;
use installation::Installation;
use program::Program;
use std::path::Path;
use std::process::ExitCode;

/// How many releases the installation holds at each stage of the run.
const STAGES: [u64; 3] = [100, 10_000, 1_000_000];

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(port) = arguments.serve_fixed {
        return ended(fixed::serve(port));
    }
    match run(&arguments) {
        Ok(rows) => {
            if arguments.json {
                println!("{}", table::json(&rows));
            } else {
                println!("{}", table::text(&rows));
            }
            ExitCode::SUCCESS
        }
        Err(failure) => ended(Err(failure)),
    }
}

fn ended(outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("countersign-bench: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Vec<Row>, Failure> {
    let program = Program::find(arguments)?;
    let scratch = tempfile::Builder::new().prefix("countersign-bench-").tempdir();
    let scratch = scratch.told("make a folder for the data")?;
    let kept = arguments.data.as_deref();
    let folder = kept.map_or_else(|| scratch.path().join("data"), Path::to_owned);
    let bench = Bench { arguments, program, folder, scratch: scratch.path() };
    bench.run()
}

/// What every part of the benchmark needs.
pub struct Bench<'a> {
    /// What was asked for.
    pub arguments: &'a Arguments,
    /// The program that is measured.
    pub program: Program,
    /// Where the measured installation lies.
    pub folder: std::path::PathBuf,
    /// A folder for everything else, removed at the end.
    pub scratch: &'a Path,
}

impl Bench<'_> {
    fn run(&self) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        let installation = Installation::open(&self.folder)?;
        let mut rates = Vec::new();
        for releases in self.stages() {
            installation.grow_to(releases)?;
            if self.wants(Part::W1) && installation.releases() == releases {
                rates.push(verdict::measure(self, &installation, &mut rows)?);
            }
        }
        rows.extend(verdict::flatness(&rates));
        if self.wants(Part::W7) {
            start::measure(self, &installation, &mut rows)?;
        }
        if self.wants(Part::W8) {
            gate::measure(self, &installation, &mut rows)?;
        }
        if self.wants(Part::W5) {
            verification::measure(self, &installation, &mut rows)?;
        }
        if self.wants(Part::W2) {
            command::measure(self, &installation, &mut rows)?;
        }
        Ok(rows)
    }

    fn wants(&self, part: Part) -> bool {
        self.arguments.wants(part)
    }

    /// The sizes to measure at: parts that need one size alone are measured at the largest.
    fn stages(&self) -> Vec<u64> {
        let largest = self.arguments.releases();
        let mut stages: Vec<u64> = STAGES.into_iter().filter(|size| *size < largest).collect();
        stages.push(largest);
        stages
    }
}
