//! What the log keeps of refused changes to who may do what, and of refused decisions about
//! policies (I-01).

use super::{RegisterCommand, RegisterEvent};
use crate::refusal::Refusal;

/// The trace of a refused change by somebody without a right to it; `None` for anything else,
/// which leaves none.
pub fn attempt(command: &RegisterCommand, refusal: &Refusal) -> Option<RegisterEvent> {
    let action = match command {
        RegisterCommand::GrantRole { .. } => "give a role",
        RegisterCommand::RevokeRole { .. } => "take a role",
        RegisterCommand::Delegate(_) => "delegate a role",
        RegisterCommand::EndDelegation { .. } => "end a delegation",
        RegisterCommand::RecordQualification(_) => "record a qualification",
        RegisterCommand::LinkAccounts { .. } => "link accounts",
        RegisterCommand::ApprovePolicy { .. } => "approve a policy",
        RegisterCommand::DeclinePolicy { .. } => "decline a policy",
        RegisterCommand::ResolvePolicy { .. } => "decide about a policy in a session",
        RegisterCommand::Times(command) => command.action(),
        RegisterCommand::Review(_) => "review a policy",
        RegisterCommand::PlaceHold { .. } => "place a legal hold",
        RegisterCommand::LiftHold { .. } => "lift a legal hold",
        RegisterCommand::ErasePerson(_) => "erase a person",
        RegisterCommand::EraseTexts(_) => "erase texts",
        RegisterCommand::PublishPolicy { .. }
        | RegisterCommand::PublishRunbook { .. }
        | RegisterCommand::PublishControl { .. }
        | RegisterCommand::ReportControl(_)
        | RegisterCommand::DefineEnvironment { .. }
        | RegisterCommand::SetCalendar { .. } => return None,
    };
    let held = matches!(refusal, Refusal::OfRetention(_)) && refusal.is_without_right();
    let without_right = held
        || matches!(
            refusal,
            Refusal::NotPermitted { .. }
                | Refusal::PeopleOnly { .. }
                | Refusal::OwnRole { .. }
                | Refusal::OwnPublication { .. }
                | Refusal::AlreadyApproved { .. }
                | Refusal::OfPeople(_)
        );
    without_right.then(|| {
        let code = refusal.code().to_owned();
        RegisterEvent::ChangeRefused { action: action.to_owned(), code }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::*;

    /// I-01
    #[test]
    fn a_refused_grant_is_logged_and_a_slip_of_the_pen_is_not() {
        let (person, term) = (id("chen"), crate::register::Term::default());
        let grant = RegisterCommand::GrantRole { person, role: role("legal"), term };
        let event = attempt(&grant, &Refusal::OwnRole { role: role("legal") }).unwrap();
        assert_eq!(event.word(), "change_refused");
        assert_eq!(attempt(&grant, &Refusal::WrongOrder { what: "x" }), None);
        let environment = RegisterCommand::DefineEnvironment { name: production() };
        let refusal = Refusal::NotPermitted { action: "x", needs: vec![] };
        assert_eq!(attempt(&environment, &refusal), None);
    }
}
