//! The one thread that writes: it takes what has queued up, carries it out in one transaction,
//! signs one head, commits with one flush, and then answers everybody.
//!
//! INVARIANT: nobody is answered before the commit, and the head file is written after it.

mod job;

use super::start::{Start, sign};
use super::{Sqlite, log_head};
use crate::append::{Append, AppendError, Appended};
use crate::event::LogHead;
use crate::fault::Fault;
use countersign_proof::{Frontier, leaf_hash};
use job::{AppendJob, Job, WriteJob};
use rusqlite::{Connection, ErrorCode};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// The most jobs in one transaction: enough to share a flush, few enough to answer soon.
const GROUP: usize = 256;

/// The most jobs waiting; more callers wait their turn.
const QUEUE: usize = 1_024;

#[derive(Debug)]
pub(super) struct Writer {
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn spawn(start: Start) -> Result<Self, Fault> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let worker = Worker { start, failed: None };
        let thread = std::thread::Builder::new().name("store-writer".to_owned());
        let thread = thread.spawn(move || worker.run(jobs));
        let thread = thread.map_err(Fault::at("start the writer"))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    async fn submit(&self, job: Box<dyn Job>) -> Result<(), Fault> {
        let stopped = || Fault::plain("write: the writer has stopped; restart the server");
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(job).await.map_err(|_| stopped())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has nothing left to finish.
            let _ = thread.join();
        }
    }
}

impl Sqlite {
    pub(super) async fn submit_append(&self, append: Append) -> Result<Appended, AppendError> {
        let leaves = append.events.iter().map(|event| leaf_hash(&event.bytes)).collect();
        let (reply, answer) = oneshot::channel();
        let job = AppendJob { append, leaves, reply, outcome: None };
        self.writer.submit(Box::new(job)).await.map_err(AppendError::Fault)?;
        let lost = Fault::at("learn what became of an append");
        answer.await.map_err(lost).map_err(AppendError::Fault)?
    }

    /// Runs on the writer's connection, in its next transaction. An error undoes the group.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        operation: &'static str,
        run: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = oneshot::channel();
        let job = WriteJob { operation, run: Some(run), result: None, reply };
        self.writer.submit(Box::new(job)).await?;
        answer.await.map_err(Fault::at("learn what became of a write"))?
    }
}

struct Worker {
    start: Start,
    /// Set when the disk failed under a commit. What the system then says about later flushes is
    /// worth nothing, so nothing more is accepted.
    failed: Option<Fault>,
}

impl Worker {
    fn run(mut self, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
        let mut group = Vec::with_capacity(GROUP);
        while let Some(first) = jobs.blocking_recv() {
            group.push(first);
            while group.len() < GROUP {
                match jobs.try_recv() {
                    Ok(job) => group.push(job),
                    Err(_) => break,
                }
            }
            self.settle(&mut group);
        }
        self.close();
    }

    fn settle(&mut self, group: &mut Vec<Box<dyn Job>>) {
        let outcome = match &self.failed {
            Some(fault) => Err(fault.clone()),
            None => self.commit(group),
        };
        group.drain(..).for_each(|job| job.settle(&outcome));
    }

    fn commit(&mut self, group: &mut [Box<dyn Job>]) -> Result<LogHead, Fault> {
        let mut frontier = self.start.frontier.clone();
        let head = match self.carry_out(group, &mut frontier) {
            Ok(head) => head,
            Err(fault) => return Err(self.undo(fault)),
        };
        if let Err(error) = self.start.connection.execute_batch("COMMIT") {
            if is_disk_failure(&error) {
                let fault = "write: the disk failed under a commit; check it, then restart";
                self.failed = Some(Fault::plain(fault));
            }
            return Err(self.undo(Fault::new("commit a group of appends", error)));
        }
        if head.tree.size > self.start.head.tree.size
            && let Err(fault) = self.start.head_file.write(&head.checkpoint)
        {
            // The events are durable; a head file that lags behind is allowed.
            tracing::warn!(fault = fault.chain(), "the head file was not updated");
        }
        self.start.frontier = frontier;
        self.start.head = head.clone();
        Ok(head)
    }

    fn carry_out(
        &self,
        group: &mut [Box<dyn Job>],
        frontier: &mut Frontier,
    ) -> Result<LogHead, Fault> {
        let connection = &self.start.connection;
        connection.execute_batch("BEGIN IMMEDIATE").map_err(Fault::at("begin a transaction"))?;
        group.iter_mut().try_for_each(|job| job.carry_out(connection, frontier))?;
        let before = self.start.head.tree.size;
        if frontier.size() == before {
            return Ok(self.start.head.clone());
        }
        let head = sign(&self.start.key, frontier)?;
        let stored = log_head::store(connection, before, frontier, &head);
        stored.map_err(Fault::at("store the head of the log"))?;
        Ok(head)
    }

    /// Rolls back, and makes sure that the database is where this thread believes it is.
    fn undo(&mut self, fault: Fault) -> Fault {
        let connection = &self.start.connection;
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            self.failed = Some(Fault::new("undo a failed group of appends", error));
            return fault;
        }
        match log_head::head(connection) {
            Ok(head) if head == self.start.head => {}
            Ok(_) | Err(_) => {
                let lost = "write: the head of the log is not where it was; restart the server";
                self.failed = Some(Fault::plain(lost));
            }
        }
        fault
    }

    /// Moves everything from the write-ahead log into the database, so that the file alone is
    /// complete, and flushes the head file.
    fn close(self) {
        let flushed = self.start.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        if let Err(error) = flushed {
            tracing::warn!(%error, "the write-ahead log was not emptied at the end");
        }
        if let Err(fault) = self.start.head_file.flush() {
            tracing::warn!(fault = fault.chain(), "the head file was not flushed at the end");
        }
    }
}

/// A full disk is no failure of this kind: SQLite undoes the commit, and there may be room later.
fn is_disk_failure(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)
}
