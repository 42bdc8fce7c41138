//! `GET /health` and `GET /openapi.json`: whether the server is there, and what it offers.

use crate::api::permit::Anyone;
use crate::api::problem::Problem;
use crate::failure::Doing;
use axum::Json;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// How the server is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// `ok`: the store answers.
    pub status: String,
    /// The program's version.
    pub version: String,
    /// How many events the log holds.
    pub log_size: u64,
}

/// Says whether the server and its store answer.
#[utoipa::path(get, path = "/health", tag = "server", security(()), responses(
    (status = 200, body = Health), (status = "5XX", body = Problem)
))]
pub async fn health(anyone: Anyone) -> Result<Json<Health>, Problem> {
    let head = anyone.app.store.head().await.doing("read the head of the log")?;
    Ok(Json(Health {
        status: "ok".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        log_size: head.tree.size,
    }))
}

/// Describes this API (OpenAPI 3.1).
#[utoipa::path(get, path = "/openapi.json", tag = "server", security(()), responses(
    (status = 200, body = Object, description = "The description, in OpenAPI 3.1")
))]
pub async fn openapi(_anyone: Anyone) -> Json<&'static Value> {
    Json(crate::api::document())
}
