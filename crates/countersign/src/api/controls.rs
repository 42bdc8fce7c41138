//! `/controls`: what an auditor holds the organisation to, and what the log shows of it.

pub mod maturity;
pub mod pack;
pub mod publish;
pub mod show;

use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The published controls, every version of each, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Controls {
    /// The controls.
    pub items: Vec<ControlItem>,
}

/// A published version of a control.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ControlItem {
    /// Its identifier: `CHM-002`.
    pub control: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The digest of its text.
    pub sha256: String,
    /// When it was published (RFC 3339).
    pub published_at: String,
}

/// Lists the published controls.
#[utoipa::path(get, path = "/controls", tag = "controls", responses(
    (status = 200, body = Controls), (status = "4XX", body = Problem)
))]
pub async fn list(permit: Permit<Read>) -> Result<Response, Problem> {
    let register = permit.app.register().await?;
    let item = |one: &countersign_core::register::PublishedControl| ControlItem {
        control: one.control.id.to_string(),
        version: one.control.version.clone(),
        title: one.title.clone(),
        sha256: one.control.sha256.to_string(),
        published_at: one.published_at.to_string(),
    };
    let items = register.state.controls.iter().map(item).collect();
    Ok(tagged(register.version, Controls { items }))
}
