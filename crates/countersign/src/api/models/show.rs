//! `GET /models/{model}`: a model with the history of its tier and what of it runs where.

use crate::api::body::{Path, parse};
use crate::api::headers::tagged;
use crate::api::models::ModelItem;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::response::Response;
use countersign_core::model::Model;
use countersign_core::name::ModelName;
use countersign_core::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A model.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ModelView {
    /// What lists show of it.
    #[serde(flatten)]
    pub model: ModelItem,
    /// What it is meant for.
    pub intended_use: String,
    /// Its tiers, the oldest first; the last one is in force.
    pub tiers: Vec<TierView>,
    /// What of it runs where.
    pub running: Vec<RunningView>,
}

/// A tier of a model.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TierView {
    /// The tier.
    pub tier: String,
    /// Since when (RFC 3339).
    pub since: String,
    /// Who set it, by identifier.
    pub by: String,
    /// Why; absent for the tier it was registered with.
    pub reason: Option<String>,
}

/// An artifact that runs.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RunningView {
    /// Where.
    pub environment: String,
    /// The artifact's kind.
    pub kind: String,
    /// The artifact's name.
    pub name: String,
    /// The artifact's digest.
    pub digest: String,
    /// The release that put it there.
    pub release: String,
}

/// Shows a model.
#[utoipa::path(get, path = "/models/{model}", tag = "models",
    params(("model" = String, Path, description = "The model's short name")),
    responses((status = 200, body = ModelView), (status = "4XX", body = Problem))
)]
pub async fn show(permit: Permit<Read>, Path(name): Path<String>) -> Result<Response, Problem> {
    let name: ModelName = parse("model", &name)?;
    let row = permit.app.store.model_row(&name).await.doing("look up a model")?;
    let row = row.ok_or_else(|| Failure::not_found("model", &name))?;
    let loaded = permit.app.model(&name).await?;
    let model = &*loaded.state;
    let intended = model.registration.as_ref().map(|registration| registration.intended_use);
    let reasons = model.tiers.iter().filter_map(|entry| entry.reason);
    let digests: Vec<_> = intended.into_iter().chain(reasons).map(Text::digest).collect();
    let texts = permit.app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: Text| {
        texts.get(&text.digest()).cloned().unwrap_or_else(|| "(this text was erased)".into())
    };
    let tiers = model.tiers.iter().map(|entry| TierView {
        tier: entry.tier.to_string(),
        since: entry.since.to_string(),
        by: entry.by.to_string(),
        reason: entry.reason.map(text),
    });
    let view = ModelView {
        model: row.into(),
        intended_use: intended.map(text).unwrap_or_default(),
        tiers: tiers.collect(),
        running: running(model),
    };
    Ok(tagged(loaded.version, view))
}

fn running(model: &Model) -> Vec<RunningView> {
    let slots = model.running.iter().flat_map(|(environment, slots)| {
        slots.iter().map(move |(slot, running)| (environment, slot, running))
    });
    let view = |(environment, (kind, name), running): (_, &(_, String), _)| {
        let running: &countersign_core::model::Running = running;
        let environment: &countersign_core::name::EnvironmentName = environment;
        let kind: &countersign_core::classification::ArtifactKind = kind;
        RunningView {
            environment: environment.to_string(),
            kind: kind.to_string(),
            name: name.clone(),
            digest: running.digest.to_string(),
            release: running.release.to_string(),
        }
    };
    slots.map(view).collect()
}
