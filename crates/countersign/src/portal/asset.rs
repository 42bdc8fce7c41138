//! The style sheet and the icon, served from the binary under names that change with their content.

use crate::app::App;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use countersign_core::digest::Sha256;
use std::sync::{Arc, LazyLock};

const STYLE: &str = concat!(
    include_str!("assets/base.css"),
    include_str!("assets/shell.css"),
    include_str!("assets/forms.css"),
    include_str!("assets/parts.css"),
    include_str!("assets/print.css"),
);

const ICON: &str = include_str!("assets/icon.svg");

/// The path of the style sheet.
pub static STYLE_PATH: LazyLock<String> = LazyLock::new(|| named("portal", STYLE, "css"));

/// The path of the icon.
pub static ICON_PATH: LazyLock<String> = LazyLock::new(|| named("icon", ICON, "svg"));

fn named(name: &str, content: &str, ending: &str) -> String {
    format!("/assets/{name}-{}.{ending}", Sha256::of(content.as_bytes()).short())
}

/// The assets' routes.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(&STYLE_PATH, get(async || kept(STYLE, "text/css; charset=utf-8")))
        .route(&ICON_PATH, get(async || kept(ICON, "image/svg+xml")))
}

/// The name changes with the content, so a browser may keep it for a year.
fn kept(content: &'static str, kind: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, content).into_response()
}
