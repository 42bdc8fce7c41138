//! The rows a store keeps of one release, computed when its stream was appended to.

use countersign_core::project;
use countersign_core::release::Release;
use countersign_core::rows::{EntryRow, ReleaseRow, StandingRow, TaskRow};

/// Everything lists, inboxes and verdicts are answered from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Its line in lists.
    pub line: Option<ReleaseRow>,
    /// Where it stands on each digest in each environment.
    pub standings: Vec<StandingRow>,
    /// What people have to do.
    pub tasks: Vec<TaskRow>,
    /// What it adds to the lists beside the releases.
    pub entries: Vec<EntryRow>,
}

impl Rows {
    /// The rows of a release as it is now.
    pub fn of(release: &Release) -> Self {
        Self {
            line: project::release_row(release),
            standings: project::standings(release),
            tasks: project::tasks(release),
            entries: project::entries(release),
        }
    }
}
