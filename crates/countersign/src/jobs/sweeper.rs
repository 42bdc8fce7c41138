//! The sweeper: records what did not happen in time, and forgets what is no longer needed.
//!
//! Whether something is overdue is a fact computed whenever it is read; the sweeper only makes
//! that fact part of the history. It decides nothing: the command it sends is refused when the
//! statements came after all.

mod care;
mod papers;

use crate::app::{App, Caller, Cleared, Submission};
use crate::failure::{Doing, Failure};
use countersign_core::name::EnvironmentName;
use countersign_core::release::Command;
use countersign_core::rows::TaskRow;
use countersign_core::stream::StreamId;
use jiff::{SignedDuration, Timestamp};

/// How long an idempotency key is remembered: twice what clients are promised.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

/// How many tasks are read at once.
const PAGE: u32 = 500;

/// What one sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Confirmations recorded as missed.
    pub missed: u64,
    /// Reminders of papers, and papers recorded as overdue.
    pub papers: u64,
    /// Reminders and notices of conditions, and ends of exceptions, recorded.
    pub noticed: u64,
    /// Reviews of the policy opened.
    pub reviews: u64,
    /// Reminders and escalations told for the first time.
    pub told: u64,
    /// Sessions and set-up links forgotten.
    pub expired: u64,
    /// Idempotency keys forgotten.
    pub requests: u64,
    /// What the log says is erased, and was still there.
    pub cleared: Cleared,
}

/// Does everything that is due now.
pub async fn sweep(app: &App) -> Result<Swept, Failure> {
    let now = app.clock.now();
    let missed = missed_confirmations(app, now).await?;
    let papers = papers::record(app, now).await?;
    let noticed = care::notices(app, now).await?;
    let reviews = app.open_due_reviews(now).await?;
    let told = super::notices::find(app).await?;
    let expired = app.store.forget_expired(now).await.doing("forget expired sessions")?;
    let old = now.checked_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
    let requests = app.store.forget_requests(old).await.doing("forget old requests")?;
    let cleared = app.clear().await?;
    Ok(Swept { missed, papers, noticed, reviews, told, expired, requests, cleared })
}

/// Records each confirmation that is past due, once.
async fn missed_confirmations(app: &App, now: Timestamp) -> Result<u64, Failure> {
    let mut after = None;
    let mut missed = 0;
    loop {
        let page = app.store.all_tasks(after.as_ref(), PAGE).await.doing("list tasks")?;
        for task in &page.items {
            // Tasks come in the order of their due dates: the rest is not due yet.
            if task.due.is_none_or(|due| due >= now) {
                return Ok(missed);
            }
            missed += record_missed(app, task).await?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(missed),
        }
    }
}

/// One when the task was a confirmation nobody had recorded as missed.
async fn record_missed(app: &App, task: &TaskRow) -> Result<u64, Failure> {
    let environment = task.task.strip_prefix("confirm/").map(EnvironmentName::new);
    let Some(Ok(environment)) = environment else { return Ok(0) };
    let StreamId::Release(id) = &task.subject else { return Ok(0) };
    let release = app.release(id).await?;
    let deployed = release.state.deployments.get(&environment);
    if deployed.is_none_or(|deployed| deployed.missed) {
        return Ok(0);
    }
    let command = Command::RecordMissedConfirmation { environment };
    let submission = Submission::release(id, command);
    match app.execute(&Caller::system(), submission).await {
        Ok(_) => Ok(1),
        // Somebody was faster: the statements came, or another sweep recorded it.
        Err(Failure::Refused(refusal)) => {
            tracing::debug!(release = %id, %refusal, "a confirmation was not missed");
            Ok(0)
        }
        Err(Failure::Busy) => Ok(0),
        Err(failure) => Err(failure),
    }
}
