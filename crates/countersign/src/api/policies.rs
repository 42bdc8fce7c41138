//! `/policies`: the documents that turn a classification into a plan.

pub mod diff;
pub mod publish;
pub mod show;

use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The published policies, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Policies {
    /// The policies.
    pub items: Vec<PolicyItem>,
}

/// A published policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyItem {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The digest of its text.
    pub sha256: String,
    /// The first day it is in force: `2026-01-01`.
    pub effective: String,
    /// When it was published (RFC 3339).
    pub published_at: String,
    /// Whether releases submitted now are judged by it.
    pub in_force: bool,
}

/// Lists the published policies.
#[utoipa::path(get, path = "/policies", tag = "policies", responses(
    (status = 200, body = Policies), (status = "4XX", body = Problem)
))]
pub async fn list(permit: Permit<Read>) -> Result<Response, Problem> {
    let register = permit.app.register().await?;
    let in_force = permit.app.policy_in_force(&register.state).await?;
    let items = register.state.policies.iter().map(|one| PolicyItem {
        name: one.policy.name.to_string(),
        version: one.policy.version.clone(),
        sha256: one.policy.sha256.to_string(),
        effective: one.effective.to_string(),
        published_at: one.published_at.to_string(),
        in_force: in_force.as_ref().is_some_and(|loaded| loaded.reference == one.policy),
    });
    Ok(tagged(register.version, Policies { items: items.collect() }))
}
