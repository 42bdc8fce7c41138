//! `GET /releases/{release}/evidence/{evidence}`: what a file is and what was read from it.

use crate::api::body::{Path, parse};
use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::api::releases::view::EvidenceView;
use crate::failure::Failure;
use axum::response::Response;
use countersign_core::name::{EvidenceId, ReleaseId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A piece of evidence with everything that was read from it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EvidenceDetail {
    /// What lists show of it.
    #[serde(flatten)]
    pub evidence: EvidenceView,
    /// The parts of a packet it covers.
    pub parts: Vec<String>,
    /// Whether customer examples in it are redacted.
    pub redacted: bool,
    /// The evidence it replaces.
    pub replaces: Option<String>,
    /// The people who opened it, by name.
    pub opened_by: Vec<String>,
    /// Findings in it that were closed by hand, and why.
    pub closed_findings: Vec<ClosedView>,
    /// What was read: measurements, findings, checks, facts and warnings, each with its place in
    /// the file; absent for a file that no reader knows.
    #[schema(value_type = Option<Object>)]
    pub reading: Option<serde_json::Value>,
}

/// A finding that was closed by hand.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClosedView {
    /// The finding.
    pub finding: String,
    /// Why.
    pub reason: String,
}

/// Shows a piece of evidence and what was read from it.
#[utoipa::path(get, path = "/releases/{release}/evidence/{evidence}", tag = "evidence",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("evidence" = String, Path, description = "The evidence's identifier: `e1`")
    ),
    responses((status = 200, body = EvidenceDetail), (status = "4XX", body = Problem))
)]
pub async fn show(
    permit: Permit<Read>,
    Path((id, evidence)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id: ReleaseId = parse("release", &id)?;
    let evidence: EvidenceId = parse("evidence", &evidence)?;
    let view = permit.app.view(&id).await?;
    let release = &*view.release.state;
    let missing = || Failure::not_found("evidence", &evidence);
    let attached = release.evidence.get(&evidence).ok_or_else(missing)?;
    let opened = release.opened.iter().filter(|(which, _)| which == &evidence);
    let closed = release.closed_findings.iter().filter(|((which, _), _)| which == &evidence);
    let one = &attached.evidence;
    let detail = EvidenceDetail {
        evidence: EvidenceView::of(&view, attached),
        parts: one.parts.iter().cloned().collect(),
        redacted: one.redacted,
        replaces: one.replaces.as_ref().map(ToString::to_string),
        opened_by: opened.map(|(_, person)| view.name(person).to_owned()).collect(),
        closed_findings: closed
            .map(|((_, finding), reason)| ClosedView {
                finding: finding.clone(),
                reason: view.text(reason).to_owned(),
            })
            .collect(),
        reading: one.reading.as_ref().and_then(|reading| serde_json::to_value(reading).ok()),
    };
    Ok(tagged(view.release.version, detail))
}
