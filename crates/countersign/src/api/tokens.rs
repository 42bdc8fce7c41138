//! `/tokens`: with what programs call. A machine's token attaches evidence and asks for verdicts;
//! none lets a machine approve.

use crate::api::body::{Body, Path, Query, one_of, title};
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::once::Repeatable;
use crate::api::permit::{Act, Administer, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use crate::app::App;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::actor::Scope;
use countersign_store::ApiToken;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The cursor of the page before.
    after: Option<String>,
    /// How many are looked at, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of tokens.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TokenPage {
    /// The tokens.
    pub items: Vec<TokenItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A token, without its text.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TokenItem {
    /// Its identifier.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// Whom it acts as, by identifier.
    pub holder: String,
    /// What it may do; `person` for everything its holder may.
    pub scopes: Vec<String>,
    /// Who made it, by identifier.
    pub created_by: String,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// Until when it works (RFC 3339); absent for no end.
    pub expires_at: Option<String>,
    /// When it was last used, as far as it was noted (RFC 3339).
    pub last_used_at: Option<String>,
    /// Since when it no longer works (RFC 3339).
    pub revoked_at: Option<String>,
}

impl Repeatable for TokenItem {}

impl From<ApiToken> for TokenItem {
    fn from(token: ApiToken) -> Self {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        Self {
            id: token.id,
            name: token.name,
            holder: token.holder.to_string(),
            scopes: token.scopes,
            created_by: token.created_by.to_string(),
            created_at: token.created_at.to_string(),
            expires_at: text(token.expires_at),
            last_used_at: text(token.last_used_at),
            revoked_at: text(token.revoked_at),
        }
    }
}

/// Lists tokens: all of them for an administrator, for everybody else their own.
#[utoipa::path(get, path = "/tokens", params(Wanted), tag = "people", responses(
    (status = 200, body = TokenPage), (status = "4XX", body = Problem)
))]
pub async fn list(
    permit: Permit<Act>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<TokenPage>, Problem> {
    let limit = wanted.limit.unwrap_or(50).clamp(1, 200);
    let page = permit.app.store.api_tokens(wanted.after.as_deref(), limit).await;
    let page = page.doing("list tokens")?;
    let (person, every) = (permit.person()?, permit.sees_everything().await?);
    let shown = page.items.into_iter().filter(|token| every || &token.holder == person);
    Ok(Json(TokenPage { items: shown.map(TokenItem::from).collect(), next: page.next }))
}

/// A token to make for a machine.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMachineToken {
    /// What it is for: `ci`.
    pub name: String,
    /// What it may do: `read`, `verdict`, `evidence`, `deployment`, `export`.
    pub scopes: Vec<String>,
    /// Until when it works (RFC 3339); without an end when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// A new token.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewTokenBody {
    /// Its identifier, for lists and for revoking.
    pub id: String,
    /// The token. It is shown once and kept nowhere; absent when the request is repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Until when it works (RFC 3339); absent for no end.
    pub expires_at: Option<String>,
}

impl Repeatable for NewTokenBody {
    fn without_secrets(self) -> Self {
        Self { token: None, ..self }
    }
}

/// Makes a token for a machine.
#[utoipa::path(post, path = "/tokens", request_body = NewMachineToken, tag = "people", responses(
    (status = 200, body = NewTokenBody), (status = "4XX", body = Problem)
))]
pub async fn create(
    permit: Permit<Administer>,
    care: Care,
    body: Body<NewMachineToken>,
) -> Result<Json<NewTokenBody>, Problem> {
    let new = body.value;
    let work = async {
        let name = title("name", &new.name)?;
        let (scopes, end) = (scopes(&new.scopes)?, end(&permit.app, &new).await?);
        let made = permit.app.machine_token(&name, &scopes, permit.person()?, end).await?;
        Ok(NewTokenBody {
            id: made.id,
            token: Some(made.token),
            expires_at: made.expires_at.map(|at| at.to_string()),
        })
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}

fn scopes(words: &[String]) -> Result<BTreeSet<Scope>, Failure> {
    let known = Scope::ALL.map(|scope| (scope.word(), scope));
    let numbered = words.iter().enumerate();
    let scopes: BTreeSet<Scope> = numbered
        .map(|(index, word)| one_of(&format!("scopes[{index}]"), word, &known))
        .collect::<Result<_, _>>()?;
    if scopes.is_empty() {
        let message =
            "say what the token may do: `read`, `verdict`, `evidence`, `deployment`, `export`";
        return Err(Failure::malformed("scopes", message));
    }
    Ok(scopes)
}

async fn end(app: &App, new: &NewMachineToken) -> Result<Option<Timestamp>, Failure> {
    let meant = ("expires_at", Day::Ends);
    let end = moment::optional(app, meant, new.expires_at.as_deref()).await?;
    if end.is_some_and(|end| end <= app.clock.now()) {
        return Err(Failure::malformed("expires_at", "lies in the past: name a later moment"));
    }
    Ok(end)
}

/// Revokes a token, from the next request on: one's own, or any as an administrator.
#[utoipa::path(delete, path = "/tokens/{token}", tag = "people",
    params(("token" = String, Path, description = "The token's identifier: `t-…`")),
    responses((status = 200, body = TokenItem), (status = "4XX", body = Problem))
)]
pub async fn revoke(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<TokenItem>, Problem> {
    let precautions = care.of_unversioned(body.request)?;
    let store = &permit.app.store;
    let work = async {
        let known = find(&permit, &id).await?;
        let mine = permit.caller.id() == Some(&known.holder);
        if !(mine || permit.is_administrator().await?) {
            return Err(Failure::not_found("token", &id));
        }
        let now = permit.app.clock.now();
        store.revoke_api_token(&id, now).await.doing("revoke a token")?;
        Ok(TokenItem::from(ApiToken { revoked_at: known.revoked_at.or(Some(now)), ..known }))
    };
    permit.once(precautions, work).await
}

async fn find<P>(permit: &Permit<P>, id: &str) -> Result<ApiToken, Failure> {
    let mut after: Option<String> = None;
    loop {
        let page = permit.app.store.api_tokens(after.as_deref(), 500).await;
        let page = page.doing("look up a token")?;
        if let Some(found) = page.items.into_iter().find(|token| token.id == id) {
            return Ok(found);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Err(Failure::not_found("token", id)),
        }
    }
}
