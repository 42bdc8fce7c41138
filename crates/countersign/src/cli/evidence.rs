//! `countersign evidence`: attach, read and take back evidence.

mod attach;
mod finding;
mod get;
mod list;
mod read;
mod reading;

use super::Outcome;
use super::shell::Shell;

/// Attach, read and take back evidence.
#[derive(Debug, clap::Subcommand)]
pub enum Evidence {
    /// Attach a file to a checklist item or a step of a release.
    Attach(attach::Attach),
    /// List the evidence of a release.
    List(list::List),
    /// Show what was read from a piece of evidence.
    Show(list::Show),
    /// Download a piece of evidence, and check that it is what was attached.
    Get(get::Get),
    /// Take a piece of evidence back, with a reason.
    Withdraw(finding::Withdraw),
    /// Close a finding by hand, with a reason.
    CloseFinding(finding::CloseFinding),
    /// Show what a reader finds in a local file.
    Read(read::Read),
}

impl Evidence {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Attach(attach) => attach.run(shell),
            Self::List(list) => list.run(shell),
            Self::Show(show) => show.run(shell),
            Self::Get(get) => get.run(shell),
            Self::Withdraw(withdraw) => withdraw.run(shell),
            Self::CloseFinding(close) => close.run(shell),
            Self::Read(read) => read.run(shell),
        }
    }
}
