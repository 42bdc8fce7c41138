//! `POST /releases/{release}/artifacts` and `DELETE …/{name}`: what a release is made of.

use super::ReceiptBody;
use super::request::NewArtifact;
use crate::api::body::{Body, Path};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;

/// Adds an artifact. Approvals given before no longer count.
#[utoipa::path(post, path = "/releases/{release}/artifacts", request_body = NewArtifact,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn add(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewArtifact>,
) -> Result<Json<ReceiptBody>, Problem> {
    let artifact = body.value.checked("artifact")?;
    let command = Command::AddArtifact(artifact);
    permit.to_release(&id, command, Draft::default(), care.of(body.request)).await
}

/// Takes an artifact out. Approvals given before no longer count.
#[utoipa::path(delete, path = "/releases/{release}/artifacts/{name}", tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("name" = String, Path, description = "The artifact's name")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn remove(
    permit: Permit<Act>,
    Path((id, name)): Path<(String, String)>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let command = Command::RemoveArtifact { name };
    permit.to_release(&id, command, Draft::default(), care.of(body.request)).await
}
