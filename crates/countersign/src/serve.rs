//! The server: API, portal and jobs around one application, until it is told to stop.

use crate::api;
use crate::app::App;
use crate::demo;
use crate::failure::{Doing, Failure};
use crate::jobs;
use crate::portal;
use axum::Router;
use std::future::Future;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Every route of every face.
pub fn router(app: Arc<App>) -> Router {
    let faces = Router::new().merge(api::router(app.clone())).merge(portal::router(app.clone()));
    demo::router::around(app, faces)
}

/// Serves until `stop` resolves, then lets requests under way finish.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let jobs = jobs::start(app.clone());
    let served = axum::serve(listener, router(app)).with_graceful_shutdown(stop).await;
    jobs.stop().await;
    served.doing("serve")
}

/// Resolves when the process is asked to end: Ctrl-C or SIGTERM.
pub async fn asked_to_stop() {
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(error) => {
                tracing::warn!(%error, "SIGTERM cannot be heard");
                let _ = tokio::signal::ctrl_c().await;
                return;
            }
        };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
