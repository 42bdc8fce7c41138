//! `GET /risks/{risk}`: an entry of the risk register with its ratings so far.

use super::id;
use crate::api::body::Path;
use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::response::Response;
use countersign_core::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An entry of the risk register.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RiskView {
    /// Its name.
    pub risk: String,
    /// What people call it.
    pub title: String,
    /// What could happen, and to whom.
    pub description: String,
    /// `open` or `closed`.
    pub state: String,
    /// How likely, from 1 to 5.
    pub likelihood: u8,
    /// How bad, from 1 to 5.
    pub impact: u8,
    /// Likelihood times impact.
    pub score: u8,
    /// `low`, `medium`, `high` or `critical`.
    pub level: String,
    /// What is done about it.
    pub treatment: String,
    /// Who watches it, by id.
    pub owner: String,
    /// When it is looked at again (RFC 3339).
    pub review_by: String,
    /// Whether that moment has passed.
    pub overdue: bool,
    /// The models it is about.
    pub models: Vec<String>,
    /// Its ratings, oldest first.
    pub ratings: Vec<RatingView>,
    /// Why it was closed.
    pub closed_because: Option<String>,
    /// When (RFC 3339).
    pub closed_at: Option<String>,
}

/// A rating.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RatingView {
    /// When (RFC 3339).
    pub at: String,
    /// By whom.
    pub by: String,
    /// How likely.
    pub likelihood: u8,
    /// How bad.
    pub impact: u8,
}

/// Shows an entry of the risk register.
#[utoipa::path(get, path = "/risks/{risk}", tag = "risks",
    params(("risk" = String, Path, description = "The risk's name")),
    responses((status = 200, body = RiskView), (status = "4XX", body = Problem))
)]
pub async fn show(permit: Permit<Read>, Path(risk): Path<String>) -> Result<Response, Problem> {
    let id = id(&risk)?;
    let loaded = permit.app.risk(&id).await?;
    let risk = &*loaded.state;
    let entry = risk.entry.as_ref().ok_or_else(|| Failure::not_found("risk", &id))?;
    let reason = risk.closed.as_ref().map(|(_, _, reason)| *reason);
    let digests: Vec<_> = reason.into_iter().chain([entry.description]).map(Text::digest).collect();
    let texts = permit.app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: Text| {
        texts.get(&text.digest()).cloned().unwrap_or_else(|| "(this text was erased)".into())
    };
    let ratings = risk.ratings.iter().map(|(at, by, rating)| RatingView {
        at: at.to_string(),
        by: by.to_string(),
        likelihood: rating.likelihood(),
        impact: rating.impact(),
    });
    let view = RiskView {
        risk: entry.id.to_string(),
        title: entry.title.clone(),
        description: text(entry.description),
        state: if risk.is_open() { "open" } else { "closed" }.to_owned(),
        likelihood: entry.rating.likelihood(),
        impact: entry.rating.impact(),
        score: entry.rating.score(),
        level: entry.rating.level().word().to_owned(),
        treatment: entry.treatment.to_string(),
        owner: entry.owner.to_string(),
        review_by: entry.review_by.to_string(),
        overdue: risk.is_open() && entry.review_by < permit.app.clock.now(),
        models: entry.models.iter().map(ToString::to_string).collect(),
        ratings: ratings.collect(),
        closed_because: reason.map(text),
        closed_at: risk.closed.as_ref().map(|(at, _, _)| at.to_string()),
    };
    Ok(tagged(loaded.version, view))
}
