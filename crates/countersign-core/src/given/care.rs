//! What people do about conditions, exceptions and change requests.

use super::{Deed, World, evidence, item, monday, role, text};
use crate::change_request::{ChangeRequest, ChangesCommand};
use crate::condition::ConditionCommand;
use crate::exception::{Exception, ExceptionCommand, Waived};
use crate::name::CriterionName;
use crate::release::Command;
use crate::release::Target;
use crate::release::command::{Approve, Attach};
use crate::release::{Due, Promise};
use jiff::{SignedDuration, Timestamp};

/// Approve with one condition that `owner` meets so long after the decision.
pub fn approve_with(name: &str, owner: &str, limit: &str) -> Deed {
    let due = Due::Within(limit.parse().expect("a limit"));
    let promise = Promise { text: text("run a fairness audit"), owner: super::id(owner), due };
    let name = role(name);
    Deed::looking(move |world| {
        Command::Approve(Approve {
            role: name,
            dossier: world.dossier(),
            conditions: vec![promise],
            comment: None,
        })
    })
}

/// Report a condition met, naming this evidence.
pub fn report_condition(number: u32, shown_by: &[&str]) -> Command {
    let evidence = shown_by.iter().map(|name| evidence(name)).collect();
    let statement = text("the audit found nothing");
    Command::Condition(ConditionCommand::Report { number, statement, evidence })
}

/// Close a condition that was reported met.
pub fn accept_condition(number: u32) -> Command {
    let statement = text("the audit is what was asked for");
    Command::Condition(ConditionCommand::Accept { number, statement })
}

/// Send a condition back.
pub fn send_back_condition(number: u32) -> Command {
    let reason = text("the audit left out calls in Spanish");
    Command::Condition(ConditionCommand::SendBack { number, reason })
}

/// The clock reminds of a condition.
pub fn remind_of_condition(number: u32) -> Command {
    Command::Condition(ConditionCommand::Remind { number })
}

/// The clock gives notice of a condition.
pub fn notice(number: u32) -> Command {
    Command::Condition(ConditionCommand::Notice { number })
}

/// The clock records that the days of grace of a condition are over.
pub fn lapse(number: u32) -> Command {
    Command::Condition(ConditionCommand::Lapse { number })
}

/// The same file, for a condition of the approval.
pub fn for_condition(number: u32, file: Attach) -> Attach {
    Attach { target: Target::Condition(number), ..file }
}

/// A criterion that could be waived.
pub fn criterion_waived(name: &str) -> Waived {
    Waived::Criterion(CriterionName::new(name).expect("a name"))
}

/// A checklist item that could be waived.
pub fn item_waived(name: &str) -> Waived {
    Waived::Item(item(name))
}

/// An exception that holds for so many days after the first Monday.
pub fn exception(waives: Waived, days: i64) -> Exception {
    Exception {
        waives,
        reason: text("the new suite is not there yet"),
        measures: text("a person reads every answer"),
        until: monday() + SignedDuration::from_hours(24 * days),
        extends: None,
    }
}

/// Ask for an exception.
pub fn ask_exception(exception: Exception) -> Command {
    Command::Exception(ExceptionCommand::Request(exception))
}

/// Accept the risk of an exception.
pub fn accept_risk(number: u32, name: &str) -> Command {
    let statement = text("small enough while a person reads along");
    Command::Exception(ExceptionCommand::Accept { number, role: role(name), statement })
}

/// Refuse an exception.
pub fn refuse_exception(number: u32, name: &str) -> Command {
    let reason = text("nobody reads at night");
    Command::Exception(ExceptionCommand::Refuse { number, role: role(name), reason })
}

/// Revoke an exception.
pub fn revoke_exception(number: u32, name: &str) -> Command {
    let reason = text("nobody reads along any more");
    Command::Exception(ExceptionCommand::Revoke { number, role: role(name), reason })
}

/// The clock records the end of an exception.
pub fn expire_exception(number: u32) -> Command {
    Command::Exception(ExceptionCommand::Expire { number })
}

/// Ask for changes in a role.
pub fn ask_changes(name: &str) -> Command {
    let request = ChangeRequest { role: role(name), text: text("test in Spanish"), about: None };
    Command::Changes(ChangesCommand::Request(request))
}

/// Answer a change request, naming this evidence.
pub fn answer_changes(number: u32, shown_by: &[&str]) -> Command {
    let evidence = shown_by.iter().map(|name| evidence(name)).collect();
    let text = text("tested in Spanish");
    Command::Changes(ChangesCommand::Answer { number, text, evidence })
}

/// Insist on a change request.
pub fn insist_on_changes(number: u32) -> Command {
    let text = text("in Catalan, too");
    Command::Changes(ChangesCommand::Insist { number, text })
}

/// Take the answer to a change request.
pub fn accept_changes(number: u32) -> Command {
    let text = text("that is enough");
    Command::Changes(ChangesCommand::Accept { number, text })
}

impl World {
    /// It is this late.
    #[must_use]
    pub fn on(self, now: Timestamp) -> Self {
        let mut world = self;
        world.now = now;
        world
    }
}
