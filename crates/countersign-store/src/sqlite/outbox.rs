//! The outbox and the log of deliveries.

use super::Sqlite;
use super::column::{At, Columns};
use crate::engine::Outbox;
use crate::fault::Fault;
use crate::outbox::{Delivery, DeliveryStatus, DueMessage, OutboxMessage, Retry};
use crate::page::MAX_PAGE;
use countersign_core::name::ReleaseId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result as Sql, Row, params};

const INSERT: &str = "INSERT INTO outbox (id, release, step, endpoint, body, created_at, next_at,
                                          status, attempts)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'due', 0)";
const EXISTS: &str = "SELECT 1 FROM outbox WHERE id = ?1";
const DUE: &str = "SELECT id, release, step, endpoint, body, created_at, next_at, attempts
                   FROM outbox WHERE status = 'due' AND next_at <= ?1
                   ORDER BY next_at, id LIMIT ?2";
const NEXT: &str = "SELECT next_at FROM outbox WHERE status = 'due' ORDER BY next_at, id LIMIT 1";
const DONE: &str = "UPDATE outbox SET status = 'done', attempts = attempts + 1, attempted_at = ?2
                    WHERE id = ?1 AND status = 'due'";
const RETRY: &str = "UPDATE outbox SET attempts = ?2, attempted_at = ?3, next_at = ?4,
                                       last_error = ?5
                     WHERE id = ?1 AND status = 'due'";
const DEAD: &str = "UPDATE outbox SET status = 'dead', attempts = attempts + 1, attempted_at = ?2,
                                      last_error = ?3
                    WHERE id = ?1 AND status = 'due'";
const DELIVERIES: &str = "SELECT id, release, step, endpoint, status, attempts, last_error,
                                 created_at, next_at, attempted_at
                          FROM outbox WHERE release = ?1 ORDER BY created_at, id";

pub(super) fn exists(c: &Connection, id: &str) -> Sql<bool> {
    c.prepare_cached(EXISTS)?.exists([id])
}

pub(super) fn insert(c: &Connection, message: &OutboxMessage) -> Sql<()> {
    c.prepare_cached(INSERT)?.execute(params![
        message.id,
        message.release.as_str(),
        message.step.as_str(),
        message.endpoint,
        message.body,
        At(message.created_at),
        At(message.next_at),
    ])?;
    Ok(())
}

fn due(row: &Row<'_>) -> Sql<DueMessage> {
    let message = OutboxMessage {
        id: row.get(0)?,
        release: row.parsed(1)?,
        step: row.parsed(2)?,
        endpoint: row.get(3)?,
        body: row.get(4)?,
        created_at: row.at(5)?,
        next_at: row.at(6)?,
    };
    Ok(DueMessage { message, attempts: row.get(7)? })
}

fn delivery(row: &Row<'_>) -> Sql<Delivery> {
    Ok(Delivery {
        id: row.get(0)?,
        release: row.parsed(1)?,
        step: row.parsed(2)?,
        endpoint: row.get(3)?,
        status: row.parsed::<DeliveryStatus>(4)?,
        attempts: row.get(5)?,
        last_error: row.get(6)?,
        created_at: row.at(7)?,
        next_at: row.at(8)?,
        attempted_at: row.at_or_null(9)?,
    })
}

impl Outbox for Sqlite {
    async fn outbox_due(&self, now: Timestamp, limit: u32) -> Result<Vec<DueMessage>, Fault> {
        let limit = limit.clamp(1, MAX_PAGE);
        let run = move |c: &Connection| {
            c.prepare_cached(DUE)?.query_map(params![At(now), limit], due)?.collect()
        };
        self.list("list messages due", run).await
    }

    async fn outbox_next(&self) -> Result<Option<Timestamp>, Fault> {
        self.read("find the next message due", |c| {
            c.prepare_cached(NEXT)?.query_row([], |row| row.at(0)).optional()
        })
    }

    async fn outbox_done(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        let id = id.to_owned();
        let run = move |c: &Connection| c.prepare_cached(DONE)?.execute(params![id, At(at)]);
        Ok(self.write("note a delivery", run).await? > 0)
    }

    async fn outbox_retry(&self, id: &str, retry: &Retry) -> Result<bool, Fault> {
        let (id, retry) = (id.to_owned(), retry.clone());
        let run = move |c: &Connection| {
            let Retry { at, next_at, attempt, error } = retry;
            c.prepare_cached(RETRY)?.execute(params![id, attempt, At(at), At(next_at), error])
        };
        Ok(self.write("note a failed delivery", run).await? > 0)
    }

    async fn outbox_dead(&self, id: &str, error: &str, at: Timestamp) -> Result<bool, Fault> {
        let (id, error) = (id.to_owned(), error.to_owned());
        let run = move |c: &Connection| c.prepare_cached(DEAD)?.execute(params![id, At(at), error]);
        Ok(self.write("note a delivery given up", run).await? > 0)
    }

    async fn deliveries(&self, release: &ReleaseId) -> Result<Vec<Delivery>, Fault> {
        self.read("read a release's deliveries", |c| {
            c.prepare_cached(DELIVERIES)?.query_map([release.as_str()], delivery)?.collect()
        })
    }
}
