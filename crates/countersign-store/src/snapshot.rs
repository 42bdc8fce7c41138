//! A database as it is at one moment, for reading only: what `doctor --replay` compares with the
//! fold of the events.
//!
//! It needs no lock and changes nothing, so it may be taken beside a running server. Everything
//! read through it is of the same moment, however long reading takes. All calls block.

use crate::event::StoredEvent;
use crate::fault::Fault;
use crate::open::{OpenError, sqlite_path};
use crate::page::{Page, StandingKey, TaskCursor};
use crate::sqlite::Frozen;
use countersign_core::digest::TextDigest;
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::rows::{EntryRow, ModelRow, ReleaseRow, StandingRow, TaskRow};
use countersign_core::stream::StreamId;
use std::collections::BTreeMap;

/// The database at one moment.
#[derive(Debug)]
pub struct Snapshot {
    frozen: Frozen,
}

/// How many rows of each kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows of releases.
    pub releases: u64,
    /// Rows of models.
    pub models: u64,
    /// Rows of tasks.
    pub tasks: u64,
    /// Rows of standings.
    pub standings: u64,
    /// Rows of entries.
    pub entries: u64,
}

impl Snapshot {
    /// Takes a snapshot of the database at `url`. The URL must be `sqlite:PATH`, and the database
    /// must exist.
    pub fn of(url: &str) -> Result<Self, OpenError> {
        let path = sqlite_path(url).ok_or_else(|| OpenError::Url { url: url.to_owned() })?;
        let fault = |source| OpenError::Fault { path: path.to_owned(), source };
        Ok(Self { frozen: Frozen::open(path).map_err(fault)? })
    }

    /// The events of all streams from this position on, itself included, in order.
    pub fn since(&self, position: u64, limit: u32) -> Result<Vec<StoredEvent>, Fault> {
        self.frozen.since(position, limit)
    }

    /// All events of one stream, oldest first.
    pub fn stream(&self, stream: &StreamId) -> Result<Vec<StoredEvent>, Fault> {
        self.frozen.stream(stream)
    }

    /// The streams that have events, by name.
    pub fn streams(
        &self,
        after: Option<&StreamId>,
        limit: u32,
    ) -> Result<Page<StreamId, StreamId>, Fault> {
        self.frozen.streams(after, limit)
    }

    /// How many rows of each kind there are.
    pub fn row_counts(&self) -> Result<RowCounts, Fault> {
        self.frozen.row_counts()
    }

    /// One release.
    pub fn release_row(&self, release: &ReleaseId) -> Result<Option<ReleaseRow>, Fault> {
        self.frozen.release_row(release)
    }

    /// One model.
    pub fn model_row(&self, model: &ModelName) -> Result<Option<ModelRow>, Fault> {
        self.frozen.model_row(model)
    }

    /// The tasks of one history, by key.
    pub fn tasks_of(&self, subject: &StreamId) -> Result<Vec<TaskRow>, Fault> {
        self.frozen.tasks_of(subject)
    }

    /// The entries of one history, by list and identifier.
    pub fn entries_of(&self, subject: &StreamId) -> Result<Vec<EntryRow>, Fault> {
        self.frozen.entries_of(subject)
    }

    /// Everybody's tasks, the earliest due first.
    pub fn all_tasks(
        &self,
        after: Option<&TaskCursor>,
        limit: u32,
    ) -> Result<Page<TaskRow, TaskCursor>, Fault> {
        self.frozen.all_tasks(after, limit)
    }

    /// The standings of one release, by digest and environment.
    pub fn standings_of(&self, release: &ReleaseId) -> Result<Vec<StandingRow>, Fault> {
        self.frozen.standings_of(release)
    }

    /// All standings by key.
    pub fn all_standings(
        &self,
        after: Option<&StandingKey>,
        limit: u32,
    ) -> Result<Page<StandingRow, StandingKey>, Fault> {
        self.frozen.all_standings(after, limit)
    }

    /// The texts with these digests; those erased or never stored are absent.
    pub fn texts(&self, digests: &[TextDigest]) -> Result<BTreeMap<TextDigest, String>, Fault> {
        self.frozen.texts(digests)
    }
}
