//! `POST /freezes` and `POST /freezes/{number}/lift`: times in which nothing new is deployed.
//! `GET /entries/freeze` lists them.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::moment;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::api::releases::withdraw::Because;
use crate::app::{AnyCommand, App, Draft};
use crate::failure::Failure;
use axum::Json;
use countersign_core::freeze::NewFreeze;
use countersign_core::register::{RegisterCommand, TimesCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A freeze to declare.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFreezeBody {
    /// What people call it: `year end`.
    pub name: String,
    /// Where.
    pub environments: Vec<String>,
    /// From when (RFC 3339), or the day with which it begins; at once when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when (RFC 3339), or its last day.
    pub until: String,
    /// Why.
    pub reason: String,
}

/// Declares a freeze: nothing new is deployed there in its time. What runs keeps running.
#[utoipa::path(post, path = "/freezes", request_body = NewFreezeBody, tag = "settings",
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn declare(
    permit: Permit<Decide>,
    care: Care,
    body: Body<NewFreezeBody>,
) -> Result<Json<ReceiptBody>, Problem> {
    let (command, draft) = checked(&permit.app, &body.value).await?;
    permit.carry_out(AnyCommand::Register(command), draft, care.of(body.request)).await
}

/// The freeze, checked; shared by every face that declares one.
pub async fn checked(app: &App, new: &NewFreezeBody) -> Result<(RegisterCommand, Draft), Failure> {
    let mut draft = Draft::default();
    let named = new.environments.iter().enumerate();
    let environments: Result<_, Failure> =
        named.map(|(index, text)| parse(&format!("environments[{index}]"), text.trim())).collect();
    let freeze = NewFreeze {
        name: new.name.clone(),
        environments: environments?,
        from: moment::optional(app, ("from", moment::Day::Begins), new.from.as_deref()).await?,
        until: moment::of_day(app, ("until", moment::Day::Ends), &new.until).await?,
        reason: draft.text("reason", &new.reason)?,
    };
    Ok((RegisterCommand::Times(TimesCommand::DeclareFreeze(freeze)), draft))
}

/// Lifts a freeze before its end.
#[utoipa::path(post, path = "/freezes/{number}/lift", request_body = Because, tag = "settings",
    params(("number" = u32, Path, description = "The freeze's number")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn lift(
    permit: Permit<Decide>,
    Path(number): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let (number, reason) = (parse("number", &number)?, draft.text("reason", &body.value.reason)?);
    let command =
        AnyCommand::Register(RegisterCommand::Times(TimesCommand::LiftFreeze { number, reason }));
    permit.carry_out(command, draft, care.of(body.request)).await
}
