//! The doctor: is everything that is stored what it was when it was stored?
//!
//! The store examines itself: bytes against hashes, hashes against what was signed. This module
//! adds what only the program knows: that every event can be read and says the stream and version
//! it is kept under, that the read rows are the fold of the events, and that every document and
//! piece of evidence the events name is there. Nothing is opened for writing, so it may run beside
//! a server.

mod replay;

pub use replay::{Replay, Replayed};

use crate::boot;
use crate::config::Config;
use crate::failure::{Doing, Failure, Malformed};
use countersign_core::event::Envelope;
use countersign_core::stream::StreamId;
use countersign_store::{BlobStore, Checkup, EventPlace, Progress, Report};
use serde::Serialize;
use std::path::PathBuf;

/// What to examine, and how thoroughly.
pub struct Examination<'a> {
    /// The installation.
    pub config: &'a Config,
    /// Whether rows are compared with the fold of the events.
    pub replay: Replay,
    /// Told from time to time how far the examination is.
    pub progress: Option<&'a dyn Fn(Progress)>,
}

/// What was found.
#[derive(Debug, Serialize)]
pub struct Diagnosis {
    /// What the store found about itself.
    pub store: Report,
    /// What replaying the events found; `None` when it was not asked for or could not be done.
    pub replay: Option<Replayed>,
}

impl Diagnosis {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        let replayed = self.replay.as_ref().is_none_or(|replay| replay.findings.is_empty());
        self.store.is_sound() && replayed
    }

    /// The first event that is wrong.
    pub fn first_bad_event(&self) -> Option<&EventPlace> {
        self.store.first_bad_event()
    }
}

/// Examines an installation. An error means that it could not be examined; whatever is wrong with
/// what could be is in the diagnosis.
pub fn examine(examination: &Examination<'_>) -> Result<Diagnosis, Failure> {
    let config = examination.config;
    let url = config.store_url();
    exists(&url)?;
    let key = boot::existing_key(&config.data)?;
    let blobs = BlobStore::at(&config.data.join(boot::BLOBS));
    let checkup = Checkup {
        key: key.verifying_key(),
        head_file: None,
        blobs: Some(&blobs),
        envelope: Some(place_in),
        progress: examination.progress,
    };
    let store = countersign_store::examine(&url, &checkup);
    let store = store.doing(&format!("examine the store `{url}`"))?;
    let replay = match examination.replay {
        Replay::Skipped => None,
        // A log that cannot be trusted leads to no state worth comparing with.
        Replay::Compared if store.first_bad_event().is_some() => None,
        Replay::Compared => Some(replay::replay(&url, &blobs, examination.progress)),
    };
    Ok(Diagnosis { store, replay })
}

/// Which stream and version an event says it is.
fn place_in(bytes: &[u8]) -> Option<(StreamId, u64)> {
    let envelope = Envelope::decode(bytes).ok()?;
    Some((envelope.stream, envelope.version))
}

/// There is nothing to examine where nothing is; SQLite would only say that it cannot open it.
fn exists(url: &str) -> Result<(), Failure> {
    let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    let path = PathBuf::from(path.unwrap_or_default());
    if path.is_file() {
        return Ok(());
    }
    let message = format!("there is no database at `{url}`: name the data folder with `--data`");
    Err(Failure::Malformed(Malformed { field: "store".into(), message }))
}
