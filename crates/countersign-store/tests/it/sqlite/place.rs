//! A directory with a database, its head file and its blobs.

use crate::fixture::{key, options};
use countersign_core::stream::StreamId;
use countersign_store::{
    BlobStore, Checkup, HeadPolicy, OpenError, OpenOptions, Report, Store, examine, open,
};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Place {
    pub dir: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn url(&self) -> String {
        format!("sqlite:{}", self.path("c.db").display())
    }

    pub fn head_file(&self) -> PathBuf {
        self.path("c.db.head")
    }

    pub fn try_open(&self) -> Result<Store, OpenError> {
        open(&self.url(), options())
    }

    pub fn open(&self) -> Store {
        self.try_open().unwrap()
    }

    pub fn accept(&self) -> Store {
        let options = OpenOptions { heads: HeadPolicy::AcceptDatabase, ..options() };
        open(&self.url(), options).unwrap()
    }

    pub fn blobs(&self) -> BlobStore {
        BlobStore::open(&self.path("blobs")).unwrap()
    }

    /// A copy of every file, as they are now.
    pub fn copied(&self) -> Self {
        let copy = Self::new();
        copy_all(self.dir.path(), copy.dir.path());
        copy
    }

    pub fn examined(&self) -> Report {
        let key = key();
        let blobs = BlobStore::at(&self.path("blobs"));
        let checkup = Checkup {
            key: key.verifying_key(),
            head_file: None,
            blobs: self.path("blobs").exists().then_some(&blobs),
            envelope: Some(envelope),
            progress: None,
        };
        examine(&self.url(), &checkup).unwrap()
    }
}

fn copy_all(from: &Path, to: &Path) {
    // The head file first: it may lag behind the database, but never be ahead of it.
    let mut entries: Vec<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap()).collect();
    entries.sort_by_key(|entry| !entry.path().to_string_lossy().ends_with(".head"));
    for entry in entries {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Reads the envelope that the fixture writes.
fn envelope(bytes: &[u8]) -> Option<(StreamId, u64)> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    Some((value.get("stream")?.as_str()?.parse().ok()?, value.get("version")?.as_u64()?))
}
