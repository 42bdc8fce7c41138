//! What the log keeps of refused changes to who may do what, and of refused decisions about
//! policies (I-01).

use super::{RegisterCommand, RegisterEvent};
use crate::refusal::Refusal;
use crate::stream::StreamId;

/// The trace of a refused change by somebody without a right to it; `None` for anything else,
/// which leaves none.
pub fn attempt(command: &RegisterCommand, refusal: &Refusal) -> Option<RegisterEvent> {
    let action = match command {
        RegisterCommand::GrantRole { .. } => "give a role",
        RegisterCommand::RevokeRole { .. } => "take a role",
        RegisterCommand::EndRoles { .. } => "end somebody's roles",
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

/// The same of something a model, an incident, a risk or a sandbox exclusion is asked to do.
pub fn attempt_beside(subject: &StreamId, refusal: &Refusal) -> Option<RegisterEvent> {
    let action =
        if let Refusal::NotPermitted { action, .. } | Refusal::PeopleOnly { action } = refusal {
            action
        } else if matches!(refusal, Refusal::NotIndependent { .. } | Refusal::OfPeople(_)) {
            "change it"
        } else if matches!(refusal, Refusal::OwnRole { .. }) {
            "take it for oneself"
        } else {
            return None;
        };
    let (action, code) = (format!("{action} ({subject})"), refusal.code().to_owned());
    Some(RegisterEvent::ChangeRefused { action, code })
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

    /// I-01
    #[test]
    fn a_refused_change_of_a_model_is_logged_with_what_it_was_about() {
        let subject = StreamId::Model(summarizer());
        let refusal = Refusal::NotPermitted { action: "lower the tier", needs: vec![] };
        let event = attempt_beside(&subject, &refusal).unwrap();
        let action = format!("lower the tier ({subject})");
        let code = "actor.not_permitted".to_owned();
        assert_eq!(event, RegisterEvent::ChangeRefused { action, code });
        assert_eq!(attempt_beside(&subject, &Refusal::WrongOrder { what: "x" }), None);
    }
}
