//! `/models`: systems under governance.

pub mod change;
pub mod show;

use crate::api::body::{Body, Query, parse, title};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit, Read};
use crate::api::problem::Problem;
use crate::api::releases::ReceiptBody;
use crate::app::{AnyCommand, Draft};
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::model::{ModelCommand, Registration};
use countersign_core::name::ModelName;
use countersign_core::rows::ModelRow;
use countersign_store::ModelQuery;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A model to bring under governance.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewModel {
    /// Its short name: `support-summarizer`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its owner, by id; the caller when left out.
    #[serde(default)]
    pub owner: Option<String>,
    /// `low`, `medium`, `high` or `critical`.
    pub tier: String,
    /// What it is meant for.
    pub intended_use: String,
}

/// A model.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ModelItem {
    /// Its short name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its owner, by id.
    pub owner: String,
    /// Its tier.
    pub tier: String,
    /// When it was registered (RFC 3339).
    pub registered_at: String,
}

impl From<ModelRow> for ModelItem {
    fn from(row: ModelRow) -> Self {
        Self {
            name: row.model.to_string(),
            title: row.title,
            owner: row.owner.to_string(),
            tier: row.tier.to_string(),
            registered_at: row.registered_at.to_string(),
        }
    }
}

/// A page of models.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ModelPage {
    /// The models.
    pub items: Vec<ModelItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which models.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// Brings a model under governance.
#[utoipa::path(post, path = "/models", request_body = NewModel, tag = "models", responses(
    (status = 200, body = ReceiptBody), (status = "4XX", body = Problem)
))]
pub async fn register(
    permit: Permit<Act>,
    care: Care,
    body: Body<NewModel>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let new = body.value;
    let owner = match &new.owner {
        Some(owner) => parse("owner", owner)?,
        None => permit.person()?.clone(),
    };
    if permit.app.store.person(&owner).await.doing("look up a person")?.is_none() {
        return Err(Failure::not_found("person", &owner).into());
    }
    let name: ModelName = parse("name", &new.name)?;
    let registration = Registration {
        name: name.clone(),
        title: title("title", &new.title)?,
        owner,
        tier: parse("tier", &new.tier)?,
        intended_use: draft.text("intended_use", &new.intended_use)?,
    };
    let command = AnyCommand::Model(name, ModelCommand::Register(registration));
    permit.carry_out(command, draft, care.of(body.request)).await
}

/// Lists models.
#[utoipa::path(get, path = "/models", params(Wanted), tag = "models", responses(
    (status = 200, body = ModelPage), (status = "4XX", body = Problem)
))]
pub async fn list(
    permit: Permit<Read>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<ModelPage>, Problem> {
    let query = ModelQuery {
        after: wanted.after.as_deref().map(|text| parse("after", text)).transpose()?,
        limit: wanted.limit.unwrap_or(50).clamp(1, 200),
        ..ModelQuery::default()
    };
    let page = permit.app.store.models(&query).await.doing("list models")?;
    Ok(Json(ModelPage {
        items: page.items.into_iter().map(ModelItem::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}
