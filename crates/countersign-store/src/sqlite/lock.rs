//! One process per database: an exclusive lock on a file beside it.
//!
//! SQLite would let two servers write one file in turns. Each would keep its own Merkle frontier
//! and sign its own heads, so the second is refused at the door. The lock ends with the process.

use crate::fault::Fault;
use crate::open::OpenError;
use std::fs::{File, TryLockError};
use std::path::Path;

#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks the database at `path`, or says who is in the way.
    pub(super) fn take(path: &Path) -> Result<Self, OpenError> {
        let beside = super::start::beside(path, ".lock");
        let fault = |source| OpenError::Fault { path: path.to_owned(), source };
        let opened = File::options().write(true).create(true).truncate(false).open(&beside);
        let file = opened.map_err(|error| {
            fault(Fault::new(format!("create the lock file `{}`", beside.display()), error))
        })?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => {
                Err(fault(Fault::new(format!("lock `{}`", beside.display()), error)))
            }
        }
    }
}
