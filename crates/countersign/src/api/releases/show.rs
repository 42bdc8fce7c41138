//! `GET /releases/{release}`: a release with its report, evidence and timeline.

use super::view::ReleaseView;
use crate::api::body::{Path, parse};
use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::response::Response;
use countersign_core::name::ReleaseId;

/// Shows a release. The `ETag` is its version; send it back as `If-Match` with a command that
/// should only be carried out if nothing has changed.
#[utoipa::path(get, path = "/releases/{release}", tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReleaseView), (status = "4XX", body = Problem))
)]
pub async fn show(permit: Permit<Read>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: ReleaseId = parse("release", &id)?;
    let view = permit.app.view(&id).await?;
    Ok(tagged(view.release.version, ReleaseView::from(&view)))
}
