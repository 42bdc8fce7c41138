//! `GET /releases/{release}/deliveries`: what became of the webhooks a release sends.

use crate::api::body::{Path, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::name::ReleaseId;
use countersign_store::Delivery;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The deliveries of a release, the oldest message first.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Deliveries {
    /// The deliveries.
    pub items: Vec<DeliveryView>,
}

/// A delivery.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeliveryView {
    /// The message's identifier; receivers use it to drop repeats.
    pub id: String,
    /// The step that sends it.
    pub step: String,
    /// The endpoint it goes to.
    pub endpoint: String,
    /// `due`, `done` or `dead`.
    pub status: String,
    /// How many attempts were made.
    pub attempts: u32,
    /// Why the last failed attempt failed.
    pub last_error: Option<String>,
    /// When it was written (RFC 3339).
    pub created_at: String,
    /// When the last attempt was made (RFC 3339).
    pub attempted_at: Option<String>,
    /// When it is tried next (RFC 3339); absent when it is not.
    pub next_at: Option<String>,
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        let waits = delivery.status == countersign_store::DeliveryStatus::Due;
        Self {
            id: delivery.id,
            step: delivery.step.to_string(),
            endpoint: delivery.endpoint,
            status: delivery.status.word().to_owned(),
            attempts: delivery.attempts,
            last_error: delivery.last_error,
            created_at: delivery.created_at.to_string(),
            attempted_at: delivery.attempted_at.map(|at| at.to_string()),
            next_at: waits.then(|| delivery.next_at.to_string()),
        }
    }
}

/// Lists the webhooks a release sends and what became of them.
#[utoipa::path(get, path = "/releases/{release}/deliveries", tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = Deliveries), (status = "4XX", body = Problem))
)]
pub async fn list(
    permit: Permit<Read>,
    Path(id): Path<String>,
) -> Result<Json<Deliveries>, Problem> {
    let id: ReleaseId = parse("release", &id)?;
    if permit.app.release(&id).await?.state.id.is_none() {
        return Err(Failure::not_found("release", &id).into());
    }
    let deliveries = permit.app.store.deliveries(&id).await.doing("list deliveries")?;
    Ok(Json(Deliveries { items: deliveries.into_iter().map(DeliveryView::from).collect() }))
}
