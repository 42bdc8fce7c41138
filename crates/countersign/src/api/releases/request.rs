//! `POST /releases`: ask for a release.

use super::ReceiptBody;
use super::schedule::ScheduleBody;
use crate::api::body::{Body, parse, title};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::{App, Draft};
use crate::failure::Failure;
use axum::Json;
use countersign_core::classification::ChangeType;
use countersign_core::name::{ModelName, RunbookName};
use countersign_core::release::{Artifact, Command, Request, RunbookChoice};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A release to ask for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRelease {
    /// The model's short name.
    pub model: String,
    /// What people call the release: `summarizer v1.4`.
    pub title: String,
    /// `new_model`, `major_update`, `minor_update`, `configuration_change`,
    /// `third_party_activation` or `retirement`.
    pub change: String,
    /// What changes, and why.
    pub summary: String,
    /// Where it should run; `production` when left out.
    #[serde(default)]
    pub environments: Vec<String>,
    /// Where in the world it is used: `eu`, `us`.
    #[serde(default)]
    pub regions: Vec<String>,
    /// The facts that are true of it: `personal_data`, `user_facing`, `generative`, `uses_tools`,
    /// `third_party_base`, `contractor_made`.
    #[serde(default)]
    pub traits: Vec<String>,
    /// The runbook it follows, `NAME` or `NAME@VERSION`; the latest version when none is given.
    #[serde(default)]
    pub runbook: Option<String>,
    /// The rejected or withdrawn release it takes up again.
    #[serde(default)]
    pub resubmits: Option<String>,
    /// Not deployed before this moment (RFC 3339), or this day, however early it is approved.
    #[serde(default)]
    pub not_before: Option<String>,
    /// Not deployed from this moment on (RFC 3339), or after this day.
    #[serde(default)]
    pub not_after: Option<String>,
    /// Why the change type is a lower one than `POST /releases/propose` says.
    #[serde(default)]
    pub override_reason: Option<String>,
    /// Its artifacts; more can be added until the decision.
    #[serde(default)]
    pub artifacts: Vec<NewArtifact>,
}

/// An artifact by digest.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArtifact {
    /// What the team calls it; for weights and adapters the checkpoint's identifier.
    pub name: String,
    /// `weights`, `adapter`, `prompt`, `configuration`, `data_pipeline`, `vendor_model`, `tools`
    /// or `permissions`.
    pub kind: String,
    /// `sha256:` and 64 hexadecimal digits.
    pub digest: String,
}

impl NewArtifact {
    /// The artifact, checked.
    pub fn checked(&self, field: &str) -> Result<Artifact, Failure> {
        Ok(Artifact {
            name: title(&format!("{field}.name"), &self.name)?,
            kind: parse(&format!("{field}.kind"), &self.kind)?,
            digest: parse(&format!("{field}.digest"), &self.digest)?,
        })
    }
}

/// A release that was asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Requested {
    /// Its identifier.
    pub release: String,
    /// Where it landed.
    pub receipt: ReceiptBody,
}

/// Asks for a release.
#[utoipa::path(post, path = "/releases", request_body = NewRelease, tag = "releases", responses(
    (status = 200, body = Requested), (status = "4XX", body = Problem)
))]
pub async fn request(
    permit: Permit<Act>,
    care: Care,
    body: Body<NewRelease>,
) -> Result<Json<Requested>, Problem> {
    let mut draft = Draft::default();
    let (request, artifacts) = checked(&permit.app, &mut draft, body.value).await?;
    let id = permit.app.new_release_id()?;
    let command = Command::Request { id: id.clone(), request: Box::new(request), artifacts };
    let precautions = care.of(body.request);
    let Json(receipt) = permit.to_release(id.as_str(), command, draft, precautions).await?;
    let release = receipt.stream.trim_start_matches("release/").to_owned();
    Ok(Json(Requested { release, receipt }))
}

/// A list of words, each checked.
pub fn each<T>(field: &str, texts: &[String]) -> Result<BTreeSet<T>, Failure>
where
    T: std::str::FromStr + Ord,
    T::Err: std::fmt::Display,
{
    let numbered = texts.iter().enumerate();
    numbered.map(|(index, text)| parse(&format!("{field}[{index}]"), text.trim())).collect()
}

/// The request, checked; shared by every face that asks for a release.
pub async fn checked(
    app: &App,
    draft: &mut Draft,
    new: NewRelease,
) -> Result<(Request, Vec<Artifact>), Failure> {
    let model: ModelName = parse("model", &new.model)?;
    let change: ChangeType = parse("change", &new.change)?;
    let tier = app.model(&model).await?.state.tier();
    let tier = tier.ok_or_else(|| Failure::not_found("model", &model))?;
    let mut environments = each("environments", &new.environments)?;
    if environments.is_empty() {
        environments.insert(parse("environments", "production")?);
    }
    let artifacts = new.artifacts.iter().enumerate();
    let artifacts: Result<Vec<Artifact>, Failure> =
        artifacts.map(|(index, one)| one.checked(&format!("artifacts[{index}]"))).collect();
    let request = Request {
        model,
        title: title("title", &new.title)?,
        change,
        tier,
        summary: draft.text("summary", &new.summary)?,
        environments,
        regions: each("regions", &new.regions)?,
        traits: each("traits", &new.traits)?,
        runbook: match new.runbook.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(runbook(app, text).await?),
            None => None,
        },
        resubmits: match new.resubmits.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            Some(text) => Some(parse("resubmits", text)?),
            None => None,
        },
        schedule: ScheduleBody { not_before: new.not_before, not_after: new.not_after }
            .checked(app)
            .await?,
        override_reason: match new.override_reason.as_deref().filter(|t| !t.trim().is_empty()) {
            Some(text) => Some(draft.text("override_reason", text)?),
            None => None,
        },
    };
    Ok((request, artifacts?))
}

/// The runbook's version is fixed when the release is asked for.
async fn runbook(app: &App, text: &str) -> Result<RunbookChoice, Failure> {
    let (name, version) = match text.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (text, None),
    };
    let name: RunbookName = parse("runbook", name)?;
    let register = app.register().await?;
    let published = register.state.runbook(&name, version);
    let published = published.ok_or_else(|| Failure::not_found("runbook", text))?;
    Ok(RunbookChoice { name, version: published.runbook.version.clone() })
}
