//! `POST /releases/{release}/emergency`, `…/confirm` and `…/deny`: verbal authority, claimed by
//! the owner and answered by whoever is said to have given it.

use super::ReceiptBody;
use super::withdraw::Because;
use crate::api::body::{Body, Path, one_of, parse};
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::urgent::emergency::{
    Ground, Means, NewEmergency as Claim, VerbalAuthority,
};
use countersign_core::release::{Command, UrgentCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the owner says when something cannot wait.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEmergency {
    /// `safety_issue`, `security_vulnerability` or `regulatory_deadline`. There is no fourth.
    pub ground: String,
    /// Why it cannot wait, in words.
    pub explanation: String,
    /// Who gave authority, by id.
    pub authority_by: String,
    /// When (RFC 3339).
    pub authority_at: String,
    /// How: `phone`, `in_person` or `message`.
    pub means: String,
}

impl NewEmergency {
    /// The command, checked; shared by every face that claims authority.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, Failure> {
        let grounds = Ground::ALL.map(|ground| (ground.word(), ground));
        let means = Means::ALL.map(|means| (means.word(), means));
        let authority = VerbalAuthority {
            by: parse("authority_by", &self.authority_by)?,
            at: parse("authority_at", &self.authority_at)?,
            means: one_of("means", &self.means, &means)?,
        };
        let ground = one_of("ground", &self.ground, &grounds)?;
        let explanation = draft.text("explanation", &self.explanation)?;
        let claim = Claim { ground, explanation, authority };
        Ok(Command::Urgent(UrgentCommand::ClaimEmergency(claim)))
    }
}

/// Claims verbal authority to deploy before the written approval. The named artifacts may run from
/// the answer on; the verdict says that it rests on an authority, not on an approval.
#[utoipa::path(post, path = "/releases/{release}/emergency", request_body = NewEmergency,
    tag = "emergencies",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn claim(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewEmergency>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let mut new = body.value;
    let given = ("authority_at", Day::Begins);
    new.authority_at = moment::written(&permit.app, given, &new.authority_at).await?;
    let command = new.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
}

/// Nothing more to say.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Confirms that one gave the authority: only the person named can.
#[utoipa::path(post, path = "/releases/{release}/emergency/confirm", request_body = Nothing,
    tag = "emergencies",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn confirm(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let command = Command::Urgent(UrgentCommand::ConfirmAuthority);
    permit.to_release(&id, command, Draft::default(), care.of(body.request)).await
}

/// Denies the authority. From the answer on every verdict about it is deny.
#[utoipa::path(post, path = "/releases/{release}/emergency/deny", request_body = Because,
    tag = "emergencies",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn deny(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = Command::Urgent(UrgentCommand::DenyAuthority { reason });
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
