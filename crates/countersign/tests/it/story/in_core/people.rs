//! Deeds about people as commands of the core.

use super::command::{Stop, name};
use super::{InCore, role};
use crate::story::people::OfPeople;
use countersign_core::actor::Actor;
use countersign_core::register::{NewDelegation, NewQualification, RegisterCommand, Term};

impl InCore {
    pub(super) fn keep_people(
        &mut self,
        actor: &Actor,
        deed: &OfPeople,
    ) -> Result<Vec<String>, Stop> {
        let command = match deed {
            OfPeople::Grant { role: word, person, until } => {
                let term = Term { from: None, until: *until };
                RegisterCommand::GrantRole { person: name(person)?, role: role(word)?, term }
            }
            OfPeople::Revoke { role: word, person } => {
                RegisterCommand::RevokeRole { person: name(person)?, role: role(word)? }
            }
            OfPeople::Delegate { to, role: word, until, reason } => {
                RegisterCommand::Delegate(NewDelegation {
                    to: name(to)?,
                    role: role(word)?,
                    begins: None,
                    ends: *until,
                    reason: self.salts.text(reason)?,
                })
            }
            OfPeople::EndDelegation { number } => {
                RegisterCommand::EndDelegation { number: *number }
            }
            OfPeople::Qualify { person, role: word, passed_on } => {
                RegisterCommand::RecordQualification(NewQualification {
                    person: name(person)?,
                    role: role(word)?,
                    passed_on: name(passed_on)?,
                    proof: self.salts.text("the record of the training")?,
                })
            }
            OfPeople::SameAs { person, other } => {
                RegisterCommand::LinkAccounts { person: name(person)?, same_as: name(other)? }
            }
        };
        self.keep(actor, command)
    }
}
