//! `POST /people/{person}/roles` and `DELETE …/{role}`.

use super::existing;
use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Administer, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use axum::Json;
use countersign_core::register::RegisterCommand;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role to give.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// The role: `ai_governance_lead`.
    pub role: String,
}

/// Gives a person a role. Releases in review keep the holders they were submitted with.
#[utoipa::path(post, path = "/people/{person}/roles", request_body = NewRole, tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn grant(
    permit: Permit<Administer>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewRole>,
) -> Result<Json<ReceiptBody>, Problem> {
    let person = existing(&permit, &id).await?.id;
    let command = RegisterCommand::GrantRole { person, role: parse("role", &body.value.role)? };
    permit.to_register(command, care.of(body.request)).await
}

/// Takes a role from a person, from the next request on.
#[utoipa::path(delete, path = "/people/{person}/roles/{role}", tag = "people",
    params(
        ("person" = String, Path, description = "The person's identifier"),
        ("role" = String, Path, description = "The role")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn revoke(
    permit: Permit<Administer>,
    Path((id, role)): Path<(String, String)>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let (person, role) = (parse("person", &id)?, parse("role", &role)?);
    let command = RegisterCommand::RevokeRole { person, role };
    permit.to_register(command, care.of(body.request)).await
}
