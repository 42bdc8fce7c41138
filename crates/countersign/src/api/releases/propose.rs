//! `POST /releases/propose`: which kind of change the facts make a release. Nothing is written.

use super::request::{NewArtifact, each};
use crate::api::body::{Body, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::Json;
use countersign_core::name::EnvironmentName;
use countersign_core::proposal::{Asked, Proposal, Why};
use countersign_core::release::Artifact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What a release is made of.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposing {
    /// The model's short name.
    pub model: String,
    /// Where it should run; `production` when left out.
    #[serde(default)]
    pub environments: Vec<String>,
    /// The facts that are true of it.
    #[serde(default)]
    pub traits: Vec<String>,
    /// Its artifacts.
    #[serde(default)]
    pub artifacts: Vec<NewArtifact>,
}

/// A kind of change, and every reason for it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ProposalView {
    /// The change type the facts make it.
    pub change: String,
    /// Why, the weightiest first.
    pub reasons: Vec<WhyView>,
}

/// One reason for a kind of change.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WhyView {
    /// By which rule: `first_deployment`, `tier_changed`, `artifact_changed`, `artifact_new`,
    /// `third_party_base`, `minor_run` or `nothing_differs`.
    pub rule: String,
    /// The change type this alone would make it.
    pub proposes: String,
    /// In words.
    pub text: String,
    /// The name of the artifact that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<String>,
    /// The digest that runs now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The digest that is to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The releases of a run of minor changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub releases: Vec<String>,
}

impl From<&Proposal> for ProposalView {
    fn from(proposal: &Proposal) -> Self {
        let reasons = proposal.reasons.iter().map(WhyView::from).collect();
        Self { change: proposal.change.to_string(), reasons }
    }
}

impl From<&Why> for WhyView {
    fn from(why: &Why) -> Self {
        let (artifact, before, after) = match why {
            Why::ArtifactChanged { name, before, after, .. } => {
                (Some(name), Some(before), Some(after))
            }
            Why::ArtifactNew { name, after, .. } => (Some(name), None, Some(after)),
            _ => (None, None, None),
        };
        let releases = match why {
            Why::MinorRun { releases, .. } => releases.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        Self {
            rule: why.rule().to_string(),
            proposes: why.proposes().to_string(),
            text: why.to_string(),
            artifact: artifact.cloned(),
            before: before.map(ToString::to_string),
            after: after.map(ToString::to_string),
            releases,
        }
    }
}

/// Says which kind of change the facts make a release.
#[utoipa::path(post, path = "/releases/propose", request_body = Proposing, tag = "releases",
    responses((status = 200, body = ProposalView), (status = "4XX", body = Problem))
)]
pub async fn propose(
    permit: Permit<Read>,
    body: Body<Proposing>,
) -> Result<Json<ProposalView>, Problem> {
    let asked = body.value;
    let mut environments: BTreeSet<EnvironmentName> = each("environments", &asked.environments)?;
    if environments.is_empty() {
        environments.insert(parse("environments", "production")?);
    }
    let traits = each("traits", &asked.traits)?;
    let artifacts = asked.artifacts.iter().enumerate();
    let artifacts: Result<Vec<Artifact>, Failure> =
        artifacts.map(|(index, one)| one.checked(&format!("artifacts[{index}]"))).collect();
    let artifacts = artifacts?;
    let asked_for = Asked { environments: &environments, traits: &traits, artifacts: &artifacts };
    let proposal = permit.app.proposal(&parse("model", &asked.model)?, &asked_for).await?;
    Ok(Json(ProposalView::from(&proposal)))
}
