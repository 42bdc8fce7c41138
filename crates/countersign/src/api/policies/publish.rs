//! `POST /policies` and `POST /policies/check`: a policy's text, published or only looked at.

use crate::api::body::Document;
use crate::api::command::ReceiptBody;
use crate::api::diagnostics::Checked;
use crate::api::headers::Care;
use crate::api::permit::{Administer, Permit, Read};
use crate::api::problem::Problem;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A document that was published.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Published {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The digest of its text.
    pub sha256: String,
    /// Where it landed.
    pub receipt: ReceiptBody,
}

/// Publishes a policy. It never changes afterwards and is in force from the day it names.
#[utoipa::path(post, path = "/policies", tag = "policies",
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = Published), (status = "4XX", body = Problem))
)]
pub async fn publish(
    permit: Permit<Administer>,
    care: Care,
    source: Document,
) -> Result<Json<Published>, Problem> {
    let care = care.of(source.request);
    let published = permit.app.publish_policy_once(&permit.caller, &source.text, care);
    let (policy, receipt) = published.await?;
    Ok(Json(Published {
        name: policy.name.to_string(),
        version: policy.version,
        sha256: policy.sha256.to_string(),
        receipt: receipt.into(),
    }))
}

/// Says what is wrong with a policy, without publishing it.
#[utoipa::path(post, path = "/policies/check", tag = "policies",
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = Checked), (status = "4XX", body = Problem))
)]
pub async fn check(_permit: Permit<Read>, source: Document) -> Json<Checked> {
    Json(countersign_formats::policy::parse(&source.text).diagnostics.into())
}
