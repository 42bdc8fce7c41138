//! `POST /releases/{release}/override`: keep a lower change type than the facts propose
//! by now, and say why.

use super::ReceiptBody;
use super::withdraw::Because;
use crate::api::body::{Body, Path};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;

/// Keeps a lower change type than the facts propose, with a reason.
#[utoipa::path(post, path = "/releases/{release}/override", request_body = Because,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn keep(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = Command::OverrideChangeType { reason };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
