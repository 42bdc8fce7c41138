//! `GET /releases`: releases, the newest request first.

use crate::api::body::{Query, parse};
use crate::api::cursor;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::release::State;
use countersign_core::rows::ReleaseRow;
use countersign_store::{ReleaseCursor, ReleaseQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which releases.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Of this model only.
    model: Option<String>,
    /// In this state only: `in_review`.
    state: Option<String>,
    /// Whose title or identifier holds this text.
    text: Option<String>,
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of releases.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReleasePage {
    /// The releases.
    pub items: Vec<ReleaseItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A release in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReleaseItem {
    /// Its identifier.
    pub release: String,
    /// Its model.
    pub model: String,
    /// What people call it.
    pub title: String,
    /// The word of its state.
    pub state: String,
    /// Its change type.
    pub change: String,
    /// Its risk tier.
    pub tier: String,
    /// Who requested it, by id.
    pub requested_by: String,
    /// When it was requested (RFC 3339).
    pub requested_at: String,
    /// When something last happened to it (RFC 3339).
    pub updated_at: String,
}

impl From<ReleaseRow> for ReleaseItem {
    fn from(row: ReleaseRow) -> Self {
        Self {
            release: row.release.to_string(),
            model: row.model.to_string(),
            title: row.title,
            state: row.state,
            change: row.change.to_string(),
            tier: row.tier.to_string(),
            requested_by: row.requested_by.to_string(),
            requested_at: row.requested_at.to_string(),
            updated_at: row.updated_at.to_string(),
        }
    }
}

/// Lists releases.
#[utoipa::path(get, path = "/releases", params(Wanted), tag = "releases", responses(
    (status = 200, body = ReleasePage), (status = "4XX", body = Problem)
))]
pub async fn list(
    permit: Permit<Read>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<ReleasePage>, Problem> {
    let query = ReleaseQuery {
        model: wanted.model.as_deref().map(|text| parse("model", text)).transpose()?,
        state: wanted.state.map(state).transpose()?,
        text: wanted.text,
        after: wanted.after.as_deref().map(read_cursor).transpose()?,
        limit: wanted.limit.unwrap_or(50).clamp(1, 200),
    };
    let page = permit.app.store.releases(&query).await.doing("list releases")?;
    Ok(Json(ReleasePage {
        items: page.items.into_iter().map(ReleaseItem::from).collect(),
        next: page.next.as_ref().map(write_cursor),
    }))
}

/// The word of a state. An unknown one would list nothing and look like an answer.
fn state(word: String) -> Result<String, Failure> {
    if State::WORDS.contains(&word.as_str()) {
        return Ok(word);
    }
    let known = State::WORDS.join(", ");
    Err(Failure::malformed("state", format!("`{word}` is no state of a release: use {known}")))
}

/// A cursor as text: opaque to the caller, checked when it comes back.
pub fn write_cursor(cursor: &ReleaseCursor) -> String {
    cursor::write(&[&cursor.requested_at.to_string(), cursor.release.as_str()])
}

/// A cursor that came back.
pub fn read_cursor(text: &str) -> Result<ReleaseCursor, Failure> {
    let [at, release] = cursor::read(text)?;
    Ok(ReleaseCursor { requested_at: cursor::part(&at)?, release: cursor::part(&release)? })
}
