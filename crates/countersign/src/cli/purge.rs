//! `countersign purge`: ending the keeping of evidence, two people together.

use super::Outcome;
use super::shell::Shell;
use serde_json::json;

/// End the keeping of evidence whose time is over, two people together.
#[derive(Debug, clap::Subcommand)]
pub enum Purge {
    /// Propose to purge evidence of a release.
    Propose(Propose),
    /// Carry out a purge that somebody else proposed.
    Confirm(Confirm),
    /// Refuse a purge, or take back your own.
    Refuse(Refuse),
}

impl Purge {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Propose(propose) => propose.run(shell),
            Self::Confirm(confirm) => confirm.run(shell),
            Self::Refuse(refuse) => refuse.run(shell),
        }
    }
}

/// Propose to purge evidence of a release.
#[derive(Debug, clap::Args)]
#[command(after_help = "`countersign release records` says what is due.")]
pub struct Propose {
    /// The release.
    release: String,
    /// The evidence: `e1`. Can be repeated; all that is left when none is named.
    #[arg(long, value_name = "EVIDENCE")]
    evidence: Vec<String>,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Propose {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let body = json!({ "evidence": self.evidence, "reason": self.reason });
        shell.show_receipt(&client.at(&["releases", &self.release, "purges"])?.post(&body)?)
    }
}

/// Carry out a purge that somebody else proposed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The content is gone for good. The log keeps its digest, size, kind, reader, the \
    reason and both people."
)]
pub struct Confirm {
    /// The release.
    release: String,
    /// The purge's number.
    number: u32,
}

impl Confirm {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "purges", &number, "confirm"])?;
        shell.show_receipt(&call.post(&json!({}))?)
    }
}

/// Refuse a purge, or take back your own.
#[derive(Debug, clap::Args)]
pub struct Refuse {
    /// The release.
    release: String,
    /// The purge's number.
    number: u32,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Refuse {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "purges", &number, "refuse"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}
