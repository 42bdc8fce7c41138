//! `PUT /environments/{environment}/windows`: when something new may be deployed there.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::Json;
use countersign_core::register::{RegisterCommand, TimesCommand};
use countersign_core::window::ChangeWindow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The change windows of an environment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Windows {
    /// Days and times on the wall clock of the calendar: `mon-fri 09:00-16:00`. None at all leaves
    /// the environment open at any time.
    pub windows: Vec<String>,
}

/// Sets the change windows of an environment, in place of those it had.
#[utoipa::path(put, path = "/environments/{environment}/windows", request_body = Windows,
    tag = "settings",
    params(("environment" = String, Path, description = "The environment's name")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn set(
    permit: Permit<Decide>,
    Path(environment): Path<String>,
    care: Care,
    body: Body<Windows>,
) -> Result<Json<ReceiptBody>, Problem> {
    let environment = parse("environment", &environment)?;
    let windows = checked("windows", &body.value.windows)?;
    let command = RegisterCommand::Times(TimesCommand::SetChangeWindows { environment, windows });
    permit.to_register(command, care.of(body.request)).await
}

/// The windows, checked; shared by every face that sets them.
pub fn checked(field: &str, texts: &[String]) -> Result<Vec<ChangeWindow>, Failure> {
    let numbered = texts.iter().enumerate();
    numbered.map(|(index, text)| parse(&format!("{field}[{index}]"), text.trim())).collect()
}
