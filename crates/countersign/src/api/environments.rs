//! `GET` and `POST /environments`: where models run.

use crate::api::body::{Body, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::{Care, tagged};
use crate::api::permit::{Administer, Permit, Read};
use crate::api::problem::Problem;
use axum::Json;
use axum::response::Response;
use countersign_core::register::RegisterCommand;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Every environment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Environments {
    /// The environments.
    pub items: Vec<Environment>,
}

/// An environment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Its name: `production`.
    pub name: String,
}

/// Lists the environments.
#[utoipa::path(get, path = "/environments", tag = "settings", responses(
    (status = 200, body = Environments), (status = "4XX", body = Problem)
))]
pub async fn list(permit: Permit<Read>) -> Result<Response, Problem> {
    let register = permit.app.register().await?;
    let names = register.state.environments.iter();
    let items = names.map(|name| Environment { name: name.to_string() }).collect();
    Ok(tagged(register.version, Environments { items }))
}

/// Defines an environment.
#[utoipa::path(post, path = "/environments", request_body = Environment, tag = "settings",
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn define(
    permit: Permit<Administer>,
    care: Care,
    body: Body<Environment>,
) -> Result<Json<ReceiptBody>, Problem> {
    let name = parse("name", &body.value.name)?;
    let command = RegisterCommand::DefineEnvironment { name };
    permit.to_register(command, care.of(body.request)).await
}
