//! `POST /people/{person}/roles` and `DELETE …/{role}`.

use super::existing;
use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use axum::Json;
use countersign_core::register::{RegisterCommand, Term};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role to give.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// The role: `ai_governance_lead`.
    pub role: String,
    /// From when (RFC 3339); at once when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when (RFC 3339); without an end when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Gives a person a role, for a time or without an end. Releases in review keep the holders they
/// were submitted with.
#[utoipa::path(post, path = "/people/{person}/roles", request_body = NewRole, tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn grant(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewRole>,
) -> Result<Json<ReceiptBody>, Problem> {
    let person = existing(&permit, &id).await?.id;
    let new = &body.value;
    let (begin, end) = (("from", Day::Begins), ("until", Day::Ends));
    let term = Term {
        from: moment::optional(&permit.app, begin, new.from.as_deref()).await?,
        until: moment::optional(&permit.app, end, new.until.as_deref()).await?,
    };
    let command = RegisterCommand::GrantRole { person, role: parse("role", &new.role)?, term };
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
    permit: Permit<Decide>,
    Path((id, role)): Path<(String, String)>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let (person, role) = (parse("person", &id)?, parse("role", &role)?);
    let command = RegisterCommand::RevokeRole { person, role };
    permit.to_register(command, care.of(body.request)).await
}
