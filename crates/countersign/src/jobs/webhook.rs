//! Webhook delivery: the messages of approved releases, signed, sent, retried and logged
//! (R-048..R-050).
//!
//! A message is committed with the approval that causes it. It is delivered at least once, always
//! under the same identifier, so that a receiver can drop repeats: a crash between sending and
//! noting leads to one more delivery, never to none. The step is done when the receiver has taken
//! the message, and has failed when the last attempt did.
//!
//! Nothing is sent for a release that is suspended or no longer approved: the message says that
//! production traffic may proceed.

mod address;
mod attempt;
mod backoff;
mod condition;
mod endpoint;
mod send;
mod signature;
mod template;

pub(super) use attempt::{Held, Outcome, Parcel, Shape, attempt};
pub(super) use backoff::wait_after;
pub use endpoint::check as check_endpoint;
pub use signature::{new_secret, sign, verify};

use crate::app::{App, Caller, Submission};
use crate::failure::{Doing, Failure};
use countersign_core::release::command::DeliveryOutcome;
use countersign_core::release::{Command, Release};
use countersign_store::{DueMessage, OutboxMessage, Retry};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use tokio::task::JoinSet;

/// How many messages are sent at once.
const AT_ONCE: u32 = 16;

/// How soon a message is looked at again that could not be sent because of the installation.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// How long a message waits for its endpoint to be configured: as long as retries go on.
const WAIT_FOR_ENDPOINT: SignedDuration = SignedDuration::from_hours(76);

/// Delivers every message that is due now; says how many were looked at.
pub async fn deliver_due(app: &Arc<App>) -> Result<usize, Failure> {
    let due = app.store.outbox_due(app.clock.now(), AT_ONCE).await;
    let due = due.doing("list due messages")?;
    let count = due.len();
    let mut under_way = JoinSet::new();
    for message in due {
        let app = app.clone();
        under_way.spawn(async move {
            let delivered = deliver(&app, &message).await;
            (message, delivered)
        });
    }
    while let Some(ended) = under_way.join_next().await {
        match ended {
            Ok((_, Ok(()))) => {}
            Ok((due, Err(failure))) => {
                tracing::error!(message = due.message.id, error = %failure, "delivery not noted");
                hold(app, &due, &format!("the delivery could not be noted: {failure}")).await?;
            }
            Err(error) => tracing::error!(%error, "a delivery ended early"),
        }
    }
    Ok(count)
}

/// Delivers one message and notes how it went.
async fn deliver(app: &Arc<App>, due: &DueMessage) -> Result<(), Failure> {
    let message = &due.message;
    let release = app.release(&message.release).await?;
    let outcome = match before_sending(&release.state, message) {
        Some(outcome) => outcome,
        None => attempt(app, &Parcel::of(message)).await?,
    };
    match outcome {
        Outcome::Noted => taken(app, message).await,
        Outcome::Taken { status } => {
            let id = message.id.clone();
            record(app, message, DeliveryOutcome::Delivered { message: id, status }).await?;
            taken(app, message).await
        }
        Outcome::Held(Held::UntilResumed(why)) => hold(app, due, &why).await,
        Outcome::Held(Held::UntilConfigured(why)) => {
            let waits = app.clock.now().duration_since(message.created_at);
            if waits > WAIT_FOR_ENDPOINT {
                return give_up(app, message, &why).await;
            }
            hold(app, due, &why).await
        }
        Outcome::Failed(error) => retry(app, due, error).await,
        Outcome::Over(error) => give_up(app, message, &error).await,
    }
}

/// What is certain without asking the receiver.
fn before_sending(release: &Release, message: &OutboxMessage) -> Option<Outcome> {
    if release.steps.contains_key(&message.step) {
        return Some(Outcome::Noted);
    }
    if release.suspended.is_some() {
        let why = "the release is suspended; the message waits until it is resumed".to_owned();
        return Some(Outcome::Held(Held::UntilResumed(why)));
    }
    if !release.state.is_allowed() {
        let why = format!("the release is {} and is not announced", release.state_word());
        return Some(Outcome::Over(why));
    }
    None
}

async fn taken(app: &App, message: &OutboxMessage) -> Result<(), Failure> {
    let done = app.store.outbox_done(&message.id, app.clock.now()).await;
    done.doing("note a delivery").map(|_| ())
}

/// Keeps the message due without counting an attempt: nothing was sent.
async fn hold(app: &App, due: &DueMessage, why: &str) -> Result<(), Failure> {
    let at = app.clock.now();
    let next_at = at.checked_add(LOOK_AGAIN).unwrap_or(Timestamp::MAX);
    let retry = Retry { at, next_at, attempt: due.attempts, error: why.to_owned() };
    let held = app.store.outbox_retry(&due.message.id, &retry).await;
    held.doing("note a delivery that waits").map(|_| ())
}

/// Plans the next attempt, or gives up after the last one.
async fn retry(app: &App, due: &DueMessage, error: String) -> Result<(), Failure> {
    let attempt = due.attempts.saturating_add(1);
    let Some(wait) = wait_after(attempt) else {
        return give_up(app, &due.message, &error).await;
    };
    let at = app.clock.now();
    let next_at = at.checked_add(wait).unwrap_or(Timestamp::MAX);
    tracing::warn!(message = due.message.id, attempt, %next_at, error, "webhook not delivered");
    let retry = Retry { at, next_at, attempt, error };
    let noted = app.store.outbox_retry(&due.message.id, &retry).await;
    noted.doing("note a failed delivery").map(|_| ())
}

/// Tells the release that no further attempt is made, then ends the message.
async fn give_up(app: &App, message: &OutboxMessage, error: &str) -> Result<(), Failure> {
    record(app, message, DeliveryOutcome::Failed { error: error.to_owned() }).await?;
    let dead = app.store.outbox_dead(&message.id, error, app.clock.now()).await;
    dead.doing("give up a delivery").map(|_| ())
}

/// Tells the release how its webhook went. A refusal means that it does not wait for it any more.
async fn record(
    app: &App,
    message: &OutboxMessage,
    outcome: DeliveryOutcome,
) -> Result<(), Failure> {
    let command = Command::RecordDelivery { step: message.step.clone(), outcome };
    let submission = Submission::release(&message.release, command);
    match app.execute(&Caller::system(), submission).await {
        Ok(_) => Ok(()),
        Err(Failure::Refused(refusal)) => {
            tracing::info!(message = message.id, %refusal, "the release does not wait for this");
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}
