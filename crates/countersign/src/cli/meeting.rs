//! `countersign meeting`: sessions of the committee.

mod chair;
mod show;
mod vote;

use super::Outcome;
use super::shell::Shell;

/// Hold sessions of the committee: call, vote, close.
#[derive(Debug, clap::Subcommand)]
pub enum Meeting {
    /// Call a session, in turn or out of turn.
    Call(chair::Call),
    /// Show a session: its members, its table, its votes and its minutes.
    Show(show::Show),
    /// Open a session; who holds the committee's role now is a member.
    Open(chair::Open),
    /// Put a release, a policy or another matter on the table.
    Put(chair::Put),
    /// Vote on an item.
    Vote(vote::Cast),
    /// Step back from an item.
    Recuse(vote::Recuse),
    /// Close an item: what the votes say happens.
    Settle(vote::Settle),
    /// Close a session with its minutes.
    Close(chair::Close),
    /// Call a session off that was not opened.
    Cancel(chair::Cancel),
}

impl Meeting {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Call(call) => call.run(shell),
            Self::Show(show) => show.run(shell),
            Self::Open(open) => open.run(shell),
            Self::Put(put) => put.run(shell),
            Self::Vote(vote) => vote.run(shell),
            Self::Recuse(recuse) => recuse.run(shell),
            Self::Settle(settle) => settle.run(shell),
            Self::Close(close) => close.run(shell),
            Self::Cancel(cancel) => cancel.run(shell),
        }
    }
}
