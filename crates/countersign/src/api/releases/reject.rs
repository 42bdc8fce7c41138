//! `POST /releases/{release}/reject`: a person's no in one role, with a reason.

use super::ReceiptBody;
use crate::api::body::{Body, Path, one_of, parse};
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::{Command, RejectionReason};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rejection.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRejection {
    /// The role in which to reject.
    pub role: String,
    /// `insufficient_evidence`, `criteria_not_met`, `unacceptable_risk`, `compliance`, `security`,
    /// `scope` or `other`.
    pub reason: String,
    /// Why, in words.
    pub text: String,
}

impl NewRejection {
    /// The command, checked; shared by every face that rejects.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, Failure> {
        let known = RejectionReason::ALL.map(|reason| (reason.word(), reason));
        Ok(Command::Reject {
            role: parse("role", &self.role)?,
            reason: one_of("reason", &self.reason, &known)?,
            text: draft.text("text", &self.text)?,
        })
    }
}

/// Rejects a release. It can be taken up again by a new one that names it.
#[utoipa::path(post, path = "/releases/{release}/reject", request_body = NewRejection,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn reject(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewRejection>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
