//! What is wrong with what somebody sent, as the error summary and the fields say it.

use crate::failure::Failure;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::field::FieldFault;
use countersign_core::refusal::Refusal;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field it concerns, by the name it has in the form; `None` for the whole.
    pub field: Option<String>,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it; empty when the message says it.
    pub remedy: String,
}

/// Everything that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Something is wrong with one field.
    pub fn at(field: &str, message: impl Into<String>) -> Self {
        let message = words::capital(&message.into());
        Self(vec![Fault { field: Some(field.to_owned()), message, remedy: String::new() }])
    }

    /// One more, at a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.extend(Self::at(field, message).0);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a field.
    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        let here = move |fault: &&Fault| fault.field.as_deref().is_some_and(|name| name == field);
        self.0.iter().filter(here).map(|fault| fault.message.as_str())
    }

    /// What a refused or malformed request says to the person who can correct it. Everything else
    /// is a page of its own.
    pub fn from_failure(failure: Failure) -> Result<Self, Wrong> {
        match failure {
            Failure::Malformed(malformed) => Ok(Self::at(&malformed.field, malformed.message)),
            Failure::Refused(refusal) => Ok(Self(refused(&refusal))),
            Failure::Stale { message } => Ok(Self(vec![whole(&message, String::new())])),
            Failure::Busy => Ok(Self(vec![whole(&Failure::Busy.to_string(), String::new())])),
            Failure::Faulty { diagnostics, .. } => Ok(Self(
                diagnostics
                    .iter()
                    .map(|one| {
                        let place = format!("line {}, column {}", one.line, one.column);
                        whole(&format!("{place}: {}", one.message), one.help.clone())
                    })
                    .collect(),
            )),
            Failure::Unreadable(unreadable) => Ok(Self(vec![Fault {
                field: Some("file".into()),
                message: words::capital(&unreadable.to_string()),
                remedy: String::new(),
            }])),
            failure @ Failure::TooLarge { .. } => Ok(Self::at("file", failure.to_string())),
            failure @ Failure::TooMany { .. } => {
                Ok(Self(vec![whole(&failure.to_string(), "wait a little".into())]))
            }
            Failure::Unauthenticated { message } => Ok(Self(vec![whole(&message, String::new())])),
            failure @ (Failure::NotFound { .. } | Failure::Gone { .. } | Failure::Fault(_)) => {
                Err(failure.into())
            }
        }
    }
}

fn whole(message: &str, remedy: String) -> Fault {
    Fault { field: None, message: words::capital(message), remedy: words::capital(&remedy) }
}

/// The question, then what is wrong with its answer.
fn about(fault: &FieldFault) -> String {
    let asks = fault.label.ends_with(['?', '.']);
    let colon = if asks { "" } else { ":" };
    words::capital(&format!("{}{colon} {}", fault.label, fault.message))
}

/// Every reason the rules give, each with its next step.
fn refused(refusal: &Refusal) -> Vec<Fault> {
    match refusal {
        Refusal::InvalidAnswers { faults } => faults
            .iter()
            .map(|fault| Fault {
                field: Some(fault.field.clone()),
                message: about(fault),
                remedy: String::new(),
            })
            .collect(),
        Refusal::ChangeTypeLower { .. } => vec![Fault {
            field: Some("override_reason".into()),
            message: words::capital(&refusal.to_string()),
            remedy: words::capital(&refusal.next_step()),
        }],
        Refusal::ApprovalUnreachable { rules } => {
            rules.iter().map(|rule| whole(&rule.because, refusal.next_step())).collect()
        }
        Refusal::DeploymentDenied { reasons } => {
            reasons.iter().map(|reason| whole(reason, String::new())).collect()
        }
        other if !other.blockers().is_empty() => other
            .blockers()
            .iter()
            .map(|blocker| whole(&blocker.to_string(), blocker.next_step().to_owned()))
            .collect(),
        other => vec![whole(&other.to_string(), other.next_step())],
    }
}
