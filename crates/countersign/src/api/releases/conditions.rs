//! `POST /releases/{release}/conditions/{number}/close`: a promise was kept.

use super::ReceiptBody;
use super::concerns::Settled;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;

/// Closes a condition of the approval.
#[utoipa::path(post, path = "/releases/{release}/conditions/{number}/close",
    request_body = Settled, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The condition's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn close(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Settled>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let done = draft.text("text", &body.value.text)?;
    let command = Command::CloseCondition { number: parse("number", &number)?, done };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
