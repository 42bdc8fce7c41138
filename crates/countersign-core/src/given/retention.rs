//! What people do about records that were kept long enough.

use super::{evidence, release, summarizer, text};
use crate::register::{HoldScope, RegisterCommand};
use crate::release::{Command, RetentionCommand};

/// Place a hold on a release of the summarizer, or on all of it.
pub fn place_hold(name: Option<&str>) -> RegisterCommand {
    let scope = HoldScope { model: summarizer(), release: name.map(release) };
    RegisterCommand::PlaceHold { scope, reason: text("a court asks for it") }
}

/// Lift a hold.
pub fn lift_hold(number: u32) -> RegisterCommand {
    RegisterCommand::LiftHold { number, reason: text("the case is closed") }
}

/// Propose to purge these pieces of evidence; all of them when none is named.
pub fn propose_purge(names: &[&str]) -> Command {
    let evidence = names.iter().map(|name| evidence(name)).collect();
    let reason = text("kept long enough");
    Command::Retention(RetentionCommand::ProposePurge { evidence, reason })
}

/// Confirm a purge.
pub fn confirm_purge(number: u32) -> Command {
    Command::Retention(RetentionCommand::ConfirmPurge { number })
}

/// Refuse a purge.
pub fn refuse_purge(number: u32) -> Command {
    let reason = text("an audit is announced");
    Command::Retention(RetentionCommand::RefusePurge { number, reason })
}

/// Take a copy of everything.
pub fn take_copy() -> Command {
    Command::Retention(RetentionCommand::Export)
}
