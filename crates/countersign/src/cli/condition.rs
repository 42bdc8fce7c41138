//! `countersign condition`: promises that approvals depend on.

use super::Outcome;
use super::numbered::{Done, Judge, Place};
use super::shell::Shell;

/// Keep the promises that approvals depend on.
#[derive(Debug, clap::Subcommand)]
pub enum Condition {
    /// Say that a condition is met, and name what shows it.
    #[command(after_help = "Its owner reports it, or the owner of the model. It stays open until \
        a holder of the role that set it accepts the report. Attach what shows it \
        first.\n\nExample:\n  countersign evidence attach r-3f… audit.pdf --condition 1\n  \
        countersign condition report r-3f… 1 --text \"The audit found no difference\" \
        --evidence e7")]
    Report(Done),
    /// Close a condition that was reported met.
    #[command(after_help = JUDGES)]
    Accept(Judge),
    /// Send a condition back: what was reported is not enough.
    #[command(after_help = JUDGES)]
    SendBack(Judge),
}

const JUDGES: &str = "A holder of the role that set the condition judges it, and nobody who \
    promised or reported it.";

impl Condition {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let place = |deed| Place { folder: "conditions", deed };
        match self {
            Self::Report(report) => report.run(shell, place("report")),
            Self::Accept(judge) => judge.run(shell, place("accept")),
            Self::SendBack(judge) => judge.run(shell, place("send-back")),
        }
    }
}
