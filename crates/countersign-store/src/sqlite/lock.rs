//! One process per database: an exclusive lock on a file beside it.
//!
//! SQLite would let two servers write one file in turns. Each would keep its own Merkle frontier
//! and sign its own heads, so the second is refused at the door. The lock ends with the process.

use crate::fault::Fault;
use crate::open::OpenError;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

/// How often the lock is tried: a server that is just ending gets half a second to end.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(25);

#[derive(Debug)]
pub(super) struct Lock {
    file: File,
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
        for attempt in 1..=ATTEMPTS {
            match file.try_lock() {
                Ok(()) => return Ok(Self { file }),
                Err(TryLockError::WouldBlock) if attempt < ATTEMPTS => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(error)) => {
                    return Err(fault(Fault::new(format!("lock `{}`", beside.display()), error)));
                }
            }
        }
        Err(OpenError::InUse { path: path.to_owned() })
    }
}

impl Drop for Lock {
    /// A process started in the meantime may hold a copy of the file until it runs its own
    /// program; unlocking ends the lock for all copies, closing alone would not.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}
