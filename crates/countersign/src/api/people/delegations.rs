//! `POST /delegations` and `DELETE /delegations/{number}`: a role lent for a time.

use super::existing;
use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use crate::app::{AnyCommand, Draft};
use axum::Json;
use countersign_core::register::{NewDelegation, RegisterCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role to lend.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDelegationBody {
    /// Who acts in the caller's place, by identifier.
    pub to: String,
    /// The role the caller holds: `ai_governance_lead`.
    pub role: String,
    /// From when (RFC 3339); at once when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when (RFC 3339).
    pub until: String,
    /// Why.
    pub reason: String,
}

/// Lets somebody act in a role of the caller while the caller is away. Both count as one person.
#[utoipa::path(post, path = "/delegations", request_body = NewDelegationBody, tag = "people",
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn delegate(
    permit: Permit<Decide>,
    care: Care,
    body: Body<NewDelegationBody>,
) -> Result<Json<ReceiptBody>, Problem> {
    let new = &body.value;
    let mut draft = Draft::default();
    let delegation = NewDelegation {
        to: existing(&permit, &new.to).await?.id,
        role: parse("role", &new.role)?,
        begins: moment::optional(&permit.app, ("from", Day::Begins), new.from.as_deref()).await?,
        ends: moment::of_day(&permit.app, ("until", Day::Ends), &new.until).await?,
        reason: draft.text("reason", &new.reason)?,
    };
    let command = AnyCommand::Register(RegisterCommand::Delegate(delegation));
    permit.carry_out(command, draft, care.of(body.request)).await
}

/// Ends a delegation before its time: who gave it, who has it, or an administrator.
#[utoipa::path(delete, path = "/delegations/{number}", tag = "people",
    params(("number" = u32, Path, description = "The delegation's number")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn end(
    permit: Permit<Decide>,
    Path(number): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let command = RegisterCommand::EndDelegation { number: parse("number", &number)? };
    permit.to_register(command, care.of(body.request)).await
}
