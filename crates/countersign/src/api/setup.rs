//! `POST /setup`: uses a set-up link: the first administrator's, or one an administrator made.

use crate::api::body::Body;
use crate::api::me::LoggedIn;
use crate::api::permit::Anyone;
use crate::api::problem::Problem;
use crate::auth::setup::Account;
use axum::Json;
use serde::Deserialize;
use utoipa::ToSchema;

/// A set-up link and the account it makes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The last part of the link.
    token: String,
    /// What people call the first administrator. Who was invited has a name already.
    #[serde(default)]
    name: String,
    /// The first administrator's address. Who was invited has one already.
    #[serde(default)]
    email: String,
    /// The password, at least 12 characters.
    password: String,
}

/// Sets up an account with a link, and signs in.
#[utoipa::path(post, path = "/setup", request_body = Setup, tag = "people", security(()),
    responses((status = 200, body = LoggedIn), (status = "4XX", body = Problem))
)]
pub async fn setup(anyone: Anyone, body: Body<Setup>) -> Result<Json<LoggedIn>, Problem> {
    let Setup { token, name, email, password } = body.value;
    let account = Account { name, email, password };
    let person = anyone.app.use_setup_link(&token, account).await?;
    let token = anyone.app.personal_token(&person, "command line").await?;
    Ok(Json(LoggedIn::of(token, person.name)))
}
