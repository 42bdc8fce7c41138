//! Packs: records carried out of the installation as plain files that prove themselves.
//!
//! A pack holds what people read, what machines read, the files of evidence under their digests,
//! and the events everything rests on, each with the proof that it is in the signed log. A manifest
//! names every file, and the log's key signs the manifest. [`verify`] checks all of that without the server. Every pack is a function of
//! the log and of what was asked: it holds no moment at which it was made.

pub mod control;
mod manifest;
mod page;
mod proofs;
pub mod release;
mod tables;
mod texts;
pub mod unpack;
pub mod verify;
pub mod zip;

use countersign_core::digest::Sha256;
use countersign_proof::{NoteError, SigningKey};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The manifest's name. `sha256sum -c` reads it.
pub const MANIFEST: &str = "SHA256SUMS";

/// The manifest's signature by the log's key: docs/spec/pack.md says what is signed.
pub const SIGNATURE: &str = "SHA256SUMS.note";

/// Free texts with their salts, by digest.
pub const TEXTS: &str = "texts.json";

/// What a file of a pack holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file of the blob store, with its length in bytes.
    Blob(Sha256, u64),
}

impl Content {
    fn digest(&self) -> Sha256 {
        match self {
            Self::Bytes(bytes) => Sha256::of(bytes),
            Self::Blob(digest, _) => *digest,
        }
    }
}

/// Files by their path inside the pack, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pack {
    files: BTreeMap<String, Content>,
}

impl Pack {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), Content::Bytes(bytes.into()));
    }

    /// Adds a file of the blob store under its digest.
    pub fn add_blob(&mut self, digest: Sha256, length: u64) {
        self.files.insert(evidence_path(&digest), Content::Blob(digest, length));
    }

    /// Its files, by path, the manifest and its signature last.
    fn files(mut self, key: &SigningKey) -> Result<Vec<(String, Content)>, NoteError> {
        let mut manifest = String::new();
        for (path, content) in &self.files {
            let _ = writeln!(manifest, "{}  {path}", content.digest().hex());
        }
        let mut files: Vec<(String, Content)> =
            std::mem::take(&mut self.files).into_iter().collect();
        let signed = manifest::sign(manifest.as_bytes(), key)?;
        files.push((MANIFEST.to_owned(), Content::Bytes(manifest.into_bytes())));
        files.push((SIGNATURE.to_owned(), Content::Bytes(signed.into_bytes())));
        Ok(files)
    }
}

/// Where a piece of evidence lies in a pack.
pub fn evidence_path(digest: &Sha256) -> String {
    format!("evidence/{}", digest.hex())
}

/// Where an event lies in a pack.
pub fn event_path(position: u64) -> String {
    format!("log/events/{position:010}.json")
}

/// Where the proof that an event is in the log lies.
pub fn proof_path(position: u64) -> String {
    format!("log/events/{position:010}.tlog-proof")
}

/// The signed head of the log.
pub const CHECKPOINT: &str = "log/checkpoint";

/// The key that signs the log, for whoever has no better source of it.
pub const KEY: &str = "log/key";
