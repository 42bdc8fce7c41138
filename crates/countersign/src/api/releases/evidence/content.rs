//! `GET /releases/{release}/evidence/{evidence}/content`: the bytes, as they were attached.
//!
//! Evidence comes from anywhere and may be anything. It is always sent as a download that no
//! browser shows, guesses at or runs.

use crate::api::body::{Path, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::app::{AnyCommand, App, Caller, Submission};
use crate::failure::{Doing, Failure};
use axum::body::Body;
use axum::http::HeaderName;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use countersign_core::actor::Who;
use countersign_core::name::{EvidenceId, PersonId, ReleaseId};
use countersign_core::refusal::Refusal;
use countersign_core::release::{Command, Evidence, Purged};
use countersign_store::BlobReader;
use tokio_util::io::ReaderStream;

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;

/// Downloads a piece of evidence. It is recorded that this person opened it.
#[utoipa::path(get, path = "/releases/{release}/evidence/{evidence}/content", tag = "evidence",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("evidence" = String, Path, description = "The evidence's identifier: `e1`")
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "4XX", body = Problem)
    )
)]
pub async fn content(
    permit: Permit<Read>,
    Path((id, evidence)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id: ReleaseId = parse("release", &id)?;
    let evidence: EvidenceId = parse("evidence", &evidence)?;
    Ok(download(&permit.app, &permit.caller, &id, &evidence).await?)
}

/// The bytes of a piece of evidence, for every face. Notes that the person opened it.
pub async fn download(
    app: &App,
    caller: &Caller,
    release: &ReleaseId,
    evidence: &EvidenceId,
) -> Result<Response, Failure> {
    let state = app.release(release).await?.state;
    if state.id.is_none() {
        return Err(Failure::not_found("release", release));
    }
    let attached = state.evidence.get(evidence);
    let one = &attached.ok_or_else(|| Failure::not_found("evidence", evidence))?.evidence;
    if let Some(purged) = state.kept.purged.get(evidence) {
        return Err(gone(app, &one.name, purged).await?);
    }
    let opened = app.blobs.open_blob(&one.sha256).doing("open evidence")?;
    let blob = opened.ok_or_else(|| Failure::not_found("content of evidence", evidence))?;
    note(app, caller, release, evidence).await?;
    Ok((headers(one), chunks(blob)).into_response())
}

/// What stands in the place of purged content: when, by whom, and why.
async fn gone(app: &App, name: &str, purged: &Purged) -> Result<Failure, Failure> {
    let names = app.names().await?;
    let called =
        |person: &PersonId| names.get(person).cloned().unwrap_or_else(|| person.to_string());
    let texts = app.store.texts(&[purged.reason.digest()]).await.doing("read texts")?;
    let because = texts.into_values().next().unwrap_or_else(|| "(this text was erased)".into());
    let by = purged.by.as_ref().map(called).unwrap_or_default();
    let (at, proposed) = (purged.at, called(&purged.proposed_by));
    let message =
        format!("`{name}` was purged on {at} by {by}, as {proposed} had proposed: {because}");
    Ok(Failure::Gone { message })
}

/// A blob as a body, a chunk at a time.
fn chunks(blob: BlobReader) -> Body {
    match blob {
        BlobReader::Disk(file) => {
            let file = tokio::fs::File::from_std(file);
            Body::from_stream(ReaderStream::with_capacity(file, CHUNK))
        }
        BlobReader::Memory(content) => {
            Body::from_stream(ReaderStream::with_capacity(content, CHUNK))
        }
    }
}

async fn note(
    app: &App,
    caller: &Caller,
    release: &ReleaseId,
    evidence: &EvidenceId,
) -> Result<(), Failure> {
    if !matches!(caller.who, Who::Person(_)) {
        return Ok(());
    }
    let command = Command::OpenEvidence { evidence: evidence.clone() };
    let command = AnyCommand::Release(release.clone(), Box::new(command));
    match app.execute(caller, Submission::new(command)).await {
        // Once is enough.
        Err(Failure::Refused(why)) if matches!(*why, Refusal::NothingToDo { .. }) => Ok(()),
        noted => noted.map(|_| ()),
    }
}

fn headers(evidence: &Evidence) -> [(HeaderName, String); 6] {
    [
        (CONTENT_TYPE, "application/octet-stream".into()),
        (CONTENT_LENGTH, evidence.size.to_string()),
        (CONTENT_DISPOSITION, disposition(&evidence.name)),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".into()),
        (CACHE_CONTROL, "private, no-store".into()),
    ]
}

/// `attachment` with the name in both forms of RFC 6266: one for everybody, one with every
/// character.
fn disposition(name: &str) -> String {
    let plain = |one: char| match one {
        '"' | '\\' | '%' => '_',
        ' '..='~' => one,
        _ => '_',
    };
    let simple: String = name.chars().map(plain).collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                exact.push(char::from(byte));
            }
            _ => exact.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{simple}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("a\"; x=\"é.md"),
            "attachment; filename=\"a_; x=__.md\"; filename*=UTF-8''a%22%3B%20x%3D%22%C3%A9.md"
        );
    }
}
