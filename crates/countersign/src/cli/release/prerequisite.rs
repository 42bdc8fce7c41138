//! `countersign release prerequisite`: what has to be true before the runbook begins.

use super::super::shell::Shell;
use super::super::{Outcome, Said};
use serde_json::json;

/// Confirm the prerequisites of the runbook.
#[derive(Debug, clap::Subcommand)]
pub enum Prerequisite {
    /// Confirm that prerequisites are true.
    Confirm(Confirm),
}

impl Prerequisite {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Confirm(confirm) => confirm.run(shell),
        }
    }
}

/// Confirm that prerequisites are true.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign release prerequisite confirm r-3f… 1 2 3")]
pub struct Confirm {
    /// The release.
    release: String,
    /// The prerequisites' numbers, as `release show` prints them.
    #[arg(required = true, value_name = "NUMBER")]
    numbers: Vec<u32>,
}

impl Confirm {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        for number in self.numbers.iter().map(ToString::to_string) {
            // One key stands for one change at the server.
            let client = client.for_part(&number);
            let call = client.at(&["releases", &self.release, "prerequisites", &number])?;
            shell.show_receipt(&call.post(&json!({}))?)?;
        }
        Ok(Said::Yes)
    }
}
