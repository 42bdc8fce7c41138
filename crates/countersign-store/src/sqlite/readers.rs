//! The reading connections.
//!
//! A fixed handful, each behind its own lock. A thread starts at its own lane and takes the first
//! free one, so threads rarely meet and a thread finds its pages warm.

use super::connection;
use crate::fault::Fault;
use rusqlite::Connection;
use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

/// Connections besides one for each processor, so that long lists leave room for point reads.
const SPARE: usize = 4;

pub(super) struct Readers {
    lanes: Vec<Mutex<Connection>>,
}

static NEXT_LANE: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static LANE: Cell<Option<usize>> = const { Cell::new(None) };
}

fn own_lane() -> usize {
    LANE.with(|lane| {
        let own = lane.get().unwrap_or_else(|| NEXT_LANE.fetch_add(1, Ordering::Relaxed));
        lane.set(Some(own));
        own
    })
}

impl Readers {
    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let lanes = (0..processors + SPARE).map(|_| connection::reader(path).map(Mutex::new));
        let lanes = lanes.collect::<Result<_, _>>().map_err(Fault::at("open a reader"))?;
        Ok(Self { lanes })
    }

    /// Runs with a connection nobody else uses, waiting for one if need be.
    pub(super) fn with<T>(&self, run: impl FnOnce(&Connection) -> T) -> T {
        let (own, count) = (own_lane(), self.lanes.len());
        for turn in 0..count {
            // A reader that panicked left no transaction open: its statements were reset on drop.
            match self.lanes[(own + turn) % count].try_lock() {
                Ok(connection) => return run(&connection),
                Err(TryLockError::Poisoned(connection)) => return run(connection.get_ref()),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        let lane = self.lanes[own % count].lock();
        run(&lane.unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::fmt::Debug for Readers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Readers({})", self.lanes.len())
    }
}
