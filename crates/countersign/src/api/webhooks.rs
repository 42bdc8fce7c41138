//! `/webhooks`: where webhook steps deliver, and how. Secrets go in and never come out, except the
//! one that Countersign draws itself, once.

use crate::api::body::{Body, Path, Query};
use crate::api::headers::Care;
use crate::api::once::Repeatable;
use crate::api::permit::{Administer, Inspect, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use crate::failure::{Doing, Failure};
use crate::jobs::webhook::{check_endpoint, new_secret};
use axum::Json;
use countersign_core::name::RunbookName;
use countersign_store::WebhookEndpoint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of webhooks.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WebhookPage {
    /// The webhooks.
    pub items: Vec<WebhookItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A webhook, without its secrets.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WebhookItem {
    /// The name runbooks use.
    pub name: String,
    /// Where to send.
    pub url: String,
    /// The names of the headers added; their values may be secret.
    pub headers: Vec<String>,
    /// The body's template; absent for the standard body.
    pub body_template: Option<String>,
    /// What an answer must fulfil; absent for any 2xx status.
    pub success_condition: Option<String>,
    /// Whether deliveries are signed; they always are.
    pub signed: bool,
    /// Whether the URL may lead to a private address.
    pub allow_private: bool,
    /// What it is told of beside the steps that name it.
    #[serde(default)]
    pub events: Vec<String>,
    /// When it was last changed (RFC 3339).
    pub updated_at: String,
    /// Who changed it, by identifier.
    pub updated_by: String,
    /// The secret that Countersign drew. It is shown once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

impl Repeatable for WebhookItem {
    fn without_secrets(self) -> Self {
        Self { secret: None, ..self }
    }
}

impl From<WebhookEndpoint> for WebhookItem {
    fn from(endpoint: WebhookEndpoint) -> Self {
        Self {
            name: endpoint.name,
            url: endpoint.url,
            headers: endpoint.headers.into_iter().map(|(name, _)| name).collect(),
            body_template: endpoint.body_template,
            success_condition: endpoint.success_condition,
            signed: !endpoint.secret.is_empty(),
            allow_private: endpoint.allow_private,
            events: endpoint.events,
            updated_at: endpoint.updated_at.to_string(),
            updated_by: endpoint.updated_by.to_string(),
            secret: None,
        }
    }
}

/// Lists webhooks.
#[utoipa::path(get, path = "/webhooks", params(Wanted), tag = "settings", responses(
    (status = 200, body = WebhookPage), (status = "4XX", body = Problem)
))]
pub async fn list(
    permit: Permit<Inspect>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<WebhookPage>, Problem> {
    let limit = wanted.limit.unwrap_or(50).clamp(1, 200);
    let page = permit.app.store.endpoints(wanted.after.as_deref(), limit).await;
    let page = page.doing("list webhooks")?;
    let items = page.items.into_iter().map(WebhookItem::from).collect();
    Ok(Json(WebhookPage { items, next: page.next }))
}

/// Where to deliver, and how.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where to send: `https://hooks.example.org/releases`.
    pub url: String,
    /// Headers to add.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body's template; the standard body when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_template: Option<String>,
    /// What an answer must fulfil: `status is 200..299 and body contains "ok"`; any 2xx status
    /// when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_condition: Option<String>,
    /// The secret that signs deliveries: `whsec_` and base64. When left out, the one there is
    /// stays, or one is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Whether the URL may lead to a private address.
    #[serde(default)]
    pub allow_private: bool,
    /// What it is told of beside the steps that name it: `notice.sent` for every reminder,
    /// escalation and assignment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
}

/// Adds or replaces a webhook.
#[utoipa::path(put, path = "/webhooks/{name}", request_body = NewWebhook, tag = "settings",
    params(("name" = String, Path, description = "The name runbooks use")),
    responses((status = 200, body = WebhookItem), (status = "4XX", body = Problem))
)]
pub async fn put(
    permit: Permit<Administer>,
    Path(name): Path<String>,
    care: Care,
    body: Body<NewWebhook>,
) -> Result<Json<WebhookItem>, Problem> {
    let new = body.value;
    let work = async {
        let store = &permit.app.store;
        // Runbooks name endpoints by words of the same shape.
        RunbookName::new(name.clone()).map_err(|error| {
            Failure::malformed(
                "name",
                format!("`{name}` is not a valid webhook name: {}", error.shape),
            )
        })?;
        let known = store.endpoint(&name).await.doing("look up a webhook")?;
        let (secret, drawn) = match (new.secret, known) {
            (Some(secret), _) => (secret, None),
            (None, Some(known)) => (known.secret, None),
            (None, None) => {
                let secret = new_secret();
                (secret.clone(), Some(secret))
            }
        };
        let endpoint = WebhookEndpoint {
            name,
            url: new.url,
            headers: new.headers.into_iter().collect(),
            body_template: new.body_template,
            success_condition: new.success_condition,
            secret,
            allow_private: new.allow_private,
            events: new.events,
            updated_at: permit.app.clock.now(),
            updated_by: permit.person()?.clone(),
        };
        check_endpoint(&endpoint)?;
        store.put_endpoint(&endpoint).await.doing("keep a webhook")?;
        Ok(WebhookItem { secret: drawn, ..endpoint.into() })
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}

/// A webhook that is gone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Removed {
    /// Its name.
    pub name: String,
}

impl Repeatable for Removed {}

/// Removes a webhook. What waits for it stays due until it is there again.
#[utoipa::path(delete, path = "/webhooks/{name}", tag = "settings",
    params(("name" = String, Path, description = "The name runbooks use")),
    responses((status = 200, body = Removed), (status = "4XX", body = Problem))
)]
pub async fn remove(
    permit: Permit<Administer>,
    Path(name): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<Removed>, Problem> {
    let work = async {
        let removed = permit.app.store.remove_endpoint(&name).await.doing("remove a webhook")?;
        if removed { Ok(Removed { name }) } else { Err(Failure::not_found("webhook", &name)) }
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}
