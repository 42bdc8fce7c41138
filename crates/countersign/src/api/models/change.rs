//! `POST /models/{model}/tier` and `/owner`: how risky a model is, and who answers for it.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::people::existing;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::{AnyCommand, Draft};
use axum::Json;
use countersign_core::model::ModelCommand;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new tier.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTier {
    /// `low`, `medium`, `high` or `critical`.
    pub tier: String,
    /// Why.
    pub reason: String,
}

/// A new owner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwner {
    /// The new owner, by id.
    pub owner: String,
    /// Why.
    pub reason: String,
}

/// Changes a model's risk tier. The next update of the model is a major one.
#[utoipa::path(post, path = "/models/{model}/tier", request_body = NewTier, tag = "models",
    params(("model" = String, Path, description = "The model's short name")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn tier(
    permit: Permit<Act>,
    Path(model): Path<String>,
    care: Care,
    body: Body<NewTier>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = ModelCommand::ChangeTier { to: parse("tier", &body.value.tier)?, reason };
    let command = AnyCommand::Model(parse("model", &model)?, command);
    permit.carry_out(command, draft, care.of(body.request)).await
}

/// Gives a model another owner.
#[utoipa::path(post, path = "/models/{model}/owner", request_body = NewOwner, tag = "models",
    params(("model" = String, Path, description = "The model's short name")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn owner(
    permit: Permit<Act>,
    Path(model): Path<String>,
    care: Care,
    body: Body<NewOwner>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let to = existing(&permit, &body.value.owner).await?.id;
    let command =
        AnyCommand::Model(parse("model", &model)?, ModelCommand::ChangeOwner { to, reason });
    permit.carry_out(command, draft, care.of(body.request)).await
}
