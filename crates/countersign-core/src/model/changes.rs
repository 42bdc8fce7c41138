//! What was put into production of a model, one change after the other: from this it is told
//! which kind of change the next one is, and how many small ones followed each other.

use crate::classification::{ChangeType, Trait};
use crate::name::ReleaseId;
use std::collections::BTreeSet;

/// One release that was put into production.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub release: ReleaseId,
    /// What kind of change it was; `None` when its history does not say.
    pub change: Option<ChangeType>,
    /// The facts stated about it.
    pub traits: BTreeSet<Trait>,
}

impl Change {
    /// Whether it was one that asks for no full review. Of one whose kind nobody kept that is
    /// assumed, so that a full review is asked for too early rather than too late.
    fn is_small(&self) -> bool {
        match self.change {
            Some(ChangeType::MinorUpdate | ChangeType::ConfigurationChange) | None => true,
            Some(
                ChangeType::NewModel
                | ChangeType::MajorUpdate
                | ChangeType::ThirdPartyActivation
                | ChangeType::Retirement,
            ) => false,
        }
    }
}

/// Every change that is in what runs now, the oldest first. A release deployed to several
/// environments is one change, and one that was rolled back everywhere is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes(Vec<Change>);

impl Changes {
    pub(super) fn deployed(
        &mut self,
        release: &ReleaseId,
        change: Option<ChangeType>,
        traits: &BTreeSet<Trait>,
    ) {
        if !self.contains(release) {
            self.0.push(Change { release: release.clone(), change, traits: traits.clone() });
        }
    }

    pub(super) fn taken_out(&mut self, release: &ReleaseId) {
        self.0.retain(|change| &change.release != release);
    }

    /// Whether this release is one of them.
    pub fn contains(&self, release: &ReleaseId) -> bool {
        self.0.iter().any(|change| &change.release == release)
    }

    /// The latest.
    pub fn last(&self) -> Option<&Change> {
        self.0.last()
    }

    /// The minor updates and configuration changes in a row since the last full review, the
    /// oldest first.
    pub fn small_ones_in_a_row(&self) -> &[Change] {
        let before = self.0.iter().rposition(|change| !change.is_small());
        self.0.get(before.map_or(0, |last| last + 1)..).unwrap_or_default()
    }
}
