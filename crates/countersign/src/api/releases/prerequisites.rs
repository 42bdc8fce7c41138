//! `POST /releases/{release}/prerequisites/{number}`: something that must be true before the first
//! step is.

use super::ReceiptBody;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;

/// Confirms a prerequisite of the runbook.
#[utoipa::path(post, path = "/releases/{release}/prerequisites/{number}", tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "Its number, counted from 1")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn confirm(
    permit: Permit<Act>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let command = Command::ConfirmPrerequisite { number: parse("number", &number)? };
    permit.to_release(&id, command, Draft::default(), care.of(body.request)).await
}
