//! `GET /controls/{control}`: one control, and whether what it points to is there.

use crate::api::body::{Path, Query, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::Doing;
use axum::Json;
use countersign_core::control::LinkStatus;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// Which version.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The version; the latest when left out.
    version: Option<String>,
}

/// A control with its text.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ControlView {
    /// Its identifier.
    pub control: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The digest of its text.
    pub sha256: String,
    /// When it was published (RFC 3339).
    pub published_at: String,
    /// Its text, exactly as it was published.
    pub source: String,
    /// What it points to.
    pub links: Vec<ControlLink>,
    /// Whether it points to something that is not there any more.
    pub has_gaps: bool,
    /// The control as data.
    #[schema(value_type = Object)]
    pub record: Value,
}

/// A link of a control.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ControlLink {
    /// `policy`, `runbook`, `item`, `criterion` or `format`.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The title of what it points to; absent when there is no such thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl From<LinkStatus> for ControlLink {
    fn from(link: LinkStatus) -> Self {
        Self { kind: link.kind.word().to_owned(), name: link.name, title: link.title }
    }
}

/// Shows a control.
#[utoipa::path(get, path = "/controls/{control}", tag = "controls",
    params(("control" = String, Path, description = "The control's identifier: `CHM-002`"), Which),
    responses((status = 200, body = ControlView), (status = "4XX", body = Problem))
)]
pub async fn show(
    permit: Permit<Read>,
    Path(control): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<ControlView>, Problem> {
    let id = parse("control", &control)?;
    let loaded = permit.app.control(&id, which.version.as_deref()).await?;
    let links = permit.app.control_links(&loaded.control).await?;
    let links: Vec<ControlLink> = links.into_iter().map(ControlLink::from).collect();
    Ok(Json(ControlView {
        control: loaded.reference.id.to_string(),
        version: loaded.reference.version.clone(),
        title: loaded.control.title.clone(),
        sha256: loaded.reference.sha256.to_string(),
        published_at: loaded.published_at.to_string(),
        has_gaps: links.iter().any(|link| link.title.is_none()),
        links,
        record: serde_json::to_value(&loaded.control).doing("show a control")?,
        source: loaded.source,
    }))
}
