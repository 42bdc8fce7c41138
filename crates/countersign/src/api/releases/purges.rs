//! `POST /releases/{release}/purges`, `…/{number}/confirm` and `…/refuse`: two people end the
//! keeping of evidence.

use super::ReceiptBody;
use super::submit::Nothing;
use super::withdraw::Because;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::name::EvidenceId;
use countersign_core::release::{Command, RetentionCommand};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A purge to propose.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPurge {
    /// Of which evidence; all that is left when none is named.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Why.
    pub reason: String,
}

impl NewPurge {
    /// The command it asks for; shared by every face.
    pub fn checked(self, draft: &mut Draft) -> Result<Command, Failure> {
        let numbered = self.evidence.iter().enumerate();
        let evidence: BTreeSet<EvidenceId> = numbered
            .map(|(index, text)| parse(&format!("evidence[{index}]"), text))
            .collect::<Result<_, _>>()?;
        let reason = draft.text("reason", &self.reason)?;
        Ok(Command::Retention(RetentionCommand::ProposePurge { evidence, reason }))
    }
}

/// Proposes to purge evidence that was kept long enough.
#[utoipa::path(post, path = "/releases/{release}/purges", request_body = NewPurge,
    tag = "records",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn propose(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewPurge>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
}

/// Carries a purge out that somebody else proposed. The content is erased; digest, size, kind,
/// reader, reason and both people stay in the log.
#[utoipa::path(post, path = "/releases/{release}/purges/{number}/confirm", request_body = Nothing,
    tag = "records",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The purge's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn confirm(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, u32)>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let command = Command::Retention(RetentionCommand::ConfirmPurge { number });
    permit.to_release(&id, command, Draft::default(), care.of(body.request)).await
}

/// Refuses a purge, or takes back one's own.
#[utoipa::path(post, path = "/releases/{release}/purges/{number}/refuse", request_body = Because,
    tag = "records",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The purge's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn refuse(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, u32)>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = Command::Retention(RetentionCommand::RefusePurge { number, reason });
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
