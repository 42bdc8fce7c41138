//! `POST /holds` and `/holds/{number}/lift`: what nobody may purge or erase for now. The list of
//! them is `/entries/legal_hold`.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::api::releases::withdraw::Because;
use crate::app::{AnyCommand, App, Draft};
use crate::failure::Failure;
use axum::Json;
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::register::{HoldScope, RegisterCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A hold to place: on a model with all its releases, or on one release.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// The model, by its short name; may be left out where a release is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The release; all of the model when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Why.
    pub reason: String,
}

impl NewHold {
    /// The command it asks for; shared by every face.
    pub async fn checked(self, app: &App, draft: &mut Draft) -> Result<AnyCommand, Failure> {
        let scope = scope(app, self.model.as_deref(), self.release.as_deref()).await?;
        let reason = draft.text("reason", &self.reason)?;
        Ok(AnyCommand::Register(RegisterCommand::PlaceHold { scope, reason }))
    }
}

/// A hold on something that is not there would hold nothing: both are looked up.
async fn scope(
    app: &App,
    model: Option<&str>,
    release: Option<&str>,
) -> Result<HoldScope, Failure> {
    let named = model.map(|text| parse::<ModelName>("model", text)).transpose()?;
    if let Some(text) = release {
        let id: ReleaseId = parse("release", text)?;
        let state = app.release(&id).await?.state;
        let request = state.request.as_ref().ok_or_else(|| Failure::not_found("release", &id))?;
        let model = request.model.clone();
        if named.is_some_and(|named| named != model) {
            let message = format!("release {id} is one of `{model}`: leave the model out");
            return Err(Failure::malformed("model", message));
        }
        return Ok(HoldScope { model, release: Some(id) });
    }
    let message = "name a model, or a release of it";
    let model = named.ok_or_else(|| Failure::malformed("model", message))?;
    if app.model(&model).await?.state.registration.is_none() {
        return Err(Failure::not_found("model", &model));
    }
    Ok(HoldScope { model, release: None })
}

/// Places a legal hold: as long as it stands, nothing it covers is purged or erased.
#[utoipa::path(post, path = "/holds", request_body = NewHold, tag = "records",
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn place(
    permit: Permit<Decide>,
    care: Care,
    body: Body<NewHold>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(&permit.app, &mut draft).await?;
    permit.carry_out(command, draft, care.of(body.request)).await
}

/// Lifts a legal hold. Whoever lifts it neither proposes nor confirms a purge of what it covered.
#[utoipa::path(post, path = "/holds/{number}/lift", request_body = Because, tag = "records",
    params(("number" = u32, Path, description = "The hold's number")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn lift(
    permit: Permit<Decide>,
    Path(number): Path<u32>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = AnyCommand::Register(RegisterCommand::LiftHold { number, reason });
    permit.carry_out(command, draft, care.of(body.request)).await
}
