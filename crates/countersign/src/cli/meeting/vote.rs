//! What becomes of an item: votes, steps back, and its end.

use super::super::Outcome;
use super::super::shell::Shell;
use serde_json::json;

/// Vote on an item.
#[derive(Debug, clap::Args)]
#[command(after_help = "A member votes once. Anything but a yes needs its reason.\n\nExample:\n  \
    countersign meeting vote m-3f… 1 no --reason \"the validation set is too small\"")]
pub struct Cast {
    /// The session.
    meeting: String,
    /// The item's number.
    number: u32,
    /// `yes`, `no` or `abstain`.
    #[arg(value_parser = ["yes", "no", "abstain"])]
    vote: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Cast {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let (client, number) = (shell.client()?, self.number.to_string());
        let call = client.at(&["meetings", &self.meeting, "items", &number, "vote"])?;
        shell.show_receipt(&call.post(&json!({ "vote": self.vote, "reason": self.reason }))?)
    }
}

/// Step back from an item.
#[derive(Debug, clap::Args)]
pub struct Recuse {
    /// The session.
    meeting: String,
    /// The item's number.
    number: u32,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Recuse {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let (client, number) = (shell.client()?, self.number.to_string());
        let call = client.at(&["meetings", &self.meeting, "items", &number, "recuse"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}

/// Close an item: what the votes say happens.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is carried becomes approvals of the release or the policy, what is turned \
    down its rejection. A tie decides nothing."
)]
pub struct Settle {
    /// The session.
    meeting: String,
    /// The item's number.
    number: u32,
    /// The chair's statement; asked for when the votes turn the item down, and for every look
    /// afterwards.
    #[arg(long, value_name = "TEXT")]
    statement: Option<String>,
    /// Why it is turned down, as a word that can be counted; `misuse` says that an emergency was
    /// used for convenience.
    #[arg(long, value_name = "CODE")]
    because: Option<String>,
}

impl Settle {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let (client, number) = (shell.client()?, self.number.to_string());
        let call = client.at(&["meetings", &self.meeting, "items", &number, "close"])?;
        let body = json!({ "statement": self.statement, "because": self.because });
        shell.show_receipt(&call.post(&body)?)
    }
}
