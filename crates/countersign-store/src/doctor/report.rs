//! What the doctor reports.

use crate::fault::chain;
use crate::head_file::HeadError;
use countersign_core::stream::StreamId;
use countersign_proof::TreeHead;
use serde::Serialize;
use std::fmt;

/// What was looked at and what was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// How many events were read.
    pub events: u64,
    /// How many texts were compared with their digests.
    pub texts: u64,
    /// How many blobs were hashed.
    pub blobs: u64,
    /// The head that the events lead to, if the log is sound.
    pub head: Option<TreeHead>,
    /// Everything that is wrong. Empty: sound.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which part of the store.
    pub area: Area,
    /// The event it is about.
    pub event: Option<EventPlace>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

/// A part of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The database file itself.
    Database,
    /// Its tables, indexes and triggers.
    Schema,
    /// The event log.
    Log,
    /// The head kept beside the database.
    HeadFile,
    /// Free texts.
    Texts,
    /// Remembered commands.
    Requests,
    /// Blobs.
    Blobs,
}

/// Where an event lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventPlace {
    /// Its position in the log.
    pub position: u64,
    /// Its stream, as far as it can be read.
    pub stream: Option<StreamId>,
    /// Its version in the stream, as far as it can be read.
    pub version: Option<u64>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    /// The first event that is wrong.
    pub fn first_bad_event(&self) -> Option<&EventPlace> {
        let events = self.findings.iter().filter_map(|finding| finding.event.as_ref());
        events.min_by_key(|event| event.position)
    }

    pub(crate) fn add(&mut self, area: Area, what: impl Into<String>) {
        let remedy = area.remedy().to_owned();
        self.findings.push(Finding { area, event: None, what: what.into(), remedy });
    }
}

impl Area {
    /// What to do when this part is damaged, unless the finding knows better.
    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Self::Database | Self::Schema => {
                "stop the server, keep a copy of the file, and restore a backup"
            }
            Self::Log => {
                "stop the server, keep a copy as evidence, and compare this event with a backup"
            }
            Self::HeadFile => {
                "restore the file, or, once the log is found sound, accept the database's head \
                 with `--accept-new-head`"
            }
            Self::Texts => "restore this text from a backup, or erase it",
            Self::Requests => "answers to repeated commands may be wrong until they are forgotten",
            Self::Blobs => "restore this file from a backup or upload the evidence again",
        }
    }
}

impl From<HeadError> for Finding {
    fn from(error: HeadError) -> Self {
        let what = chain(&error);
        let remedy = Area::HeadFile.remedy().to_owned();
        Self { area: Area::HeadFile, event: None, what, remedy }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Database => "database",
            Self::Schema => "schema",
            Self::Log => "log",
            Self::HeadFile => "head file",
            Self::Texts => "texts",
            Self::Requests => "requests",
            Self::Blobs => "blobs",
        })
    }
}

impl EventPlace {
    pub(crate) fn at(position: u64) -> Self {
        Self { position, stream: None, version: None }
    }
}

impl fmt::Display for EventPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {}", self.position)?;
        match (&self.stream, self.version) {
            (Some(stream), Some(version)) => write!(f, " (`{stream}` version {version})"),
            (Some(stream), None) => write!(f, " (`{stream}`)"),
            (None, _) => Ok(()),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event {
            Some(event) => write!(f, "{}: {event}: {}", self.area, self.what),
            None => write!(f, "{}: {}", self.area, self.what),
        }
    }
}
