//! The doctor: looks at everything that is stored and says what is wrong, and where first.
//!
//! It trusts one thing, the log's public key. It changes nothing, needs no lock and may run beside
//! a server. A database too damaged to read is a finding, not a crash. Whether rows equal the fold
//! of the events is checked by the program, which knows the fold.

mod blobs;
mod report;

pub use report::{Area, EventPlace, Finding, Report};

use crate::blobs::BlobStore;
use crate::open::{OpenError, sqlite_path};
use crate::sqlite;
use countersign_core::stream::StreamId;
use countersign_proof::VerifyingKey;
use std::path::PathBuf;

/// What to look at.
pub struct Checkup<'a> {
    /// The log's public key.
    pub key: &'a VerifyingKey,
    /// Where the head is kept beside the database; by default as in `OpenOptions`.
    pub head_file: Option<PathBuf>,
    /// The blobs to hash again.
    pub blobs: Option<&'a BlobStore>,
    /// How to read an envelope. The store itself never looks inside an event.
    pub envelope: Option<EnvelopeReader>,
    /// Told from time to time how far the examination is.
    pub progress: Option<&'a dyn Fn(Progress)>,
}

/// Reads which stream and version the bytes of an event say they are; `None` for bytes that are
/// no event.
pub type EnvelopeReader = fn(&[u8]) -> Option<(StreamId, u64)>;

/// How far an examination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Events read, and how many there are.
    Events {
        /// How many were read.
        done: u64,
        /// How many there are.
        of: u64,
    },
    /// Blobs hashed, and how many there are.
    Blobs {
        /// How many were hashed.
        done: u64,
        /// How many there are.
        of: u64,
    },
}

/// Examines the database at `url`, and the blobs. The URL must be `sqlite:PATH`.
pub fn examine(url: &str, checkup: &Checkup<'_>) -> Result<Report, OpenError> {
    let path = sqlite_path(url).ok_or_else(|| OpenError::Url { url: url.to_owned() })?;
    let mut report = Report::default();
    sqlite::examine(path, checkup, &mut report);
    if let Some(kept) = checkup.blobs {
        blobs::hash_again(kept, checkup, &mut report);
    }
    Ok(report)
}
