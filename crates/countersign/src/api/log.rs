//! `GET /log/checkpoint`, `GET /log/key` and `GET /log/events`: the log, as others can verify it.

use crate::api::body::Query;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::app::decode;
use crate::boot;
use crate::failure::{Doing, Failure};
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_store::StoredEvent;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The signed head of the log: a checkpoint as a signed note.
#[utoipa::path(get, path = "/log/checkpoint", tag = "log", responses(
    (status = 200, body = String, content_type = "text/plain"), (status = "4XX", body = Problem)
))]
pub async fn checkpoint(permit: Permit<Read>) -> Result<Response, Problem> {
    let head = permit.app.store.head().await.doing("read the head of the log")?;
    let text = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((text, head.checkpoint.to_string()).into_response())
}

/// The public key that signs the log and the manifests of packs: one line, as a signed note names
/// its keys.
#[utoipa::path(get, path = "/log/key", tag = "log", responses(
    (status = 200, body = String, content_type = "text/plain"), (status = "4XX", body = Problem)
))]
pub async fn key(permit: Permit<Read>) -> Result<Response, Problem> {
    let key = boot::existing_key(&permit.app.config.data)?;
    let text = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((text, format!("{}\n", key.verifying_key())).into_response())
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The first position; 0 when left out.
    #[serde(default)]
    from: u64,
    /// How many, 1 to 500; 100 when left out.
    limit: Option<u32>,
}

/// A part of the log.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LogPage {
    /// The events, in the order of the log.
    pub items: Vec<LogEvent>,
    /// The position after the last of them; absent at the end of the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// An event of the log.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LogEvent {
    /// Its position, which is its index in the Merkle tree.
    pub position: u64,
    /// The history it belongs to: `release/r-…`.
    pub stream: String,
    /// Its number in that history, counted from 1.
    pub version: u64,
    /// When (RFC 3339).
    pub at: String,
    /// Who, by opaque identifier.
    pub by: String,
    /// The event's word: `approval_given`.
    pub event: String,
    /// Exactly the bytes that were hashed into the tree, in base64.
    pub bytes: String,
}

impl LogEvent {
    fn of(stored: &StoredEvent) -> Result<Self, Failure> {
        let envelope = decode(stored)?;
        Ok(Self {
            position: stored.position,
            stream: stored.stream.to_string(),
            version: stored.version,
            at: envelope.at.to_string(),
            by: envelope.by.to_string(),
            event: envelope.event.word().to_owned(),
            bytes: STANDARD.encode(&stored.bytes),
        })
    }
}

/// Lists the events of the log from a position on.
#[utoipa::path(get, path = "/log/events", params(Wanted), tag = "log", responses(
    (status = 200, body = LogPage), (status = "4XX", body = Problem)
))]
pub async fn events(
    permit: Permit<Read>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<LogPage>, Problem> {
    let limit = wanted.limit.unwrap_or(100).clamp(1, 500);
    let head = permit.app.store.head().await.doing("read the head of the log")?;
    let stored = permit.app.store.since(wanted.from, limit).await.doing("read the log")?;
    let items: Vec<LogEvent> = stored.iter().map(LogEvent::of).collect::<Result<_, _>>()?;
    let after = items.last().map(|last| last.position + 1);
    let next = after.filter(|after| *after < head.tree.size);
    Ok(Json(LogPage { items, next }))
}
