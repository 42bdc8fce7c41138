//! `GET /runbooks/{name}` and `…/export`: a runbook as data, and as either of its texts.

use crate::api::body::{Path, Query, one_of, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::app::LoadedRunbook;
use crate::failure::{Doing, Failure};
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use countersign_core::name::RunbookName;
use countersign_core::runbook::Runbook;
use countersign_formats::runbook::{to_markdown, to_text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// Which version.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The version; the latest when left out.
    version: Option<String>,
}

/// A runbook with its text.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RunbookView {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The digest of its text.
    pub sha256: String,
    /// Every published version, the oldest first.
    pub versions: Vec<String>,
    /// Its text, exactly as it was published.
    pub source: String,
    /// The runbook as data: header, purpose, prerequisites, steps.
    #[schema(value_type = Object)]
    pub runbook: Value,
}

/// Shows a runbook.
#[utoipa::path(get, path = "/runbooks/{name}", tag = "runbooks",
    params(("name" = String, Path, description = "The runbook's name"), Which),
    responses((status = 200, body = RunbookView), (status = "4XX", body = Problem))
)]
pub async fn show(
    permit: Permit<Read>,
    Path(name): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<RunbookView>, Problem> {
    let loaded = load(&permit, &name, which.version.as_deref()).await?;
    let register = permit.app.register().await?.state;
    let versions = register.runbooks.iter().map(|one| &one.runbook);
    let versions = versions.filter(|one| one.name == loaded.reference.name);
    Ok(Json(RunbookView {
        name: loaded.reference.name.to_string(),
        version: loaded.reference.version.clone(),
        title: loaded.runbook.title.clone(),
        sha256: loaded.reference.sha256.to_string(),
        versions: versions.map(|one| one.version.clone()).collect(),
        source: permit.app.document(&loaded.reference.sha256).await?,
        runbook: serde_json::to_value(&*loaded.runbook).doing("show a runbook")?,
    }))
}

/// In which form, and which version.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Form {
    /// `markdown` or `text`.
    form: String,
    /// The version; the latest when left out.
    version: Option<String>,
}

/// Exports a runbook in one of its two texts. Either reads back to the same runbook.
#[utoipa::path(get, path = "/runbooks/{name}/export", tag = "runbooks",
    params(("name" = String, Path, description = "The runbook's name"), Form),
    responses(
        (status = 200, body = String, content_type = "text/plain"),
        (status = "4XX", body = Problem)
    )
)]
pub async fn export(
    permit: Permit<Read>,
    Path(name): Path<String>,
    Query(form): Query<Form>,
) -> Result<Response, Problem> {
    type Write = fn(&Runbook) -> String;
    let forms: [(&str, (Write, &str)); 2] = [
        ("markdown", (to_markdown, "text/markdown; charset=utf-8")),
        ("text", (to_text, "text/plain; charset=utf-8")),
    ];
    let (write, kind) = one_of("form", &form.form, &forms)?;
    let loaded = load(&permit, &name, form.version.as_deref()).await?;
    Ok(([(CONTENT_TYPE, kind)], write(&loaded.runbook)).into_response())
}

async fn load(
    permit: &Permit<Read>,
    name: &str,
    version: Option<&str>,
) -> Result<LoadedRunbook, Failure> {
    let name: RunbookName = parse("name", name)?;
    let register = permit.app.register().await?.state;
    let loaded = permit.app.runbook(&register, &name, version).await?;
    loaded.ok_or_else(|| {
        let version = version.map(|version| format!(" {version}")).unwrap_or_default();
        Failure::not_found("runbook", format!("{name}{version}"))
    })
}
