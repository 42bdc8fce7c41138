//! What happened to conditions, exceptions and change requests, as sentences.

use super::super::titles::Titles;
use countersign_core::change_request::ChangesEvent;
use countersign_core::condition::ConditionEvent;
use countersign_core::exception::ExceptionEvent;
use countersign_core::release::ReleaseEvent;
use countersign_core::text::Text;

/// What one event says; `None` for every other kind.
pub fn sentence(by: &str, titles: &Titles, event: &ReleaseEvent) -> Option<String> {
    match event {
        ReleaseEvent::Condition(event) => Some(condition(by, event)),
        ReleaseEvent::Exception(event) => Some(exception(by, titles, event)),
        ReleaseEvent::Changes(event) => Some(changes(by, titles, event)),
        _ => None,
    }
}

fn condition(by: &str, event: &ConditionEvent) -> String {
    match event {
        ConditionEvent::Reported { number, .. } => format!("{by} reported condition {number} met."),
        ConditionEvent::SentBack { number, .. } => format!("{by} sent condition {number} back."),
        ConditionEvent::Reminded { number, .. } => {
            format!("The owner of condition {number} was reminded that it comes due.")
        }
        ConditionEvent::Overdue { number, .. } => {
            format!("Notice was given that condition {number} is overdue.")
        }
        ConditionEvent::Lapsed { number, .. } => {
            format!("Condition {number} was not met in time and now denies.")
        }
    }
}

fn exception(by: &str, titles: &Titles, event: &ExceptionEvent) -> String {
    match event {
        ExceptionEvent::Requested { number, exception, .. } => {
            format!("{by} asked for exception {number}, for {}.", exception.waives)
        }
        ExceptionEvent::RiskAccepted { number, role, .. } => {
            format!("{by} accepted the risk of exception {number} as {}.", titles.role(role))
        }
        ExceptionEvent::Granted { number } => format!("Exception {number} is granted."),
        ExceptionEvent::Refused { number, role, .. } => {
            format!("{by} refused exception {number} as {}.", titles.role(role))
        }
        ExceptionEvent::Revoked { number, role, .. } => {
            format!("{by} revoked exception {number} as {}.", titles.role(role))
        }
        ExceptionEvent::Expired { number, .. } => format!("Exception {number} came to its end."),
    }
}

fn changes(by: &str, titles: &Titles, event: &ChangesEvent) -> String {
    match event {
        ChangesEvent::Requested { request, .. } => {
            format!("{by} asked for changes as {}.", titles.role(&request.role))
        }
        ChangesEvent::Answered { number, .. } => format!("{by} answered change request {number}."),
        ChangesEvent::Insisted { number, .. } => {
            format!("{by} insisted on change request {number}.")
        }
        ChangesEvent::Accepted { number, .. } => format!("{by} settled change request {number}."),
    }
}

/// What somebody wrote with it.
pub fn quoted(event: &ReleaseEvent) -> Option<Text> {
    match event {
        ReleaseEvent::Condition(event) => match event {
            ConditionEvent::Reported { statement, .. } => Some(*statement),
            ConditionEvent::SentBack { reason, .. } => Some(*reason),
            ConditionEvent::Reminded { .. }
            | ConditionEvent::Overdue { .. }
            | ConditionEvent::Lapsed { .. } => None,
        },
        ReleaseEvent::Exception(event) => match event {
            ExceptionEvent::Requested { exception, .. } => Some(exception.reason),
            ExceptionEvent::RiskAccepted { statement, .. } => Some(*statement),
            ExceptionEvent::Refused { reason, .. } | ExceptionEvent::Revoked { reason, .. } => {
                Some(*reason)
            }
            ExceptionEvent::Granted { .. } | ExceptionEvent::Expired { .. } => None,
        },
        ReleaseEvent::Changes(event) => match event {
            ChangesEvent::Requested { request, .. } => Some(request.text),
            ChangesEvent::Answered { text, .. }
            | ChangesEvent::Insisted { text, .. }
            | ChangesEvent::Accepted { text, .. } => Some(*text),
        },
        _ => None,
    }
}
