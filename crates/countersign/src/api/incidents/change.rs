//! `POST /incidents/{incident}/…`: what becomes of an incident.

use super::links;
use crate::api::body::parse;
use crate::api::command::ReceiptBody;
use crate::api::people::existing;
use crate::api::permit::Act;
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Sent};
use crate::app::{AnyCommand, Draft};
use crate::failure::Failure;
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

async fn to_incident<B>(
    sent: Sent<Act, B>,
    command: impl FnOnce(&B, &mut Draft) -> Result<IncidentCommand, Failure>,
) -> Landed {
    sent.to(|id, said, draft| {
        Ok(AnyCommand::Incident(parse("incident", id)?, command(said, draft)?))
    })
    .await
}

/// Says who sees to an incident.
#[utoipa::path(post, path = "/incidents/{incident}/assign", request_body = Assignment,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn assign(sent: Sent<Act, Assignment>) -> Landed {
    let owner = existing(&sent.permit, &sent.said.owner).await?.id;
    to_incident(sent, |_, _| Ok(IncidentCommand::Assign { owner })).await
}

/// Changes how bad an incident is.
#[utoipa::path(post, path = "/incidents/{incident}/severity", request_body = NewSeverity,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn severity(sent: Sent<Act, NewSeverity>) -> Landed {
    to_incident(sent, |said, draft| {
        let reason = draft.text("reason", &said.reason)?;
        let to = parse("severity", &said.severity)?;
        Ok(IncidentCommand::ChangeSeverity { to, reason })
    })
    .await
}

/// Writes something down about an incident.
#[utoipa::path(post, path = "/incidents/{incident}/notes", request_body = Note,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn note(sent: Sent<Act, Note>) -> Landed {
    to_incident(sent, |said, draft| {
        Ok(IncidentCommand::Note { text: draft.text("text", &said.text)? })
    })
    .await
}

/// Says what an incident is about, too.
#[utoipa::path(post, path = "/incidents/{incident}/links", request_body = NewLinks,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn link(sent: Sent<Act, NewLinks>) -> Landed {
    to_incident(sent, |NewLinks { model, environment, release, criteria }, _| {
        let links = links(model, environment, release, criteria)?;
        Ok(IncidentCommand::Link { links })
    })
    .await
}

/// Says what was decided about a suspension.
#[utoipa::path(post, path = "/incidents/{incident}/suspension", request_body = Considered,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn suspension(sent: Sent<Act, Considered>) -> Landed {
    to_incident(sent, |said, draft| {
        let reason = draft.text("reason", &said.reason)?;
        let answer = parse("answer", &said.answer)?;
        Ok(IncidentCommand::ConsiderSuspension { answer, reason })
    })
    .await
}

/// Closes an incident with its root cause.
#[utoipa::path(post, path = "/incidents/{incident}/close", request_body = CloseIncident,
    tag = "incidents", params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn close(sent: Sent<Act, CloseIncident>) -> Landed {
    to_incident(sent, |said, draft| {
        let root_cause = draft.text("root_cause", &said.root_cause)?;
        let outcome = parse("outcome", &said.outcome)?;
        Ok(IncidentCommand::Close { closing: Closing { outcome, root_cause } })
    })
    .await
}
