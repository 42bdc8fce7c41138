//! The routes only a demonstration has.

use super::{act_as, change_desk, evidence, start};
use crate::app::App;
use crate::portal::headers::of_a_page;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use std::sync::Arc;

/// Every route of an installation, and in a demonstration its own beside them.
pub fn around(app: Arc<App>, router: Router) -> Router {
    if !app.config.demo {
        return router;
    }
    let own = Router::new()
        .route("/demo", get(start::show))
        .route("/demo/act-as/{person}", post(act_as::act_as))
        .route("/demo/change-desk", post(change_desk::take))
        .route("/demo/files/second-run", get(second_run))
        .layer(map_response(of_a_page))
        .with_state(app);
    router.merge(own).layer(from_fn(to_the_start))
}

/// A demonstration begins with its own page, and nobody in it has a password.
async fn to_the_start(request: Request, next: Next) -> Response {
    match request.uri().path() {
        "/" | "/sign-in" => Redirect::to("/demo").into_response(),
        _ => next.run(request).await,
    }
}

/// The results a newcomer can attach to open the gate of the summarization model.
async fn second_run() -> Response {
    let file = evidence::evaluation("summarization-v1.4-second-run", 0.05);
    let mut headers = HeaderMap::new();
    let name = format!("attachment; filename=\"{}\"", file.name);
    headers.extend(name.parse().map(|value| (header::CONTENT_DISPOSITION, value)));
    headers.extend("application/json".parse().map(|value| (header::CONTENT_TYPE, value)));
    (headers, file.bytes).into_response()
}
