//! `POST /releases/{release}/withdraw`: the requester takes a release back.

use super::ReceiptBody;
use crate::api::body::{Body, Path};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why something is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// In words.
    pub reason: String,
}

/// Takes a release back.
#[utoipa::path(post, path = "/releases/{release}/withdraw", request_body = Because,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn withdraw(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    permit.to_release(&id, Command::Withdraw { reason }, draft, care.of(body.request)).await
}
