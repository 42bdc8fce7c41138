//! `GET` and `POST /environments`: where models run.

pub mod windows;

use crate::api::body::{Body, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::{Care, tagged};
use crate::api::permit::{Administer, Permit, Read};
use crate::api::problem::Problem;
use axum::Json;
use axum::response::Response;
use countersign_core::freeze::Freeze;
use countersign_core::name::EnvironmentName;
use countersign_core::register::{Register, RegisterCommand};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Every environment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Environments {
    /// The environments.
    pub items: Vec<EnvironmentItem>,
}

/// An environment, and when something new may be deployed to it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EnvironmentItem {
    /// Its name: `production`.
    pub name: String,
    /// Its change windows; absent when it is open at any time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<String>,
    /// The freezes that hold there now or later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freezes: Vec<FreezeItem>,
}

/// A freeze that holds now or later.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FreezeItem {
    /// Its number.
    pub number: u32,
    /// What people call it.
    pub name: String,
    /// From when (RFC 3339).
    pub from: String,
    /// The first moment at which it no longer holds (RFC 3339).
    pub until: String,
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
    let items = shown(&register.state, permit.app.clock.now());
    Ok(tagged(register.version, Environments { items }))
}

/// Every environment with its times.
pub fn shown(register: &Register, now: Timestamp) -> Vec<EnvironmentItem> {
    let of = |name: &EnvironmentName| {
        let windows = register.times.windows.get(name).into_iter().flatten();
        let freezes = register.times.freezes.iter();
        let here = |(_, one): &(&u32, &Freeze)| {
            one.environments.contains(name) && one.lifted_at.is_none() && one.until > now
        };
        let item = |(number, one): (&u32, &Freeze)| FreezeItem {
            number: *number,
            name: one.name.clone(),
            from: one.from.to_string(),
            until: one.until.to_string(),
        };
        EnvironmentItem {
            name: name.to_string(),
            windows: windows.map(ToString::to_string).collect(),
            freezes: freezes.filter(here).map(item).collect(),
        }
    };
    register.environments.iter().map(of).collect()
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
