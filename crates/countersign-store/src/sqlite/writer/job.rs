//! What can be asked of the writer.

use crate::append::{Append, AppendError, Appended};
use crate::event::LogHead;
use crate::fault::Fault;
use crate::sqlite::append;
use countersign_proof::{Frontier, Hash};
use rusqlite::Connection;
use std::ops::Range;
use tokio::sync::oneshot;

/// One job in a group. It is carried out inside the transaction and settled after it, whichever
/// way it ended.
pub(super) trait Job: Send {
    /// Does the work. An error undoes the whole group; a refusal of this job alone is kept for
    /// [`Job::settle`].
    fn carry_out(&mut self, connection: &Connection, frontier: &mut Frontier) -> Result<(), Fault>;

    /// Answers the caller. A caller who has gone away is not an error.
    fn settle(self: Box<Self>, outcome: &Result<LogHead, Fault>);
}

pub(super) struct AppendJob {
    pub(super) append: Append,
    pub(super) leaves: Vec<Hash>,
    pub(super) reply: oneshot::Sender<Result<Appended, AppendError>>,
    pub(super) outcome: Option<Result<Range<u64>, AppendError>>,
}

impl Job for AppendJob {
    fn carry_out(&mut self, connection: &Connection, frontier: &mut Frontier) -> Result<(), Fault> {
        match append::carry_out(connection, frontier, &self.append, &self.leaves) {
            Err(AppendError::Fault(fault)) => Err(fault),
            outcome => {
                self.outcome = Some(outcome);
                Ok(())
            }
        }
    }

    fn settle(self: Box<Self>, outcome: &Result<LogHead, Fault>) {
        let answer = match (outcome, self.outcome) {
            (Ok(head), Some(Ok(positions))) => Ok(Appended {
                positions,
                size: head.tree.size,
                root: head.tree.root,
                checkpoint: head.checkpoint.clone(),
            }),
            (Ok(_), Some(Err(refused))) => Err(refused),
            (Ok(_), None) => Err(AppendError::Fault(Fault::plain("find the result of an append"))),
            (Err(fault), _) => Err(AppendError::Fault(fault.clone())),
        };
        let _ = self.reply.send(answer);
    }
}

pub(super) struct WriteJob<F, T> {
    pub(super) operation: &'static str,
    pub(super) run: Option<F>,
    pub(super) result: Option<T>,
    pub(super) reply: oneshot::Sender<Result<T, Fault>>,
}

impl<F, T> Job for WriteJob<F, T>
where
    F: FnOnce(&Connection) -> rusqlite::Result<T> + Send,
    T: Send,
{
    fn carry_out(&mut self, connection: &Connection, _: &mut Frontier) -> Result<(), Fault> {
        let Some(run) = self.run.take() else { return Ok(()) };
        self.result = Some(run(connection).map_err(Fault::at(self.operation))?);
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: &Result<LogHead, Fault>) {
        let missing = || Fault::plain(self.operation);
        let answer = match outcome {
            Ok(_) => self.result.ok_or_else(missing),
            Err(fault) => Err(fault.clone()),
        };
        let _ = self.reply.send(answer);
    }
}
