//! `POST /login` and `GET /me`: a token for a person, and who one is.

use crate::api::body::Body;
use crate::api::permit::{Anyone, Permit, Read};
use crate::api::problem::Problem;
use crate::auth::token::NewToken;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An address and a password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The address.
    email: String,
    /// The password.
    password: String,
    /// What the token is for, shown in lists: `laptop`.
    #[serde(default)]
    name: Option<String>,
}

/// A token of a person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LoggedIn {
    /// The token; it is shown once and kept nowhere.
    pub token: String,
    /// Its identifier, for lists and for revoking.
    pub id: String,
    /// Until when it works (RFC 3339).
    pub expires_at: Option<String>,
    /// The person's name.
    pub name: String,
}

impl LoggedIn {
    /// What a person gets who signed in.
    pub fn of(token: NewToken, name: String) -> Self {
        let expires_at = token.expires_at.map(|at| at.to_string());
        Self { token: token.token, id: token.id, expires_at, name }
    }
}

/// Gets a token with which a person acts as himself.
#[utoipa::path(post, path = "/login", request_body = Login, tag = "people", security(()),
    responses((status = 200, body = LoggedIn), (status = "4XX", body = Problem))
)]
pub async fn login(anyone: Anyone, body: Body<Login>) -> Result<Json<LoggedIn>, Problem> {
    let login = body.value;
    let person = anyone.app.check_password(&login.email, &login.password).await?;
    let name = login.name.unwrap_or_else(|| "command line".into());
    let token = anyone.app.personal_token(&person, &name).await?;
    Ok(Json(LoggedIn::of(token, person.name)))
}

/// Who the caller is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// The identifier.
    pub id: String,
    /// The name.
    pub name: String,
    /// The roles held now.
    pub roles: Vec<String>,
    /// The roles held for others who are away.
    pub acts_as: Vec<String>,
    /// The scopes of a machine's token.
    pub scopes: Vec<String>,
}

/// Says who the caller is.
#[utoipa::path(get, path = "/me", tag = "people", responses(
    (status = 200, body = Me), (status = "4XX", body = Problem)
))]
pub async fn me(permit: Permit<Read>) -> Result<Json<Me>, Problem> {
    let register = permit.app.register().await?;
    let actor = permit.caller.actor(&register.state, permit.app.clock.now());
    Ok(Json(Me {
        id: permit.caller.id().map(ToString::to_string).unwrap_or_default(),
        name: permit.caller.name.clone(),
        roles: actor.roles.iter().map(ToString::to_string).collect(),
        acts_as: actor.lent.keys().map(ToString::to_string).collect(),
        scopes: actor.scopes.iter().map(|scope| scope.word().to_owned()).collect(),
    }))
}
