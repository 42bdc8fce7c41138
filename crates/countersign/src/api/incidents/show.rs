//! `GET /incidents/{incident}`: an incident from its opening to its root cause.

use crate::api::body::{Path, parse};
use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::response::Response;
use countersign_core::name::IncidentId;
use countersign_core::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An incident.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct IncidentView {
    /// Its identifier.
    pub incident: String,
    /// What people call it.
    pub title: String,
    /// What happened.
    pub text: String,
    /// `open` or `closed`.
    pub state: String,
    /// How bad it is now.
    pub severity: String,
    /// `reported`, or `confirmation`: a "no" after a deployment.
    pub cause: String,
    /// The model it is about.
    pub model: Option<String>,
    /// Where it happened.
    pub environment: Option<String>,
    /// The release that ran.
    pub release: Option<String>,
    /// The criteria that should have caught it.
    pub criteria: Vec<String>,
    /// Who opened it.
    pub opened_by: String,
    /// When (RFC 3339).
    pub opened_at: String,
    /// Who sees to it, by id.
    pub owner: Option<String>,
    /// The roles that handle it.
    pub handled_by: Vec<String>,
    /// Whether whoever may suspend has to decide.
    pub asks_for_suspension: bool,
    /// What was noted, oldest first.
    pub notes: Vec<NoteView>,
    /// `suspended` or `not_needed`, once that was decided.
    pub suspension: Option<String>,
    /// Why, in words.
    pub suspension_reason: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Why it happened.
    pub root_cause: Option<String>,
    /// When it was closed (RFC 3339).
    pub closed_at: Option<String>,
}

/// Something noted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NoteView {
    /// When (RFC 3339).
    pub at: String,
    /// By whom.
    pub by: String,
    /// What.
    pub text: String,
}

/// Shows an incident.
#[utoipa::path(get, path = "/incidents/{incident}", tag = "incidents",
    params(("incident" = String, Path, description = "The incident")),
    responses((status = 200, body = IncidentView), (status = "4XX", body = Problem))
)]
pub async fn show(permit: Permit<Read>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: IncidentId = parse("incident", &id)?;
    let loaded = permit.app.incident(&id).await?;
    let incident = &*loaded.state;
    let (Some(opening), Some((opened_at, opened_by)), Some(severity)) =
        (&incident.opening, &incident.opened, incident.severity)
    else {
        return Err(Failure::not_found("incident", &id).into());
    };
    let cause = match opening.cause {
        countersign_core::incident::Cause::Reported => "reported",
        countersign_core::incident::Cause::Confirmation => "confirmation",
    };
    let (suspension, closed) = (incident.suspension, &incident.closed);
    let mut texts: Vec<Text> = incident.notes.iter().map(|(_, _, text)| *text).collect();
    texts.push(opening.text);
    texts.extend(suspension.map(|(_, _, reason)| reason));
    texts.extend(closed.iter().map(|(_, _, closing)| closing.root_cause));
    let digests: Vec<_> = texts.into_iter().map(Text::digest).collect();
    let texts = permit.app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: Text| {
        texts.get(&text.digest()).cloned().unwrap_or_else(|| "(this text was erased)".into())
    };
    let note = |(at, by, said): &(jiff::Timestamp, countersign_core::actor::Who, Text)| NoteView {
        at: at.to_string(),
        by: by.to_string(),
        text: text(*said),
    };
    let links = &incident.links;
    let view = IncidentView {
        incident: opening.id.to_string(),
        title: opening.title.clone(),
        text: text(opening.text),
        state: if incident.is_open() { "open" } else { "closed" }.to_owned(),
        severity: severity.to_string(),
        cause: cause.to_owned(),
        model: links.model.as_ref().map(ToString::to_string),
        environment: links.environment.as_ref().map(ToString::to_string),
        release: links.release.as_ref().map(ToString::to_string),
        criteria: links.criteria.iter().map(ToString::to_string).collect(),
        opened_by: opened_by.to_string(),
        opened_at: opened_at.to_string(),
        owner: incident.owner.as_ref().map(ToString::to_string),
        handled_by: opening.handling.by.iter().map(ToString::to_string).collect(),
        asks_for_suspension: incident.asks_for_suspension(),
        notes: incident.notes.iter().map(note).collect(),
        suspension: suspension.map(|(_, answer, _)| answer.to_string()),
        suspension_reason: suspension.map(|(_, _, reason)| text(reason)),
        outcome: closed.as_ref().map(|(_, _, closing)| closing.outcome.to_string()),
        root_cause: closed.as_ref().map(|(_, _, closing)| text(closing.root_cause)),
        closed_at: closed.as_ref().map(|(at, _, _)| at.to_string()),
    };
    Ok(tagged(loaded.version, view))
}
