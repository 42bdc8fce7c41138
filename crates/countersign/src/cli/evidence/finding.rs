//! `countersign evidence withdraw` and `close-finding`.

use super::super::Outcome;
use super::super::shell::Shell;
use serde_json::json;

/// Take a piece of evidence back, with a reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "It stays in the log and counts no longer; approvals given before lapse.")]
pub struct Withdraw {
    /// The release.
    release: String,
    /// The evidence: `e1`.
    evidence: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Withdraw {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let path = ["releases", &self.release, "evidence", &self.evidence, "withdraw"];
        shell.show_receipt(&client.at(&path)?.post(&json!({ "reason": self.reason }))?)
    }
}

/// Close a finding by hand, with a reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "Who may do this is in the policy. The decision is logged with your name.")]
pub struct CloseFinding {
    /// The release.
    release: String,
    /// The evidence: `e1`.
    evidence: String,
    /// The finding, as `evidence show` names it.
    finding: String,
    /// Why it does not stand.
    #[arg(long)]
    reason: String,
}

impl CloseFinding {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let path = ["releases", &self.release, "evidence", &self.evidence, "close-finding"];
        let body = json!({ "finding": self.finding, "reason": self.reason });
        shell.show_receipt(&client.at(&path)?.post(&body)?)
    }
}
