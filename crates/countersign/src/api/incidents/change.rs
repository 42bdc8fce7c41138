//! `POST /incidents/{incident}/…`: what becomes of an incident.

use super::links;
use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::people::existing;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::{AnyCommand, Draft, Precautions};
use axum::Json;
use countersign_core::incident::{Closing, IncidentCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who sees to it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The person, by id.
    pub owner: String,
}

/// How bad it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeverity {
    /// `low`, `medium`, `high` or `critical`.
    pub severity: String,
    /// Why.
    pub reason: String,
}

/// Something written down.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The text.
    pub text: String,
}

/// What it is about, too.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewLinks {
    /// The model, by its short name.
    pub model: Option<String>,
    /// Where it happened.
    pub environment: Option<String>,
    /// The release that ran.
    pub release: Option<String>,
    /// The criteria of the release's plan that should have caught it.
    pub criteria: Vec<String>,
}

/// What was decided about a suspension.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Considered {
    /// `suspended` or `not_needed`.
    pub answer: String,
    /// Why.
    pub reason: String,
}

/// How it ended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseIncident {
    /// `corrected`, `rolled_back`, `retired`, `risk_accepted` or `false_alarm`.
    pub outcome: String,
    /// Why it happened.
    pub root_cause: String,
}

impl Permit<Act> {
    async fn to_incident(
        &self,
        id: &str,
        command: IncidentCommand,
        draft: Draft,
        precautions: Precautions,
    ) -> Result<Json<ReceiptBody>, Problem> {
        let command = AnyCommand::Incident(parse("incident", id)?, command);
        self.carry_out(command, draft, precautions).await
    }
}

/// Says who sees to an incident.
#[utoipa::path(post, path = "/incidents/{incident}/assign", request_body = Assignment,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn assign(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Assignment>,
) -> Result<Json<ReceiptBody>, Problem> {
    let owner = existing(&permit, &body.value.owner).await?.id;
    let command = IncidentCommand::Assign { owner };
    permit.to_incident(&id, command, Draft::default(), care.of(body.request)).await
}

/// Changes how bad an incident is.
#[utoipa::path(post, path = "/incidents/{incident}/severity", request_body = NewSeverity,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn severity(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewSeverity>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let to = parse("severity", &body.value.severity)?;
    let command = IncidentCommand::ChangeSeverity { to, reason };
    permit.to_incident(&id, command, draft, care.of(body.request)).await
}

/// Writes something down about an incident.
#[utoipa::path(post, path = "/incidents/{incident}/notes", request_body = Note,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn note(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Note>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = IncidentCommand::Note { text: draft.text("text", &body.value.text)? };
    permit.to_incident(&id, command, draft, care.of(body.request)).await
}

/// Says what an incident is about, too.
#[utoipa::path(post, path = "/incidents/{incident}/links", request_body = NewLinks,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn link(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewLinks>,
) -> Result<Json<ReceiptBody>, Problem> {
    let NewLinks { model, environment, release, criteria } = &body.value;
    let links = links(model, environment, release, criteria)?;
    let command = IncidentCommand::Link { links };
    permit.to_incident(&id, command, Draft::default(), care.of(body.request)).await
}

/// Says what was decided about a suspension.
#[utoipa::path(post, path = "/incidents/{incident}/suspension", request_body = Considered,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn suspension(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Considered>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let answer = parse("answer", &body.value.answer)?;
    let command = IncidentCommand::ConsiderSuspension { answer, reason };
    permit.to_incident(&id, command, draft, care.of(body.request)).await
}

/// Closes an incident with its root cause.
#[utoipa::path(post, path = "/incidents/{incident}/close", request_body = CloseIncident,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn close(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<CloseIncident>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let root_cause = draft.text("root_cause", &body.value.root_cause)?;
    let outcome = parse("outcome", &body.value.outcome)?;
    let command = IncidentCommand::Close { closing: Closing { outcome, root_cause } };
    permit.to_incident(&id, command, draft, care.of(body.request)).await
}
