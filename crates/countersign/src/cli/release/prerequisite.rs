//! `countersign release prerequisite`: what has to be true before the runbook begins.

use super::super::Outcome;
use super::super::shell::Shell;
use serde_json::json;

/// Confirm the prerequisites of the runbook.
#[derive(Debug, clap::Subcommand)]
pub enum Prerequisite {
    /// Confirm that a prerequisite is true.
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

/// Confirm that a prerequisite is true.
#[derive(Debug, clap::Args)]
pub struct Confirm {
    /// The release.
    release: String,
    /// The prerequisite's number, as `release show` prints it.
    number: u32,
}

impl Confirm {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "prerequisites", &number])?;
        shell.show_receipt(&call.post(&json!({}))?)
    }
}
