//! `POST /releases/{release}/evidence/{evidence}/withdraw` and `…/close-finding`.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Act, Decide, Permit};
use crate::api::problem::Problem;
use crate::api::releases::withdraw::Because;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A finding to close by hand.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosedFinding {
    /// The finding's identifier, as the evidence shows it.
    pub finding: String,
    /// Why it no longer stands, or why it is accepted.
    pub reason: String,
}

/// Takes evidence back. It stays on record and no longer counts.
#[utoipa::path(post, path = "/releases/{release}/evidence/{evidence}/withdraw",
    request_body = Because, tag = "evidence",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("evidence" = String, Path, description = "The evidence's identifier: `e1`")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn withdraw(
    permit: Permit<Act>,
    Path((id, evidence)): Path<(String, String)>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = Command::WithdrawEvidence { evidence: parse("evidence", &evidence)?, reason };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}

/// Closes a finding by hand, as somebody whom the policy lets do so.
#[utoipa::path(post, path = "/releases/{release}/evidence/{evidence}/close-finding",
    request_body = ClosedFinding, tag = "evidence",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("evidence" = String, Path, description = "The evidence's identifier: `e1`")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn close_finding(
    permit: Permit<Decide>,
    Path((id, evidence)): Path<(String, String)>,
    care: Care,
    body: Body<ClosedFinding>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let (evidence, finding) = (parse("evidence", &evidence)?, body.value.finding);
    let command = Command::CloseFinding { evidence, finding, reason };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
