//! The HTTP API: `/api/v1`, described by the OpenAPI document it serves itself.
//!
//! One file for each endpoint or closely related pair, one line each in [`router`]. A handler gets
//! the application only through a permission ([`permit::Permit`]), so that one that forgets to
//! authenticate does not compile.

pub mod body;
pub mod headers;
pub mod me;
pub mod models;
pub mod permit;
pub mod problem;
pub mod releases;
pub mod verdict;

use crate::app::App;
use axum::Router;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the document says before its paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Countersign",
        description = "A self-hosted release gate for AI models. Every refusal is a problem \
                       detail (RFC 9457) with a stable `code`, every reason and a next step.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/api/v1"))
)]
struct Document;

/// Every endpoint, and the document that describes them.
pub fn endpoints() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(me::login))
        .routes(routes!(me::me))
        .routes(routes!(models::register, models::list))
        .routes(routes!(models::show))
        .routes(routes!(releases::request::request, releases::list::list))
        .routes(routes!(releases::show::show))
        .routes(routes!(releases::submit::submit))
        .routes(routes!(releases::approve::approve))
        .routes(routes!(verdict::verdict))
}

/// The API under `/api/v1`.
pub fn router(app: Arc<App>) -> Router {
    let (router, _) = endpoints().split_for_parts();
    Router::new().nest("/api/v1", router).with_state(app)
}

/// The OpenAPI 3.1 document.
pub fn document() -> utoipa::openapi::OpenApi {
    endpoints().into_openapi()
}
