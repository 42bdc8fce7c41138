//! The portal: server-rendered pages that work without script.

use crate::app::App;
use axum::Router;
use std::sync::Arc;

/// Every page.
pub fn router(app: Arc<App>) -> Router {
    Router::new().with_state(app)
}
