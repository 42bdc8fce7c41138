//! What a world shows a decision of other releases.

use super::World;
use crate::name::ReleaseId;
use crate::release::{Command, Release, UrgentCommand};
use crate::rows::StandingRow;

impl World {
    /// Where other releases stand, on whatever digest.
    pub(super) fn elsewhere(&self, release: &Release) -> Vec<StandingRow> {
        let others = self.releases.values().filter(|other| other.id != release.id);
        others.flat_map(crate::project::standings).collect()
    }

    pub(super) fn siblings(&self, named: &ReleaseId) -> Vec<&Release> {
        let model = |release: &Release| release.request.as_ref().map(|one| one.model.clone());
        let own = self.releases.get(named).and_then(model);
        self.releases.values().filter(|other| model(other) == own).collect()
    }

    pub(super) fn target_of(&self, command: &Command) -> Option<&Release> {
        let Command::Urgent(UrgentCommand::RollBack(new)) = command else { return None };
        self.releases.get(&new.to)
    }
}
