//! `GET /releases/{release}/export`: everything there is of a release, as one archive.

use crate::api::body::{Path, Query, one_of, parse};
use crate::api::controls::pack::attachment;
use crate::api::permit::{Permit, TakeAlong};
use crate::api::problem::Problem;
use crate::app::{App, Caller};
use crate::failure::Failure;
use crate::pack::release::Files;
use axum::response::Response;
use countersign_core::name::ReleaseId;
use serde::Deserialize;
use utoipa::IntoParams;

/// What comes along.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The files of evidence: `with` or `without`; with them when left out.
    files: Option<String>,
}

/// Exports a release as a ZIP archive that can be checked offline. The log says in whose name.
#[utoipa::path(get, path = "/releases/{release}/export", tag = "records",
    params(("release" = String, Path, description = "The release's identifier"), Wanted),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/zip"),
        (status = "4XX", body = Problem)
    )
)]
pub async fn take(
    permit: Permit<TakeAlong>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let id: ReleaseId = parse("release", &id)?;
    let known = [("with", Files::Included), ("without", Files::LeftOut)];
    let files = match wanted.files.as_deref() {
        Some(word) => one_of("files", word, &known)?,
        None => Files::Included,
    };
    Ok(send(&permit.app, &permit.caller, &id, files).await?)
}

/// The archive as a download, for every face.
pub async fn send(
    app: &App,
    caller: &Caller,
    id: &ReleaseId,
    files: Files,
) -> Result<Response, Failure> {
    let pack = app.release_pack(caller, id, files).await?;
    let smaller = "ask with `files=without`, and download the evidence piece by piece";
    let archive = app.archive(pack, ("files", smaller)).await?;
    Ok(attachment(&format!("{id}.zip"), archive))
}
