//! `POST /releases/{release}/concerns` and `…/{number}/resolve`: what stops approvals until it is
//! settled.

use super::ReceiptBody;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A concern on a step.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConcern {
    /// The step.
    pub step: String,
    /// What it is about.
    pub text: String,
}

/// How something was settled.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// In words.
    pub text: String,
}

/// Raises a concern on a step. Nobody can approve until it is resolved.
#[utoipa::path(post, path = "/releases/{release}/concerns", request_body = NewConcern,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn raise(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewConcern>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let text = draft.text("text", &body.value.text)?;
    let command = Command::RaiseConcern { step: parse("step", &body.value.step)?, text };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}

/// Resolves a concern.
#[utoipa::path(post, path = "/releases/{release}/concerns/{number}/resolve",
    request_body = Settled, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The concern's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn resolve(
    permit: Permit<Act>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Settled>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let text = draft.text("text", &body.value.text)?;
    let command = Command::ResolveConcern { number: parse("number", &number)?, text };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
