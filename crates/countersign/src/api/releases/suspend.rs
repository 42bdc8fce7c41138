//! `POST /releases/{release}/suspend` and `/resume`: it must not run anywhere for now; it may
//! again.

use super::ReceiptBody;
use super::withdraw::Because;
use crate::api::body::{Body, Path};
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;

/// Suspends a release. From the answer on, every verdict about it is deny.
#[utoipa::path(post, path = "/releases/{release}/suspend", request_body = Because,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn suspend(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    permit.to_release(&id, Command::Suspend { reason }, draft, care.of(body.request)).await
}

/// Lets a suspended release run again.
#[utoipa::path(post, path = "/releases/{release}/resume", request_body = Because,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn resume(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    permit.to_release(&id, Command::Resume { reason }, draft, care.of(body.request)).await
}
