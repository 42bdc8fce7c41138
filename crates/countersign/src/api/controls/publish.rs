//! `POST /controls` and `POST /controls/check`: a control's text, published or only looked at.

use crate::api::body::Document;
use crate::api::diagnostics::Checked;
use crate::api::headers::Care;
use crate::api::permit::{Administer, Permit, Read};
use crate::api::policies::publish::Published;
use crate::api::problem::Problem;
use axum::Json;

/// Publishes a version of a control. It never changes afterwards; whatever it points to has to be
/// there.
#[utoipa::path(post, path = "/controls", tag = "controls",
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = Published), (status = "4XX", body = Problem))
)]
pub async fn publish(
    permit: Permit<Administer>,
    care: Care,
    source: Document,
) -> Result<Json<Published>, Problem> {
    let care = care.of(source.request);
    let published = permit.app.publish_control(&permit.caller, &source.text, care);
    let (control, receipt) = published.await?;
    Ok(Json(Published {
        name: control.id.to_string(),
        version: control.version,
        sha256: control.sha256.to_string(),
        receipt: receipt.into(),
    }))
}

/// Says what is wrong with a control, links that point to nothing included, without publishing it.
#[utoipa::path(post, path = "/controls/check", tag = "controls",
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = Checked), (status = "4XX", body = Problem))
)]
pub async fn check(permit: Permit<Read>, source: Document) -> Result<Json<Checked>, Problem> {
    let (_, diagnostics) = permit.app.check_control(&source.text).await?;
    Ok(Json(diagnostics.into()))
}
