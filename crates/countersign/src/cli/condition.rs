//! `countersign condition`: promises that approvals depend on.

use super::Outcome;
use super::shell::Shell;
use serde_json::json;

/// Keep the promises that approvals depend on.
#[derive(Debug, clap::Subcommand)]
pub enum Condition {
    /// Close a condition, saying what was done.
    Close(Close),
}

impl Condition {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Close(close) => close.run(shell),
        }
    }
}

/// Close a condition, saying what was done.
#[derive(Debug, clap::Args)]
pub struct Close {
    /// The release.
    release: String,
    /// The condition's number, as `release show` prints it.
    number: u32,
    /// What was done.
    #[arg(long)]
    text: String,
}

impl Close {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "conditions", &number, "close"])?;
        shell.show_receipt(&call.post(&json!({ "text": self.text }))?)
    }
}
