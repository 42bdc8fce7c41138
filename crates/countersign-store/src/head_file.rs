//! The signed head beside the database: what notices a database that forgot.
//!
//! The file holds the latest checkpoint, exactly as it was signed. It is written after the commit,
//! so it is never ahead of the durable database; after a crash it may be behind. It is overwritten
//! in place and not flushed each time: it guards against restored backups and lost files, and
//! losing its last moments costs nothing, because an older head must still be a prefix of the log.

use crate::fault::Fault;
use countersign_proof::{Checkpoint, CheckpointError, Hash, TreeHead, VerifyingKey};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// More than a checkpoint ever takes.
const MAX_BYTES: u64 = 64 * 1024;

/// How the head file disagrees with the database.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    /// The database has events, the file is gone.
    #[error(
        "the head file `{}` is missing, but the database has {size} events: restore the file, or, \
         if you are sure that the database is complete, accept its head with `--accept-new-head`",
        path.display()
    )]
    Missing {
        /// Where the file should be.
        path: PathBuf,
        /// The number of events in the database.
        size: u64,
    },
    /// The file is not a checkpoint signed by this log.
    #[error(
        "the head file `{}` is not a checkpoint of this log: restore the file, or, if you are \
         sure that the database is complete, accept its head with `--accept-new-head`",
        path.display()
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: CheckpointError,
    },
    /// The database has fewer events than were signed.
    #[error(
        "the database forgot {forgotten} events: it has {size}, but {signed} were signed \
         according to `{}`; restore a newer backup or run `countersign doctor`, or give the \
         forgotten events up with `--accept-new-head`",
        path.display()
    )]
    Forgot {
        /// The head file.
        path: PathBuf,
        /// The number of events in the database.
        size: u64,
        /// The number of events that were signed.
        signed: u64,
        /// The difference.
        forgotten: u64,
    },
    /// The first events of the database are not the ones that were signed.
    #[error(
        "the database has another history than the one signed in `{}`: the first {size} events \
         have the root `{actual}`, signed was `{signed}`; keep copies of both, run `countersign \
         doctor`, and restore the right database",
        path.display()
    )]
    Forked {
        /// The head file.
        path: PathBuf,
        /// The size that was signed.
        size: u64,
        /// The root that was signed.
        signed: Hash,
        /// The root over as many events of the database.
        actual: Hash,
    },
}

/// The file, open for overwriting.
#[derive(Debug)]
pub(crate) struct HeadFile {
    file: File,
    length: u64,
}

impl HeadFile {
    /// Opens the file for writing, creating it when it is missing.
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        let opened = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let file = opened.map_err(Fault::at("open the head file"))?;
        let length = file.metadata().map_err(Fault::at("read the head file's length"))?.len();
        Ok(Self { file, length })
    }

    /// Overwrites the file. Flushed only when its length changes, so that a power cut never leaves
    /// a checkpoint cut off: one that keeps its length fits in a sector and is written whole.
    pub(crate) fn write(&mut self, checkpoint: &str) -> Result<(), Fault> {
        let length = checkpoint.len() as u64;
        let written = self.overwrite(checkpoint.as_bytes(), length);
        written.map_err(Fault::at("write the head file"))
    }

    fn overwrite(&mut self, bytes: &[u8], length: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(bytes)?;
        if length != self.length {
            self.file.set_len(length)?;
            self.file.sync_all()?;
            self.length = length;
        }
        Ok(())
    }

    /// Flushes the file to disk, at the end.
    pub(crate) fn flush(&self) -> Result<(), Fault> {
        self.file.sync_all().map_err(Fault::at("flush the head file"))
    }
}

/// Reads the file; `None` when there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, Fault> {
    let mut bytes = Vec::new();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Fault::new("open the head file", error)),
    };
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(Fault::at("read the head file"))?;
    Ok(Some(bytes))
}

/// Compares the file with the database's head. `root_at` gives the root over the first events of
/// the database; it is asked at most once, for a size below the database's.
pub(crate) fn compare(
    path: &Path,
    bytes: Option<&[u8]>,
    key: &VerifyingKey,
    database: TreeHead,
    root_at: impl FnOnce(u64) -> Result<Hash, Fault>,
) -> Result<Result<(), HeadError>, Fault> {
    let path = path.to_owned();
    let Some(bytes) = bytes else {
        return Ok(Err(HeadError::Missing { path, size: database.size }));
    };
    let signed = match Checkpoint::open(bytes, key) {
        Ok(checkpoint) => checkpoint.head(),
        Err(source) => return Ok(Err(HeadError::Unreadable { path, source })),
    };
    let (size, signed_size) = (database.size, signed.size);
    if let Some(forgotten) = signed_size.checked_sub(size).filter(|forgotten| *forgotten > 0) {
        return Ok(Err(HeadError::Forgot { path, size, signed: signed_size, forgotten }));
    }
    let actual = if signed_size == size { database.root } else { root_at(signed_size)? };
    if actual != signed.root {
        let (size, signed) = (signed_size, signed.root);
        return Ok(Err(HeadError::Forked { path, size, signed, actual }));
    }
    Ok(Ok(()))
}
