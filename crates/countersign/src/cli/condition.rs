//! `countersign condition`: promises that approvals depend on.

use super::Outcome;
use super::shell::Shell;
use serde_json::json;

/// Keep the promises that approvals depend on.
#[derive(Debug, clap::Subcommand)]
pub enum Condition {
    /// Say that a condition is met, and name what shows it.
    Report(Report),
    /// Close a condition that was reported met.
    Accept(Judge),
    /// Send a condition back: what was reported is not enough.
    SendBack(Judge),
}

impl Condition {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Report(report) => report.run(shell),
            Self::Accept(judge) => judge.run(shell, "accept"),
            Self::SendBack(judge) => judge.run(shell, "send-back"),
        }
    }
}

/// Say that a condition is met, and name what shows it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Its owner reports it, or the owner of the model. It stays open until a \
    holder of the role that set it accepts the report. Attach what shows it first.\n\nExample:\n  \
    countersign evidence attach r-3f… audit.pdf --condition 1\n  countersign condition report \
    r-3f… 1 --text \"The audit found no difference\" --evidence e7")]
pub struct Report {
    /// The release.
    release: String,
    /// The condition's number, as `release show` prints it.
    number: u32,
    /// What was done.
    #[arg(long)]
    text: String,
    /// Evidence that shows it: `e7`. Can be repeated.
    #[arg(long, value_name = "EVIDENCE")]
    evidence: Vec<String>,
}

impl Report {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "conditions", &number, "report"])?;
        let body = json!({ "text": self.text, "evidence": self.evidence });
        shell.show_receipt(&call.post(&body)?)
    }
}

/// What is said about a report.
#[derive(Debug, clap::Args)]
#[command(after_help = "A holder of the role that set the condition judges it, and nobody who \
    promised or reported it.")]
pub struct Judge {
    /// The release.
    release: String,
    /// The condition's number, as `release show` prints it.
    number: u32,
    /// Why.
    #[arg(long)]
    text: String,
}

impl Judge {
    fn run(&self, shell: &Shell, how: &str) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "conditions", &number, how])?;
        shell.show_receipt(&call.post(&json!({ "text": self.text }))?)
    }
}
