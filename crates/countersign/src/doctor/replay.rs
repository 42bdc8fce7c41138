//! Replaying: every stream is folded anew, and the read rows are compared with what the fold says.
//!
//! One stream is held at a time, so memory does not grow with the log.

use crate::app::Folded;
use countersign_core::digest::Sha256;
use countersign_core::event::Envelope;
use countersign_core::incident::Incident;
use countersign_core::meeting::Meeting;
use countersign_core::model::Model;
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::project::{self, Listed};
use countersign_core::register::Register;
use countersign_core::release::Release;
use countersign_core::risk::Risk;
use countersign_core::rows::{EntryRow, StandingRow, TaskRow};
use countersign_core::sandbox::Exclusion;
use countersign_core::stream::StreamId;
use countersign_store::{BlobStore, Fault, Progress, RowCounts, Snapshot};
use serde::Serialize;
use std::collections::BTreeMap;

/// Whether to replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// Rows are compared with the fold of the events.
    Compared,
    /// They are not.
    Skipped,
}

/// What replaying found.
#[derive(Debug, Default, Serialize)]
pub struct Replayed {
    /// How many streams were folded.
    pub streams: u64,
    /// How many rows they lead to.
    pub rows: u64,
    /// How many documents and pieces of evidence they name.
    pub files: u64,
    /// Everything that differs. Empty: sound.
    pub findings: Vec<Difference>,
}

/// Something that is not as the events say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The stream whose events say otherwise; `None` when no stream does.
    pub stream: Option<StreamId>,
    /// What differs.
    pub what: String,
    /// What to do.
    pub remedy: &'static str,
}

/// After this many differences more would not help.
const ENOUGH: usize = 100;

/// How many streams are listed at once.
const PAGE: u32 = 500;

const ROWS: &str = "stop the server, keep a copy of the database, and restore a backup; the events \
                    are what counts";
const FILES: &str = "restore this file from a backup";
const PROGRAM: &str = "check that this program is as new as the one that wrote the event";

/// Replays every stream.
pub(super) fn replay(
    url: &str,
    blobs: &BlobStore,
    progress: Option<&dyn Fn(Progress)>,
) -> Replayed {
    let mut replaying = match Snapshot::of(url) {
        Ok(snapshot) => Replaying::new(snapshot, blobs, progress),
        Err(error) => {
            let what = format!("the database cannot be read: {error}");
            let findings = vec![Difference { stream: None, what, remedy: ROWS }];
            return Replayed { findings, ..Replayed::default() };
        }
    };
    if let Err(fault) = replaying.all() {
        replaying.differs(None, format!("not everything could be read: {}", fault.chain()), ROWS);
    }
    replaying.found
}

struct Replaying<'a> {
    snapshot: Snapshot,
    blobs: &'a BlobStore,
    progress: Option<&'a dyn Fn(Progress)>,
    expected: RowCounts,
    events: u64,
    found: Replayed,
}

impl<'a> Replaying<'a> {
    fn new(
        snapshot: Snapshot,
        blobs: &'a BlobStore,
        progress: Option<&'a dyn Fn(Progress)>,
    ) -> Self {
        let (expected, found) = (RowCounts::default(), Replayed::default());
        Self { snapshot, blobs, progress, expected, events: 0, found }
    }

    fn all(&mut self) -> Result<(), Fault> {
        let mut after = None;
        loop {
            let page = self.snapshot.streams(after.as_ref(), PAGE)?;
            for stream in &page.items {
                self.stream(stream)?;
                if self.found.findings.len() >= ENOUGH {
                    return Ok(());
                }
            }
            if let Some(progress) = self.progress {
                progress(Progress::Events { done: self.events, of: self.events });
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return self.surplus(),
            }
        }
    }

    fn stream(&mut self, stream: &StreamId) -> Result<(), Fault> {
        self.found.streams += 1;
        match stream {
            StreamId::Release(id) => match self.folded::<Release>(stream)? {
                Some(release) => self.release(stream, id, &release),
                None => Ok(()),
            },
            StreamId::Model(name) => match self.folded::<Model>(stream)? {
                Some(model) => self.model(stream, name, &model),
                None => Ok(()),
            },
            StreamId::Meeting(_) => match self.folded::<Meeting>(stream)? {
                Some(meeting) => {
                    self.tasks(stream, project::meeting_tasks(&meeting))?;
                    self.entries(stream, project::meeting_entries(&meeting))
                }
                None => Ok(()),
            },
            StreamId::Incident(_) => self.listed::<Incident>(stream),
            StreamId::Risk(_) => self.listed::<Risk>(stream),
            StreamId::Sandbox(_) => self.listed::<Exclusion>(stream),
            StreamId::Register => match self.folded::<Register>(stream)? {
                Some(register) => self.register(stream, &register),
                None => Ok(()),
            },
        }
    }

    /// The fold of a stream; `None` when an event of it cannot be read.
    fn folded<S: Folded>(&mut self, stream: &StreamId) -> Result<Option<S>, Fault> {
        let mut state = S::default();
        for stored in self.snapshot.stream(stream)? {
            self.events += 1;
            match Envelope::decode(&stored.bytes) {
                Ok(envelope) => state.fold(&envelope),
                Err(error) => {
                    let what =
                        format!("event {} (version {}): {error}", stored.position, stored.version);
                    self.differs(Some(stream), what, PROGRAM);
                    return Ok(None);
                }
            }
            if state.version() != stored.version {
                let what = format!(
                    "event {} is version {}, but the fold counts {}",
                    stored.position,
                    stored.version,
                    state.version()
                );
                self.differs(Some(stream), what, PROGRAM);
                return Ok(None);
            }
        }
        Ok(Some(state))
    }

    fn release(
        &mut self,
        stream: &StreamId,
        id: &ReleaseId,
        release: &Release,
    ) -> Result<(), Fault> {
        let (wanted, kept) = (project::release_row(release), self.snapshot.release_row(id)?);
        self.expected.releases += u64::from(wanted.is_some());
        if wanted != kept {
            self.differs(Some(stream), "its row in lists is not the fold of its events", ROWS);
        }
        self.tasks(stream, project::tasks(release))?;
        self.entries(stream, project::entries(release))?;
        let key = |row: &StandingRow| (row.digest, row.environment.clone());
        let wanted = by_key(project::standings(release), key);
        let kept = self.snapshot.standings_of(id)?;
        self.expected.standings += wanted.len() as u64;
        if wanted != kept {
            let name = |row: &StandingRow| format!("{} in {}", row.digest, row.environment);
            let standing = first_difference(&wanted, &kept, name);
            let what = format!("where it stands on `{standing}` is not the fold");
            self.differs(Some(stream), what, ROWS);
        }
        // What was purged is not damage; what was not has to be there.
        let kept = release.evidence.iter().filter(|(id, _)| !release.kept.purged.contains_key(*id));
        for (_, attached) in kept {
            let name = format!("the evidence `{}`", attached.evidence.name);
            self.file(stream, &name, &attached.evidence.sha256)?;
        }
        Ok(())
    }

    /// An incident, a risk or a sandbox exclusion: an entry of a list, and tasks.
    fn listed<S: Folded + Listed>(&mut self, stream: &StreamId) -> Result<(), Fault> {
        match self.folded::<S>(stream)? {
            Some(one) => {
                self.tasks(stream, one.tasks())?;
                self.entries(stream, one.entry().into_iter().collect())
            }
            None => Ok(()),
        }
    }

    fn tasks(&mut self, stream: &StreamId, wanted: Vec<TaskRow>) -> Result<(), Fault> {
        let wanted = by_key(wanted, |row| row.task.clone());
        let kept = self.snapshot.tasks_of(stream)?;
        self.expected.tasks += wanted.len() as u64;
        if wanted != kept {
            let task = first_difference(&wanted, &kept, |row: &TaskRow| row.task.clone());
            self.differs(Some(stream), format!("its task `{task}` is not the fold"), ROWS);
        }
        Ok(())
    }

    fn model(&mut self, stream: &StreamId, name: &ModelName, model: &Model) -> Result<(), Fault> {
        let (wanted, kept) = (project::model_row(model), self.snapshot.model_row(name)?);
        self.expected.models += u64::from(wanted.is_some());
        if wanted != kept {
            self.differs(Some(stream), "its row in lists is not the fold of its events", ROWS);
        }
        Ok(())
    }

    fn entries(&mut self, stream: &StreamId, wanted: Vec<EntryRow>) -> Result<(), Fault> {
        let wanted = by_key(wanted, |row: &EntryRow| (row.kind.word(), row.id.clone()));
        let kept = self.snapshot.entries_of(stream)?;
        self.expected.entries += wanted.len() as u64;
        if wanted != kept {
            let entry = first_difference(&wanted, &kept, |row: &EntryRow| row.id.clone());
            self.differs(Some(stream), format!("its entry `{entry}` is not the fold"), ROWS);
        }
        Ok(())
    }

    fn register(&mut self, stream: &StreamId, register: &Register) -> Result<(), Fault> {
        self.entries(stream, project::register_entries(register))?;
        self.tasks(stream, project::register_tasks(register))?;
        for published in &register.policies {
            let policy = &published.policy;
            let name = format!("the policy `{} {}`", policy.name, policy.version);
            self.file(stream, &name, &policy.sha256)?;
        }
        for published in &register.runbooks {
            let runbook = &published.runbook;
            let name = format!("the runbook `{} {}`", runbook.name, runbook.version);
            self.file(stream, &name, &runbook.sha256)?;
        }
        Ok(())
    }

    fn file(&mut self, stream: &StreamId, name: &str, digest: &Sha256) -> Result<(), Fault> {
        self.found.files += 1;
        if !self.blobs.exists(digest)? {
            self.differs(Some(stream), format!("{name} (`{digest}`) is missing"), FILES);
        }
        Ok(())
    }

    /// Rows that belong to no stream.
    fn surplus(&mut self) -> Result<(), Fault> {
        let (kept, wanted) = (self.snapshot.row_counts()?, self.expected);
        self.found.rows =
            wanted.releases + wanted.models + wanted.tasks + wanted.standings + wanted.entries;
        for (what, kept, wanted) in [
            ("releases", kept.releases, wanted.releases),
            ("models", kept.models, wanted.models),
            ("tasks", kept.tasks, wanted.tasks),
            ("standings", kept.standings, wanted.standings),
            ("entries", kept.entries, wanted.entries),
        ] {
            if kept != wanted {
                let what = format!("there are {kept} rows of {what}, the events lead to {wanted}");
                self.differs(None, what, ROWS);
            }
        }
        Ok(())
    }

    fn differs(
        &mut self,
        stream: Option<&StreamId>,
        what: impl Into<String>,
        remedy: &'static str,
    ) {
        let (stream, what) = (stream.cloned(), what.into());
        self.found.findings.push(Difference { stream, what, remedy });
    }
}

/// Rows as the store keeps them: in the order of their keys, the last of those with one key.
fn by_key<R, K: Ord>(rows: Vec<R>, key: impl Fn(&R) -> K) -> Vec<R> {
    let rows = rows.into_iter().map(|row| (key(&row), row));
    rows.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// The name of the first row that one list has and the other has not.
fn first_difference<R: PartialEq>(wanted: &[R], kept: &[R], name: impl Fn(&R) -> String) -> String {
    let odd = |one: &[R], other: &[R]| one.iter().find(|row| !other.contains(row)).map(&name);
    odd(wanted, kept).or_else(|| odd(kept, wanted)).unwrap_or_default()
}
