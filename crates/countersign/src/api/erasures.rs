//! `POST /people/{person}/erase` and `/texts/erase`: personal data goes on request, and the log
//! stays as it is.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::api::releases::withdraw::Because;
use crate::app::Draft;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Erases the name, the address and the account of a person. What they did stays, under an opaque
/// identifier.
#[utoipa::path(post, path = "/people/{person}/erase", request_body = Because, tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn person(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let id = parse("person", &id)?;
    let command = permit.app.erasing_person(id, &mut draft, &body.value.reason).await?;
    permit.carry_out(command, draft, care.of(body.request)).await
}

/// Which texts to erase: all that one event relies on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextsToErase {
    /// The history the event stands in: `release/r-…`.
    pub stream: String,
    /// Its number there, counted from 1.
    pub event: u64,
    /// Why.
    pub reason: String,
}

/// Erases the free texts of an event. Their digests stay in the log, which stays verifiable.
#[utoipa::path(post, path = "/texts/erase", request_body = TextsToErase, tag = "records",
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn texts(
    permit: Permit<Decide>,
    care: Care,
    body: Body<TextsToErase>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let erase = &body.value;
    let event = (parse("stream", &erase.stream)?, erase.event);
    let command = permit.app.erasing_texts(event, &mut draft, &erase.reason).await?;
    permit.carry_out(command, draft, care.of(body.request)).await
}
