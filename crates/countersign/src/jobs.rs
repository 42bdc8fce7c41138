//! What the server does by itself: deliver webhooks, notice what is overdue, forget what is old.
//!
//! A job never writes around the one path of every command: what it finds out is a command of the
//! system, decided by the same rules. Each job is a function that does all that is due now, so
//! tests call it directly; the loops here only repeat it.

pub mod notices;
pub mod sweeper;
pub mod webhook;

use crate::app::App;
use crate::failure::Failure;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How often messages that became due are looked for.
const DELIVERIES: Duration = Duration::from_secs(1);

/// How often the clock is compared with what people promised.
const SWEEPS: Duration = Duration::from_secs(30);

/// How long the end of the server waits for a job. A delivery cut off is repeated at the next
/// start under the same identifier.
const GRACE: Duration = Duration::from_secs(5);

/// The running jobs.
pub struct Jobs {
    stop: watch::Sender<()>,
    running: Vec<JoinHandle<()>>,
}

/// Starts every job.
pub fn start(app: Arc<App>) -> Jobs {
    let (stop, stopped) = watch::channel(());
    let delivering = app.clone();
    let deliveries = every(DELIVERIES, stopped.clone(), move || {
        let app = delivering.clone();
        async move {
            if let Err(failure) = webhook::deliver_due(&app).await {
                tracing::error!(error = %failure, "webhooks were not delivered");
            }
            if let Err(failure) = told(&app).await {
                tracing::error!(error = %failure, "notices were not sent");
            }
        }
    });
    let sweeps = every(SWEEPS, stopped, move || {
        let app = app.clone();
        async move {
            if let Err(failure) = sweeper::sweep(&app).await {
                tracing::error!(error = %failure, "the clock was not swept");
            }
        }
    });
    Jobs { stop, running: vec![tokio::spawn(deliveries), tokio::spawn(sweeps)] }
}

/// Hands notices out and sends what is due of them.
async fn told(app: &Arc<App>) -> Result<(), Failure> {
    notices::hand_out(app).await?;
    notices::deliver_due(app).await?;
    Ok(())
}

/// Does the job now and then once in every period, until the sender of `stopped` is gone.
async fn every<F>(period: Duration, mut stopped: watch::Receiver<()>, job: impl Fn() -> F)
where
    F: Future<Output = ()>,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = ticks.tick() => job().await,
        }
    }
}

impl Jobs {
    /// Asks every job to stop and waits until it has, for a few seconds at most.
    pub async fn stop(self) {
        drop(self.stop);
        for mut job in self.running {
            if timeout(GRACE, &mut job).await.is_err() {
                job.abort();
            }
        }
    }
}
