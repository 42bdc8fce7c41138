//! `/runbooks`: ordered work that releases go through.

pub mod publish;
pub mod show;

use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The published runbooks, every version of each, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Runbooks {
    /// The runbooks.
    pub items: Vec<RunbookItem>,
}

/// A published version of a runbook.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RunbookItem {
    /// Its name, the same in every version.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The digest of its text.
    pub sha256: String,
    /// When it was published (RFC 3339).
    pub published_at: String,
    /// When it was last reviewed, as the document says.
    pub last_reviewed: Option<String>,
    /// Whether the document names nobody who reviewed it.
    pub unreviewed: bool,
    /// `pre-deployment`, `operational` …
    pub lifecycle: String,
    /// `approval`, `incident` …
    pub kind: String,
    /// Frameworks it serves.
    pub compliance: Vec<String>,
    /// `low`, `medium` or `high`.
    pub complexity: String,
    /// The time it takes by estimate, in minutes.
    pub estimated_minutes: Option<u32>,
    /// One paragraph.
    pub summary: String,
}

/// Lists the published runbooks.
#[utoipa::path(get, path = "/runbooks", tag = "runbooks", responses(
    (status = 200, body = Runbooks), (status = "4XX", body = Problem)
))]
pub async fn list(permit: Permit<Read>) -> Result<Response, Problem> {
    let register = permit.app.register().await?;
    let mut items = Vec::with_capacity(register.state.runbooks.len());
    for one in &register.state.runbooks {
        let (name, version) = (&one.runbook.name, one.runbook.version.as_str());
        let loaded = permit.app.runbook(&register.state, name, Some(version)).await?;
        let Some(loaded) = loaded else { continue };
        let runbook = &*loaded.runbook;
        items.push(RunbookItem {
            name: name.to_string(),
            version: version.to_owned(),
            title: one.title.clone(),
            sha256: one.runbook.sha256.to_string(),
            published_at: one.published_at.to_string(),
            last_reviewed: runbook.last_reviewed.map(|day| day.to_string()),
            unreviewed: runbook.reviewed_by.is_empty(),
            lifecycle: runbook.lifecycle.clone(),
            kind: runbook.kind.clone(),
            compliance: runbook.compliance.clone(),
            complexity: runbook.complexity.clone(),
            estimated_minutes: runbook.estimated_minutes,
            summary: runbook.summary.clone(),
        });
    }
    Ok(tagged(register.version, Runbooks { items }))
}
