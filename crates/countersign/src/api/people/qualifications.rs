//! `POST /people/{person}/qualifications` and `…/same-as`: what an approver has passed, and that
//! two accounts are one human.

use super::existing;
use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::{AnyCommand, Draft};
use axum::Json;
use countersign_core::register::{NewQualification, RegisterCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something an approver has passed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQualificationBody {
    /// The role it is asked for in: `ai_governance_lead`.
    pub role: String,
    /// The day it was passed: `2026-05-04`.
    pub passed_on: String,
    /// What shows it: a certificate's number, where the record lies.
    pub proof: String,
}

/// Records what somebody has passed. The policy says which roles ask for it and how long it counts.
#[utoipa::path(post, path = "/people/{person}/qualifications",
    request_body = NewQualificationBody, tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn record(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewQualificationBody>,
) -> Result<Json<ReceiptBody>, Problem> {
    let new = &body.value;
    let mut draft = Draft::default();
    let qualification = NewQualification {
        person: existing(&permit, &id).await?.id,
        role: parse("role", &new.role)?,
        passed_on: parse("passed_on", &new.passed_on)?,
        proof: draft.text("proof", &new.proof)?,
    };
    let command = AnyCommand::Register(RegisterCommand::RecordQualification(qualification));
    permit.carry_out(command, draft, care.of(body.request)).await
}

/// Another account of the same human.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SameAs {
    /// The other account, by identifier.
    pub person: String,
}

/// Says that two accounts are one human, who then counts once. This is not taken back.
#[utoipa::path(post, path = "/people/{person}/same-as", request_body = SameAs, tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn same_as(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<SameAs>,
) -> Result<Json<ReceiptBody>, Problem> {
    let person = existing(&permit, &id).await?.id;
    let same_as = existing(&permit, &body.value.person).await?.id;
    let command = RegisterCommand::LinkAccounts { person, same_as };
    permit.to_register(command, care.of(body.request)).await
}
