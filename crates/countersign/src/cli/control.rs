//! `countersign control`: what an auditor asks for, and the evidence for it.

mod evidence;
mod maturity;
mod publish;

use super::Outcome;
use super::day::day;
use super::document::{self, Findings};
use super::shell::Shell;
use countersign_formats::control::parse;
use jiff::civil::Date;
use std::path::PathBuf;

/// Publish controls, and produce the evidence for them.
#[derive(Debug, clap::Subcommand)]
pub enum Control {
    /// Name every fault of a control, with its line and the remedy.
    Check(Check),
    /// Publish a version of a control; it never changes afterwards.
    Publish(publish::Publish),
    /// List the controls that were published.
    List(publish::List),
    /// Show a control, and whether what it points to is there.
    Show(publish::Show),
    /// Write the evidence of a period into a folder that proves itself.
    Evidence(evidence::Evidence),
    /// Say how far a control is, by the log of a period.
    Maturity(maturity::Maturity),
    /// Record that somebody was told how the gate worked in a period.
    Report(maturity::Report),
}

impl Control {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Check(check) => check.run(shell),
            Self::Publish(publish) => publish.run(shell),
            Self::List(list) => list.run(shell),
            Self::Show(show) => show.run(shell),
            Self::Evidence(evidence) => evidence.run(shell),
            Self::Maturity(maturity) => maturity.run(shell),
            Self::Report(report) => report.run(shell),
        }
    }
}

/// Days, the last one included, on the organisation's calendar.
#[derive(Debug, Clone, clap::Args)]
pub struct Days {
    /// The first day: `2026-01-01`.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Date,
    /// The last day, itself included.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Date,
}

/// Name every fault of a control, with its line and the remedy.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "No server is needed. Whether what a control points to is there is checked \
    when it is published. Exit code 1 when a file has errors, 2 when one cannot be read.\n\n\
    Example:\n  countersign control check catalog/controls/*.yaml"
)]
pub struct Check {
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Check {
    fn run(&self, shell: &Shell) -> Outcome {
        document::check(shell, &self.files, find)
    }
}

/// What is wrong with a control, and what it is.
fn find(text: &str) -> Findings {
    let parsed = parse(text);
    let summary = parsed
        .control
        .map(|control| format!("{} {}: {}", control.id, control.version, control.title));
    (parsed.diagnostics, summary)
}
