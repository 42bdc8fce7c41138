//! Carrying out what a form asked for: done, or what is wrong with it.

use crate::app::{AnyCommand, Draft, Submission};
use crate::failure::Failure;
use crate::portal::faults::Faults;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::response::{IntoResponse, Redirect};
use countersign_core::name::ReleaseId;
use countersign_core::refusal::Refusal;
use countersign_core::release::Command;
use countersign_core::text::Text;

/// A command with its free texts, or why the form does not make one.
pub type Asked = Result<(Command, Draft), Failure>;

impl Visitor {
    /// Carries out a command to a release. `Ok(None)`: it is done.
    pub async fn ask(&self, id: &str, asked: Asked) -> Result<Option<Faults>, Wrong> {
        let id: ReleaseId = crate::api::body::parse("release", id)?;
        let (command, draft) = match asked {
            Ok(asked) => asked,
            Err(failure) => return Faults::from_failure(failure).map(Some),
        };
        self.carry_out(AnyCommand::Release(id, Box::new(command)), draft).await
    }

    /// Why the rules would refuse this command to a release now; `None` when they would not. It is
    /// what a page asks before it offers to do something; nothing is stored.
    pub async fn would_refuse(
        &self,
        id: &ReleaseId,
        command: Command,
    ) -> Result<Option<Refusal>, Wrong> {
        let command = AnyCommand::Release(id.clone(), Box::new(command));
        match self.app.foresee(&self.caller, &command, None).await {
            Ok(()) => Ok(None),
            Err(Failure::Refused(refusal)) => Ok(Some(*refusal)),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Why this visitor may not do something like this, whatever is typed, with who may; `None` when
    /// the visitor may, or when only what is typed will tell. Nothing is stored.
    pub async fn may_not(&self, command: AnyCommand) -> Result<Option<String>, Wrong> {
        match self.app.foresee(&self.caller, &command, None).await {
            Err(Failure::Refused(refusal)) if refusal.code().starts_with("actor.") => {
                let next = refusal.next_step();
                Ok(Some(format!("{}: {next}.", words::capital(&refusal.to_string()))))
            }
            Ok(()) | Err(_) => Ok(None),
        }
    }

    /// Carries out any command. `Ok(None)`: it is done.
    pub async fn carry_out(
        &self,
        command: AnyCommand,
        draft: Draft,
    ) -> Result<Option<Faults>, Wrong> {
        match self.app.execute(&self.caller, Submission::new(command).with(draft)).await {
            Ok(_) => Ok(None),
            Err(failure) => Faults::from_failure(failure).map(Some),
        }
    }
}

/// A text that stands for the one a person has not written yet, to ask the rules with.
pub fn unwritten() -> Option<Text> {
    Text::new(&[0; 16], "not written yet").ok()
}

/// Where a form goes when it is done, so that loading the page again repeats nothing.
pub fn onwards(path: &str) -> Answer {
    Ok(Redirect::to(path).into_response())
}

/// The confirmation of what was done to a release.
pub fn done(id: &str, what: &str) -> Answer {
    onwards(&format!("/releases/{id}/done/{what}"))
}
