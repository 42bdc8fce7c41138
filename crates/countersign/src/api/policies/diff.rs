//! `GET /policies/{name}/{version}/diff`: what one version changes, and which way.

use crate::api::body::{Path, Query, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::Json;
use countersign_core::name::PolicyName;
use countersign_core::policy::difference::{Difference, differences};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Compared with what.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The other version; the one published before it when left out.
    from: Option<String>,
}

/// What changed between two versions of a policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyDiff {
    /// The policy's name.
    pub name: String,
    /// The older version.
    pub from: String,
    /// The newer version.
    pub to: String,
    /// Whether something may pass under the newer version that would not have passed before.
    pub may_loosen: bool,
    /// Every change, in the order of the document.
    pub differences: Vec<DifferenceItem>,
}

/// One change.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DifferenceItem {
    /// What changed: `criterion hallucination_rate`.
    pub subject: String,
    /// `stricter`, `looser`, `unclear` (treated like looser) or `wording`.
    pub effect: String,
    /// How it was; empty for something new.
    pub before: String,
    /// How it is; empty for something gone.
    pub after: String,
}

impl From<Difference> for DifferenceItem {
    fn from(one: Difference) -> Self {
        let effect = one.effect.word().to_owned();
        Self { subject: one.subject, effect, before: one.before, after: one.after }
    }
}

/// Shows what a version of a policy changes, and whether each change is stricter or looser.
#[utoipa::path(get, path = "/policies/{name}/{version}/diff", tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name"),
        ("version" = String, Path, description = "The newer version"),
        Wanted
    ),
    responses((status = 200, body = PolicyDiff), (status = "4XX", body = Problem))
)]
pub async fn diff(
    permit: Permit<Read>,
    Path((name, version)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<PolicyDiff>, Problem> {
    let name: PolicyName = parse("name", &name)?;
    let (old, new) = permit.app.two_versions(&name, wanted.from.as_deref(), &version).await?;
    let found = differences(&old.policy, &new.policy);
    Ok(Json(PolicyDiff {
        name: name.to_string(),
        from: old.reference.version,
        to: new.reference.version,
        may_loosen: found.iter().any(|one| one.effect.may_loosen()),
        differences: found.into_iter().map(DifferenceItem::from).collect(),
    }))
}
