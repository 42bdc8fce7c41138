//! Which kind of change the facts make a release, before anybody asks for it.

use super::App;
use crate::failure::Failure;
use countersign_core::name::ModelName;
use countersign_core::policy::ChangeSettings;
use countersign_core::proposal::{Asked, Proposal, propose};

impl App {
    /// The kind of change the facts propose for what is asked. Nothing is stored.
    pub async fn proposal(
        &self,
        model: &ModelName,
        asked: &Asked<'_>,
    ) -> Result<Proposal, Failure> {
        let loaded = self.model(model).await?.state;
        if loaded.registration.is_none() {
            return Err(Failure::not_found("model", model));
        }
        let register = self.register().await?.state;
        let policy = self.policy_in_force(&register).await?;
        let silent = ChangeSettings::default();
        let settings = policy.as_ref().map_or(&silent, |one| &one.policy.settings.changes);
        Ok(propose(asked, &loaded, settings))
    }
}
