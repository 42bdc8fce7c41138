//! Blobs: evidence and other files, named by the SHA-256 of their content.
//!
//! Content is hashed as it streams in and becomes visible under its digest only when it is whole
//! and flushed. The same content is kept once. Nothing here knows what a blob means or who may
//! read it.
//!
//! All calls block: run them on a blocking thread when content is large.

mod writer;

pub use writer::BlobWriter;

use crate::fault::Fault;
use countersign_core::digest::Sha256;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where blobs are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct BlobStore {
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Disk(PathBuf),
    Memory(Arc<Mutex<Contents>>),
}

type Contents = BTreeMap<Sha256, Arc<[u8]>>;

/// A blob's content, open for reading.
#[derive(Debug)]
pub enum BlobReader {
    /// A file on disk.
    Disk(File),
    /// Bytes in memory.
    Memory(Cursor<Arc<[u8]>>),
}

/// What lies in the store's directories: blobs, and files that are none.
#[derive(Debug, Default)]
pub struct BlobListing {
    /// The digests of all blobs, in order.
    pub digests: Vec<Sha256>,
    /// Files and directories whose names are no digest.
    pub strays: Vec<PathBuf>,
}

impl BlobStore {
    /// Blobs in a directory, which is created when it is missing. Uploads cut off by a crash are
    /// removed. Only the server opens a directory; see [`BlobStore::at`].
    pub fn open(directory: &Path) -> Result<Self, Fault> {
        let store = Self::at(directory);
        let prepared = prepare(directory);
        prepared.map_err(|error| {
            Fault::new(format!("prepare the blob directory `{}`", directory.display()), error)
        })?;
        Ok(store)
    }

    /// Blobs in a directory, for looking only: nothing is created or removed.
    pub fn at(directory: &Path) -> Self {
        Self { place: Place::Disk(directory.to_owned()) }
    }

    /// Blobs that end with the process.
    pub fn memory() -> Self {
        Self { place: Place::Memory(Arc::default()) }
    }

    /// Starts a new blob. Nothing is stored until [`BlobWriter::finish`].
    pub fn create(&self) -> Result<BlobWriter, Fault> {
        match &self.place {
            Place::Disk(directory) => BlobWriter::on_disk(directory),
            Place::Memory(contents) => Ok(BlobWriter::in_memory(Arc::clone(contents))),
        }
    }

    /// Stores bytes that are in memory already.
    pub fn put(&self, bytes: &[u8]) -> Result<Sha256, Fault> {
        let mut writer = self.create()?;
        writer.write(bytes)?;
        writer.finish()
    }

    /// Opens a blob; `None` when there is none with this digest. The content is not hashed again:
    /// that is `doctor`'s work.
    pub fn open_blob(&self, digest: &Sha256) -> Result<Option<BlobReader>, Fault> {
        match &self.place {
            Place::Disk(directory) => match File::open(path(directory, digest)) {
                Ok(file) => Ok(Some(BlobReader::Disk(file))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(Fault::new(format!("open blob `{digest}`"), error)),
            },
            Place::Memory(contents) => {
                let content = locked(contents).get(digest).cloned();
                Ok(content.map(|content| BlobReader::Memory(Cursor::new(content))))
            }
        }
    }

    /// Reads a whole blob of at most `max` bytes; `None` when there is none. A longer one is a
    /// fault, so that a small read never fills the memory.
    pub fn read(&self, digest: &Sha256, max: u64) -> Result<Option<Vec<u8>>, Fault> {
        let Some(blob) = self.open_blob(digest)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = blob.take(max.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| Fault::new(format!("read blob `{digest}`"), error))?;
        if bytes.len() as u64 > max {
            let operation = format!("read blob `{digest}` at once: it is longer than {max} bytes");
            return Err(Fault::plain(operation));
        }
        Ok(Some(bytes))
    }

    /// The length of a blob in bytes; `None` when there is none.
    pub fn length(&self, digest: &Sha256) -> Result<Option<u64>, Fault> {
        match &self.place {
            Place::Disk(directory) => match fs::metadata(path(directory, digest)) {
                Ok(metadata) => Ok(Some(metadata.len())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(Fault::new(format!("find blob `{digest}`"), error)),
            },
            Place::Memory(contents) => {
                Ok(locked(contents).get(digest).map(|content| content.len() as u64))
            }
        }
    }

    /// Whether there is a blob with this digest.
    pub fn exists(&self, digest: &Sha256) -> Result<bool, Fault> {
        Ok(self.length(digest)?.is_some())
    }

    /// Erases a blob for good; `false` when there was none. Who may do so, and when, is decided
    /// by the caller.
    pub fn erase(&self, digest: &Sha256) -> Result<bool, Fault> {
        match &self.place {
            Place::Disk(directory) => {
                let path = path(directory, digest);
                match fs::remove_file(&path).and_then(|()| sync_parent(&path)) {
                    Ok(()) => Ok(true),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
                    Err(error) => Err(Fault::new(format!("erase blob `{digest}`"), error)),
                }
            }
            Place::Memory(contents) => Ok(locked(contents).remove(digest).is_some()),
        }
    }

    /// Lists everything in the store.
    pub fn list(&self) -> Result<BlobListing, Fault> {
        match &self.place {
            Place::Disk(directory) => list(&directory.join("sha256")).map_err(|error| {
                Fault::new(format!("list the blob directory `{}`", directory.display()), error)
            }),
            Place::Memory(contents) => {
                let digests = locked(contents).keys().copied().collect();
                Ok(BlobListing { digests, strays: Vec::new() })
            }
        }
    }
}

impl Read for BlobReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Disk(file) => file.read(buffer),
            Self::Memory(content) => content.read(buffer),
        }
    }
}

impl Seek for BlobReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Disk(file) => file.seek(to),
            Self::Memory(content) => content.seek(to),
        }
    }
}

fn locked(contents: &Mutex<Contents>) -> MutexGuard<'_, Contents> {
    contents.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `sha256/ab/cdef…`: 256 directories keep each of them short.
fn path(directory: &Path, digest: &Sha256) -> PathBuf {
    let hex = digest.hex();
    directory.join("sha256").join(&hex[..2]).join(&hex[2..])
}

fn prepare(directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory.join("sha256"))?;
    let unfinished = directory.join("tmp");
    fs::create_dir_all(&unfinished)?;
    for entry in fs::read_dir(&unfinished)? {
        fs::remove_file(entry?.path())?;
    }
    Ok(())
}

/// Makes a new or removed name in a directory durable.
fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

fn list(directory: &Path) -> io::Result<BlobListing> {
    let mut listing = BlobListing::default();
    for group in fs::read_dir(directory)? {
        let group = group?;
        if !group.file_type()?.is_dir() {
            listing.strays.push(group.path());
            continue;
        }
        for file in fs::read_dir(group.path())? {
            let file = file?.path();
            match digest_of(directory, &file) {
                Some(digest) => listing.digests.push(digest),
                None => listing.strays.push(file),
            }
        }
    }
    listing.digests.sort_unstable();
    listing.strays.sort_unstable();
    Ok(listing)
}

/// The digest a file is named by; `None` when the name is not exactly the one it would be given.
fn digest_of(directory: &Path, file: &Path) -> Option<Sha256> {
    let mut parts = file.strip_prefix(directory).ok()?.iter().map(|part| part.to_str());
    let hex = [parts.next()??, parts.next()??].concat();
    let digest: Sha256 = hex.parse().ok()?;
    (digest.hex() == hex).then_some(digest)
}
