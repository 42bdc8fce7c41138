//! `POST /releases/{release}/evidence`: a file, streamed as the body of the request.

use crate::api::body::{Path, Query, parse, request_digest};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{AttachEvidence, Permit};
use crate::api::problem::Problem;
use crate::api::releases::view::CriterionView;
use crate::app::{App, Attachment, NewEvidence, Received, Redacted, file_name};
use crate::failure::Failure;
use axum::Json;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::http::request::Parts;
use countersign_core::digest::Sha256;
use countersign_core::release::Target;
use serde::{Deserialize, Serialize};
use std::future::poll_fn;
use std::pin::Pin;
use utoipa::{IntoParams, ToSchema};

/// What the file is evidence for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct About {
    /// The file's name.
    name: String,
    /// The checklist item it belongs to.
    item: Option<String>,
    /// The step it belongs to.
    step: Option<String>,
    /// The condition of the approval it shows to be met, by number; one of item, step, condition.
    condition: Option<u32>,
    /// The parts of a packet it covers, with commas between them: `safety,quality`.
    parts: Option<String>,
    /// `true` when customer examples in it are redacted.
    #[serde(default)]
    redacted: bool,
    /// The evidence it replaces: `e1`.
    replaces: Option<String>,
}

/// Evidence that was attached.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AttachedBody {
    /// Its identifier on this release: `e1`.
    pub evidence: String,
    /// The digest of its bytes.
    pub sha256: String,
    /// Their number.
    pub size: u64,
    /// The format a reader recognised.
    pub format: Option<String>,
    /// How many measurements, findings and checks were read.
    pub read: u64,
    /// What a person should see.
    pub warnings: Vec<String>,
    /// The criteria that were judged on it, as they stand now.
    #[serde(default)]
    pub criteria: Vec<CriterionView>,
    /// Where it landed.
    pub receipt: ReceiptBody,
}

impl AttachedBody {
    fn new(attached: Attachment, criteria: Vec<CriterionView>) -> Self {
        Self {
            criteria,
            evidence: attached.evidence.to_string(),
            sha256: attached.sha256.to_string(),
            size: attached.size,
            format: attached.format,
            read: attached.read as u64,
            warnings: attached.warnings,
            receipt: attached.receipt.into(),
        }
    }
}

impl About {
    /// What the file is evidence for, checked.
    fn checked(self, release: &str) -> Result<NewEvidence, Failure> {
        let target = match (&self.item, &self.step, self.condition) {
            (Some(item), None, None) => Target::Item(parse("item", item)?),
            (None, Some(step), None) => Target::Step(parse("step", step)?),
            (None, None, Some(number)) => Target::Condition(number),
            _ => {
                let message = "say one of `item=NAME`, `step=NAME` and `condition=NUMBER`";
                return Err(Failure::malformed("item", message));
            }
        };
        let parts = self.parts.iter().flat_map(|parts| parts.split(','));
        let parts = parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
        Ok(NewEvidence {
            release: parse("release", release)?,
            name: file_name("name", &self.name)?,
            target,
            parts: parts.collect(),
            redacted: if self.redacted { Redacted::Yes } else { Redacted::No },
            replaces: self.replaces.as_deref().map(|id| parse("replaces", id)).transpose()?,
        })
    }
}

/// Attaches a file as evidence. The body is the file as it is, of any length up to the server's
/// limit. A file of a known format that is broken is refused and nothing of it is kept.
#[utoipa::path(post, path = "/releases/{release}/evidence", tag = "evidence",
    params(("release" = String, Path, description = "The release's identifier"), About),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = AttachedBody), (status = "4XX", body = Problem))
)]
pub async fn attach(
    permit: Permit<AttachEvidence>,
    Path(release): Path<String>,
    Query(about): Query<About>,
    care: Care,
    request: Request,
) -> Result<Json<AttachedBody>, Problem> {
    let new = about.checked(&release)?;
    let unknown = care.clone().of(Sha256::of(b""));
    permit.app.would_attach(&permit.caller, &new, &unknown).await?;
    let (head, body) = request.into_parts();
    let received = receive(&permit.app, &head, body).await?;
    let digest = request_digest(&head.method, &head.uri, received.sha256.as_bytes());
    let precautions = care.of(digest);
    let id = new.release.clone();
    let attached = permit.app.attach(&permit.caller, new, received, precautions).await?;
    let view = permit.app.view(&id).await?;
    let judged = view.report.iter().flat_map(|report| &report.criteria).filter(|criterion| {
        criterion.sources.iter().any(|source| source.evidence == attached.evidence)
    });
    let criteria = judged.map(CriterionView::from).collect();
    Ok(Json(AttachedBody::new(attached, criteria)))
}

async fn receive(app: &App, head: &Parts, mut body: Body) -> Result<Received, Failure> {
    let announced = head.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let announced = announced.and_then(|text| text.parse::<u64>().ok());
    if announced.is_some_and(|length| length > app.config.max_upload) {
        return Err(Failure::TooLarge { what: "the file", limit: app.config.max_upload });
    }
    let mut receiver = app.receive()?;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let broke_off = |error| {
            let message = format!("the upload broke off: {error}; nothing was kept, send it again");
            Failure::malformed("body", message)
        };
        if let Ok(chunk) = frame.map_err(broke_off)?.into_data() {
            receiver.take(chunk).await?;
        }
    }
    receiver.whole().await
}
