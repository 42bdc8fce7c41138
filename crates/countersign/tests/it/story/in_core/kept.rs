//! What people do about records, as commands of the core.

use super::InCore;
use super::command::{Stop, name};
use crate::story::kept::Kept;
use countersign_core::actor::Actor;
use countersign_core::model::Model;
use countersign_core::name::{ModelName, PersonId};
use countersign_core::register::{HoldScope, PersonToErase, RegisterCommand, TextsToErase};
use countersign_core::release::{Command, RetentionCommand};
use countersign_core::stream::StreamId;

impl InCore {
    pub(super) fn keep_records(
        &mut self,
        actor: &Actor,
        release: &str,
        deed: &Kept,
    ) -> Result<Vec<String>, Stop> {
        let command = match deed {
            Kept::PlaceHold { model, reason } => {
                let scope = HoldScope { model: name(model)?, release: None };
                let reason = self.salts.text(reason)?;
                return self.keep(actor, RegisterCommand::PlaceHold { scope, reason });
            }
            Kept::PlaceHoldHere { reason } => {
                let (id, model) = (self.id_of(release)?, self.model_of(release)?);
                let scope = HoldScope { model, release: Some(id) };
                let reason = self.salts.text(reason)?;
                return self.keep(actor, RegisterCommand::PlaceHold { scope, reason });
            }
            Kept::LiftHold { number, reason } => {
                let (number, reason) = (*number, self.salts.text(reason)?);
                return self.keep(actor, RegisterCommand::LiftHold { number, reason });
            }
            Kept::ErasePerson { person, reason } => {
                let person: PersonId = name(person)?;
                let owned = |model: &&Model| model.owner() == Some(&person);
                let owns = self.models.values().filter(owned);
                let owns = owns.filter_map(|model| Some(model.registration.as_ref()?.name.clone()));
                let (owns, reason) = (owns.collect(), self.salts.text(reason)?);
                let acted_in = self.releases.iter().filter_map(|(id, release)| {
                    let did = |(by, _): &(String, String)| by == person.as_str();
                    let model = release.request.as_ref()?.model.clone();
                    let named = self.history.get(id)?.iter().any(did);
                    named.then(|| (model, Some(id.clone())))
                });
                let acted_in = acted_in.collect();
                let erase = PersonToErase { person, owns, acted_in, reason };
                return self.keep(actor, RegisterCommand::ErasePerson(erase));
            }
            Kept::EraseTexts { event, reason } => {
                let (id, model) = (self.id_of(release)?, self.model_of(release)?);
                // Which texts an event holds is looked up in the store; one stands for them here.
                let texts = vec![self.salts.text("whatever it said")?];
                let erase = TextsToErase {
                    stream: StreamId::Release(id),
                    version: u64::from(*event),
                    texts,
                    model: Some(model),
                    reason: self.salts.text(reason)?,
                };
                return self.keep(actor, RegisterCommand::EraseTexts(erase));
            }
            Kept::ProposePurge { evidence, reason } => {
                let evidence = evidence.iter().map(|one| name(one)).collect::<Result<_, _>>()?;
                RetentionCommand::ProposePurge { evidence, reason: self.salts.text(reason)? }
            }
            Kept::ConfirmPurge { number } => RetentionCommand::ConfirmPurge { number: *number },
            Kept::RefusePurge { number, reason } => {
                let reason = self.salts.text(reason)?;
                RetentionCommand::RefusePurge { number: *number, reason }
            }
            Kept::Export => RetentionCommand::Export,
        };
        let id = self.id_of(release)?;
        self.change_release(actor, &id, Command::Retention(command))
    }

    fn model_of(&self, release: &str) -> Result<ModelName, Stop> {
        let state = self.releases.get(&self.id_of(release)?);
        let request = state.and_then(|state| state.request.as_ref());
        let missing = || Stop::Mistake(format!("`{release}` was never requested"));
        request.map(|request| request.model.clone()).ok_or_else(missing)
    }
}
