//! Endpoints of releases, one file each.

pub mod approve;
pub mod list;
pub mod request;
pub mod show;
pub mod submit;
pub mod view;

use crate::api::body::parse;
use crate::api::headers::Care;
use crate::api::problem::Problem;
use crate::app::{App, Caller, Draft, Receipt, Submission};
use axum::Json;
use countersign_core::digest::Sha256;
use countersign_core::name::ReleaseId;
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a command landed in the log.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptBody {
    /// The history it changed: `release/r-…`.
    pub stream: String,
    /// That history's version now.
    pub version: u64,
    /// When (RFC 3339).
    pub at: String,
    /// What happened: `approval_given`, `approved` …
    pub events: Vec<String>,
    /// The first position of the events in the log.
    pub from_position: u64,
    /// The position after the last of them.
    pub to_position: u64,
}

impl From<Receipt> for ReceiptBody {
    fn from(receipt: Receipt) -> Self {
        Self {
            stream: receipt.stream.to_string(),
            version: receipt.version,
            at: receipt.at.to_string(),
            events: receipt.events,
            from_position: receipt.positions.0,
            to_position: receipt.positions.1,
        }
    }
}

/// What a handler has besides the command itself.
pub(super) struct Sent<'a> {
    pub(super) app: &'a App,
    pub(super) caller: &'a Caller,
    pub(super) care: &'a Care,
    /// The digest of the request, for idempotency.
    pub(super) request: Sha256,
}

impl Sent<'_> {
    /// Carries out a command to a release.
    pub(super) async fn to_release(
        &self,
        id: &str,
        draft: Draft,
        command: Command,
    ) -> Result<Json<ReceiptBody>, Problem> {
        let id: ReleaseId = parse("release", id)?;
        let mut submission = Submission::release(&id, command).with(draft);
        submission.idempotency = self.care.idempotency(self.request);
        submission.if_version = self.care.if_version;
        let receipt = self.app.execute(self.caller, submission).await?;
        Ok(Json(receipt.into()))
    }
}
