//! Writing a blob.

use super::{Contents, locked, path, sync_parent};
use crate::fault::Fault;
use countersign_core::digest::Sha256;
use sha2::Digest;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// A blob being written. Dropping it without [`BlobWriter::finish`] leaves nothing behind.
#[derive(Debug)]
pub struct BlobWriter {
    hash: sha2::Sha256,
    length: u64,
    target: Target,
}

#[derive(Debug)]
enum Target {
    Disk { directory: PathBuf, unfinished: Unfinished },
    Memory { contents: Arc<Mutex<Contents>>, bytes: Vec<u8> },
}

/// A file in `tmp`, removed when it is dropped before it got its name.
#[derive(Debug)]
struct Unfinished {
    path: PathBuf,
    file: File,
}

/// Tells the uploads of one process apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

impl BlobWriter {
    pub(super) fn on_disk(directory: &Path) -> Result<Self, Fault> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}", std::process::id());
        let path = directory.join("tmp").join(name);
        let file = File::options().write(true).create_new(true).open(&path);
        let file = file.map_err(|error| {
            Fault::new(format!("create the upload file `{}`", path.display()), error)
        })?;
        let unfinished = Unfinished { path, file };
        Ok(Self::new(Target::Disk { directory: directory.to_owned(), unfinished }))
    }

    pub(super) fn in_memory(contents: Arc<Mutex<Contents>>) -> Self {
        Self::new(Target::Memory { contents, bytes: Vec::new() })
    }

    fn new(target: Target) -> Self {
        Self { hash: sha2::Sha256::new(), length: 0, target }
    }

    /// Adds the next bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
        match &mut self.target {
            Target::Disk { unfinished, .. } => {
                unfinished.file.write_all(bytes).map_err(Fault::at("write a blob"))
            }
            Target::Memory { bytes: kept, .. } => {
                kept.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// How many bytes were written so far.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The digest of the bytes written so far.
    pub fn digest(&self) -> Sha256 {
        Sha256::from_bytes(self.hash.clone().finalize().into())
    }

    /// The bytes written so far, up to this many: for looking at a file before it is stored.
    pub fn content(&self, max: u64) -> Result<Vec<u8>, Fault> {
        match &self.target {
            Target::Disk { unfinished, .. } => {
                let mut bytes = Vec::new();
                let file = File::open(&unfinished.path);
                let read = file.and_then(|file| file.take(max).read_to_end(&mut bytes));
                read.map_err(Fault::at("read a blob that is being written"))?;
                Ok(bytes)
            }
            Target::Memory { bytes, .. } => {
                let end = usize::try_from(max).map_or(bytes.len(), |max| max.min(bytes.len()));
                Ok(bytes[..end].to_vec())
            }
        }
    }

    /// Stores the blob under its digest. When this returns, it is durable.
    pub fn finish(self) -> Result<Sha256, Fault> {
        let digest = Sha256::from_bytes(self.hash.finalize().into());
        match self.target {
            Target::Disk { directory, unfinished } => {
                let kept = keep(&directory, &unfinished, &digest);
                kept.map_err(|error| Fault::new(format!("store blob `{digest}`"), error))?;
            }
            Target::Memory { contents, bytes } => {
                locked(&contents).insert(digest, Arc::from(bytes));
            }
        }
        Ok(digest)
    }
}

/// Flushes the file, then gives it its name. A blob that is there already is replaced by the same
/// bytes, which also heals one that decayed.
fn keep(directory: &Path, unfinished: &Unfinished, digest: &Sha256) -> io::Result<()> {
    unfinished.file.sync_all()?;
    let path = path(directory, digest);
    if let Some(group) = path.parent()
        && !group.exists()
    {
        fs::create_dir_all(group)?;
        sync_parent(group)?;
    }
    fs::rename(&unfinished.path, &path)?;
    sync_parent(&path)
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After `keep` the name is gone; otherwise what cannot be removed now goes at next start.
        let _ = fs::remove_file(&self.path);
    }
}
