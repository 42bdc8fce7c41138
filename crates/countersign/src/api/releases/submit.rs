//! `POST /releases/{release}/submit`: the checklist is complete; fix the plan and start review.

use super::ReceiptBody;
use crate::api::body::{Body, Path};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;
use serde::Deserialize;
use utoipa::ToSchema;

/// Nothing: an empty object, or no body at all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Submits a release for review. Its gate plan is fixed from then on.
#[utoipa::path(post, path = "/releases/{release}/submit", tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn submit(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    permit.to_release(&id, Command::Submit, Draft::default(), care.of(body.request)).await
}
