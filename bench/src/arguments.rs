//! What the benchmark is asked to do.

use clap::{Parser, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Measures the machine's limits and Countersign in one run.
#[derive(Debug, Parser)]
#[command(name = "countersign-bench", version)]
pub struct Arguments {
    /// Measure these parts only; all of them when left out.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Shorter rounds, fewer of them, and 10,000 releases at most: numbers that show the way, not
    /// the place.
    #[arg(long)]
    quick: bool,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
    /// The largest number of releases in the installation.
    #[arg(long = "releases", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
    most_releases: u64,
    /// Keep the installation in this folder and grow it further the next time. A folder that is
    /// removed at the end when left out.
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Measure this program instead of building one.
    #[arg(long)]
    pub program: Option<PathBuf>,
    /// Used by the benchmark itself: serve a fixed answer on this port.
    #[arg(long, hide = true)]
    pub serve_fixed: Option<u16>,
}

/// A part of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Verdicts over HTTP.
    #[value(name = "W1", alias = "w1")]
    W1,
    /// Durable commands over HTTP.
    #[value(name = "W2", alias = "w2")]
    W2,
    /// Verification of the log.
    #[value(name = "W5", alias = "w5")]
    W5,
    /// Start, memory at rest, size of the program.
    #[value(name = "W7", alias = "w7")]
    W7,
    /// The command line.
    #[value(name = "W8", alias = "w8")]
    W8,
}

impl Arguments {
    /// Whether a part is to be measured.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// The largest number of releases to measure at.
    pub fn releases(&self) -> u64 {
        if self.quick { self.most_releases.min(10_000) } else { self.most_releases }
    }

    /// How often a measurement is repeated; the best round counts.
    pub fn rounds(&self) -> usize {
        if self.quick { 2 } else { 5 }
    }

    /// How long one round of load takes.
    pub fn round(&self) -> Duration {
        if self.quick { Duration::from_millis(700) } else { Duration::from_secs(2) }
    }
}
