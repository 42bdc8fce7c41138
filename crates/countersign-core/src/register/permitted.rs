//! Who may change the register at all, command by command.

use super::{Context, Register, RegisterCommand, administrator};
use crate::actor::Who;
use crate::refusal::Refusal;

/// Who may give such a command at all; what they may not do with it is the command's own rule.
pub(super) fn permitted(
    register: &Register,
    command: &RegisterCommand,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    match command {
        // The body a policy names decides about it, and an administrator does not.
        RegisterCommand::ApprovePolicy { .. }
        | RegisterCommand::DeclinePolicy { .. }
        | RegisterCommand::ResolvePolicy { .. }
        | RegisterCommand::Review(_) => Ok(()),
        // Holders lend their own roles; nobody else is asked.
        RegisterCommand::Delegate(_) | RegisterCommand::EndDelegation { .. } => Ok(()),
        // Change windows and freezes have keepers of their own.
        RegisterCommand::Times(_) => Ok(()),
        // The policy names who deals with holds, and an administrator does not.
        RegisterCommand::PlaceHold { .. } | RegisterCommand::LiftHold { .. } => Ok(()),
        // A report changes nothing; whoever holds a role may give one.
        RegisterCommand::ReportControl(_) => Ok(()),
        // Whoever is found to be one human counts once: the program may say so by itself.
        RegisterCommand::LinkAccounts { .. } if context.actor.who == Who::System => Ok(()),
        RegisterCommand::PublishPolicy { .. }
        | RegisterCommand::PublishRunbook { .. }
        | RegisterCommand::PublishControl { .. }
        | RegisterCommand::DefineEnvironment { .. }
        | RegisterCommand::GrantRole { .. }
        | RegisterCommand::RevokeRole { .. }
        | RegisterCommand::EndRoles { .. }
        | RegisterCommand::RecordQualification(_)
        | RegisterCommand::LinkAccounts { .. }
        | RegisterCommand::SetCalendar { .. }
        | RegisterCommand::ErasePerson(_)
        | RegisterCommand::EraseTexts(_) => administers(register, context),
    }
}

/// Administrators keep the register; until there is one, the program sets it up.
fn administers(register: &Register, context: &Context<'_>) -> Result<(), Refusal> {
    let setting_up = !register.has_administrator(context.now);
    let is_system = context.actor.who == Who::System;
    if context.actor.holds(&administrator()) || (setting_up && is_system) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action: "change the register", needs: vec![administrator()] })
}
