//! What the server does by itself: deliver webhooks, notice what is overdue.

use crate::app::App;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The running jobs.
pub struct Jobs {
    stop: watch::Sender<()>,
    running: Vec<JoinHandle<()>>,
}

/// Starts every job.
pub fn start(_app: Arc<App>) -> Jobs {
    let (stop, _) = watch::channel(());
    Jobs { stop, running: Vec::new() }
}

impl Jobs {
    /// Asks every job to stop and waits until it has.
    pub async fn stop(self) {
        drop(self.stop);
        for job in self.running {
            let _ = job.await;
        }
    }
}
