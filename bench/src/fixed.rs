//! The limit of W1: the same web framework, answering the same bytes every time without looking
//! at the request. A process of its own, like the server it is compared with.

use crate::failure::{Failure, Told};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

/// An answer as long as that of the real server, and what it begins with.
const ANSWER: &str = concat!(
    r#"{"verdict":"allow","digest":"sha256:0000000000000000000000000000000000000000"#,
    r#"000000000000000000000000","environment":"production","release":"r-00000000","#,
    r#""valid_until":"2026-01-01T00:00:00.000000Z","reasons":[]}"#
);

/// Serves the fixed answer until the process is ended.
pub fn serve(port: u16) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new().told("start")?;
    runtime.block_on(async {
        let answer = || async { ([(CONTENT_TYPE, "application/json")], ANSWER) };
        let api = Router::new().route("/verdict", get(answer)).route("/health", get(answer));
        let router = Router::new().nest("/api/v1", api);
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.told("listen")?;
        axum::serve(listener, router).await.told("serve")
    })
}
