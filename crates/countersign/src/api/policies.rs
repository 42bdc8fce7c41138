//! `/policies`: the documents that turn a classification into a plan.

pub mod decide;
pub mod diff;
pub mod publish;
pub mod review;
pub mod show;

use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::response::Response;
use countersign_core::policy::PolicyRef;
use countersign_core::register::PublishedPolicy;
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
    /// The first day it is in force, once it is approved: `2026-01-01`.
    pub effective: String,
    /// When it was published (RFC 3339).
    pub published_at: String,
    /// Where it stands: `awaiting_approval`, `approved` or `declined`.
    pub state: String,
    /// The role that approves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// How many people have to approve it: 2 when it loosens something.
    pub approvals_needed: u32,
    /// Who approved it so far, by id.
    pub approvers: Vec<String>,
    /// What it asks less of than the policy it follows, in words.
    pub loosens: Vec<String>,
    /// Whether releases submitted now are judged by it.
    pub in_force: bool,
}

impl PolicyItem {
    fn of(one: &PublishedPolicy, in_force: Option<&PolicyRef>) -> Self {
        let awaits = one.awaits.as_ref();
        let loosens = awaits.iter().flat_map(|awaits| &awaits.loosens);
        Self {
            name: one.policy.name.to_string(),
            version: one.policy.version.clone(),
            sha256: one.policy.sha256.to_string(),
            effective: one.effective.to_string(),
            published_at: one.published_at.to_string(),
            state: one.approved.word().to_owned(),
            approved_by: awaits.map(|awaits| awaits.role.to_string()),
            approvals_needed: awaits.map_or(0, |awaits| awaits.people),
            approvers: one.given.iter().map(ToString::to_string).collect(),
            loosens: loosens.map(ToString::to_string).collect(),
            in_force: in_force == Some(&one.policy),
        }
    }
}

/// Lists the published policies.
#[utoipa::path(get, path = "/policies", tag = "policies", responses(
    (status = 200, body = Policies), (status = "4XX", body = Problem)
))]
pub async fn list(permit: Permit<Read>) -> Result<Response, Problem> {
    let register = permit.app.register().await?;
    let in_force = permit.app.policy_in_force(&register.state).await?;
    let in_force = in_force.as_ref().map(|loaded| &loaded.reference);
    let items = register.state.policies.iter().map(|one| PolicyItem::of(one, in_force));
    Ok(tagged(register.version, Policies { items: items.collect() }))
}
