//! `GET /controls/{control}/evidence`: the evidence of a period as one archive.

use super::maturity::Days;
use crate::api::body::{Path, Query, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::app::App;
use crate::failure::Failure;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::io::DuplexStream;
use tokio_util::io::ReaderStream;

/// Downloads the evidence of a control for these days: tables, reports, the events they rest on and
/// the proofs that those are in the log. `countersign verify` checks it.
#[utoipa::path(get, path = "/controls/{control}/evidence", tag = "controls",
    params(("control" = String, Path, description = "The control's identifier: `CHM-002`"), Days),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/zip"),
        (status = "4XX", body = Problem)
    )
)]
pub async fn evidence(
    permit: Permit<Read>,
    Path(control): Path<String>,
    Query(days): Query<Days>,
) -> Result<Response, Problem> {
    Ok(download(&permit.app, &control, (&days.from, &days.to)).await?)
}

/// The archive, for every face.
pub async fn download(
    app: &App,
    control: &str,
    (from, to): (&str, &str),
) -> Result<Response, Failure> {
    let loaded = app.control(&parse("control", control)?, None).await?;
    let period = app.period(parse("from", from)?, parse("to", to)?).await?;
    let name = format!("{}-{}-{}.zip", loaded.reference.id, period.from, period.to);
    let pack = app.control_pack(loaded, period).await?;
    let archive = app.archive(pack, ("from", "ask for a shorter period")).await?;
    Ok(attachment(&name, archive))
}

/// A pack as a download.
pub fn attachment(name: &str, archive: DuplexStream) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, Body::from_stream(ReaderStream::new(archive))).into_response()
}
