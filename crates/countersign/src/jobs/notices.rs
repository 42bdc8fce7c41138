//! Reminders and escalations: found by the clock, kept once, and sent on by e-mail and webhook
//!
//!
//! Three passes, each of which may be repeated, cut off, or run by several servers at once:
//! [`find`] keeps what the core says is to be told, [`hand_out`] writes for each notice what goes
//! where in the transaction that marks it as sent, and [`deliver_due`] sends that. A notice is
//! never twice in anybody's list. A message goes out at least once, always under the same
//! identifier: a server killed between sending and noting leads to one more, never to none.

mod due;
mod hand_out;
mod hook;
pub mod mail;
mod words;

pub use due::find;
pub(crate) use hand_out::SENT;
pub use hand_out::hand_out;

use super::webhook::wait_after;
use crate::app::App;
use crate::failure::{Doing, Failure};
use countersign_store::{Channel, Dispatch, Dispatched, KeptNotice, Retry};
use jiff::SignedDuration;
use std::sync::Arc;

/// How many messages are sent in one pass.
const AT_ONCE: u32 = 16;

/// For how long a message is a server's own while it sends it: longer than any attempt takes.
const TAKEN: SignedDuration = SignedDuration::from_mins(5);

/// How an attempt ended.
enum Outcome {
    /// The other side took it.
    Taken,
    /// It did not; another attempt may help.
    Failed(String),
    /// No attempt will help.
    Over(String),
}

/// Sends every message that is due now; says how many were looked at.
pub async fn deliver_due(app: &Arc<App>) -> Result<usize, Failure> {
    let due = app.store.dispatches_due(app.clock.now(), AT_ONCE).await;
    let due = due.doing("list notices to send")?;
    for one in &due {
        if let Err(failure) = deliver(app, one).await {
            // It stays taken for a while and is tried again then.
            tracing::error!(dispatch = one.dispatch.id, error = %failure, "a notice was not sent");
        }
    }
    Ok(due.len())
}

async fn deliver(app: &Arc<App>, due: &Dispatched) -> Result<(), Failure> {
    let (dispatch, now) = (&due.dispatch, app.clock.now());
    let until = now.checked_add(TAKEN).doing("count the time of an attempt")?;
    if !app.store.take_dispatch(dispatch, until).await.doing("take a notice")? {
        return Ok(());
    }
    let kept = app.store.notice(&dispatch.notice).await.doing("read a notice")?;
    let outcome = match kept {
        Some(kept) => send(app, dispatch, &kept).await?,
        None => Outcome::Over("the notice is not there any more".to_owned()),
    };
    note(app, due, outcome).await
}

async fn send(app: &Arc<App>, dispatch: &Dispatch, kept: &KeptNotice) -> Result<Outcome, Failure> {
    match &dispatch.channel {
        Channel::Email(person) => mail::send(app, (dispatch, person), kept).await,
        Channel::Webhook(endpoint) => hook::send(app, (dispatch, endpoint), kept).await,
    }
}

/// Notes how an attempt ended; plans the next one, or gives up after the last.
async fn note(app: &App, due: &Dispatched, outcome: Outcome) -> Result<(), Failure> {
    let (id, at) = (&due.dispatch.id, app.clock.now());
    let attempt = due.attempts.saturating_add(1);
    let noted = match outcome {
        Outcome::Taken => app.store.dispatch_done(id, at).await,
        Outcome::Over(error) => app.store.dispatch_dead(id, &error, at).await,
        Outcome::Failed(error) => match wait_after(attempt) {
            Some(wait) => {
                let next_at = at.checked_add(wait).doing("plan the next attempt")?;
                app.store.dispatch_retry(id, &Retry { at, next_at, attempt, error }).await
            }
            None => app.store.dispatch_dead(id, &error, at).await,
        },
    };
    noted.doing("note how a notice was sent").map(|_| ())
}
