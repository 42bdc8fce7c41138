//! `POST /runbooks` and `POST /runbooks/check`: a runbook's text, published or only looked at.

use crate::api::body::{Document, Query, parse};
use crate::api::diagnostics::Checked;
use crate::api::headers::Care;
use crate::api::permit::{Administer, Permit, Read};
use crate::api::policies::publish::Published;
use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::Json;
use countersign_core::name::RunbookName;
use countersign_formats::runbook::{Options, check_titles, parse_with};
use serde::Deserialize;
use utoipa::IntoParams;

/// What the sender knows better than the text.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Known {
    /// The runbook's name, for a text that does not show it.
    id: Option<String>,
}

impl Known {
    fn name(&self) -> Result<Option<RunbookName>, Failure> {
        self.id.as_deref().map(|id| parse("id", id)).transpose()
    }
}

/// Publishes a version of a runbook. It never changes afterwards.
#[utoipa::path(post, path = "/runbooks", tag = "runbooks", params(Known),
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = Published), (status = "4XX", body = Problem))
)]
pub async fn publish(
    permit: Permit<Administer>,
    Query(known): Query<Known>,
    care: Care,
    source: Document,
) -> Result<Json<Published>, Problem> {
    let (name, care) = (known.name()?, care.of(source.request));
    let published = permit.app.publish_runbook_once(&permit.caller, &source.text, name, care);
    let (runbook, receipt) = published.await?;
    Ok(Json(Published {
        name: runbook.name.to_string(),
        version: runbook.version,
        sha256: runbook.sha256.to_string(),
        receipt: receipt.into(),
    }))
}

/// Says what is wrong with a runbook, its owner titles included, without publishing it.
#[utoipa::path(post, path = "/runbooks/check", tag = "runbooks", params(Known),
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = Checked), (status = "4XX", body = Problem))
)]
pub async fn check(
    permit: Permit<Read>,
    Query(known): Query<Known>,
    source: Document,
) -> Result<Json<Checked>, Problem> {
    let parsed = parse_with(&source.text, &Options { id: known.name()? });
    let mut diagnostics = parsed.diagnostics;
    let register = permit.app.register().await?.state;
    let policy = permit.app.policy_in_force(&register).await?;
    if let (Some(runbook), Some(loaded)) = (&parsed.runbook, &policy) {
        diagnostics.extend(check_titles(runbook, &loaded.policy, &source.text));
    }
    Ok(Json(diagnostics.into()))
}
