//! `POST /releases/{release}/rollback` and `…/drills`: going back to an earlier version, and
//! practising it.

use super::ReceiptBody;
use crate::api::body::{Body, Path, one_of, parse};
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::permit::{Act, Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::urgent::rollback::{Drill, DrillResult, NewRollback as Rollback};
use countersign_core::release::{Command, UrgentCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rollback that happened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRollback {
    /// Where.
    pub environment: String,
    /// The release that runs there again.
    pub to: String,
    /// Why.
    pub reason: String,
    /// How many minutes it took.
    pub measured_minutes: u32,
    /// When it was done (RFC 3339); now when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl NewRollback {
    /// The command, checked; shared by every face that records rollbacks.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, Failure> {
        let rollback = Rollback {
            environment: parse("environment", &self.environment)?,
            to: parse("to", &self.to)?,
            reason: draft.text("reason", &self.reason)?,
            measured_minutes: self.measured_minutes,
            at: self.at.as_deref().map(|at| parse("at", at)).transpose()?,
        };
        Ok(Command::Urgent(UrgentCommand::RollBack(rollback)))
    }
}

/// Records that a release was rolled back. The earlier one is current again from the answer on.
#[utoipa::path(post, path = "/releases/{release}/rollback", request_body = NewRollback,
    tag = "releases",
    params(("release" = String, Path, description = "The release that is taken out")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn roll_back(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewRollback>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let mut new = body.value;
    if let Some(at) = &new.at {
        new.at = Some(moment::written(&permit.app, ("at", Day::Begins), at).await?);
    }
    let command = new.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
}

/// A rollback that was practised.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDrill {
    /// On which day: `2026-05-11`.
    pub on: String,
    /// What it went back to: a release, a checkpoint, a flag.
    pub target: String,
    /// How many minutes it took.
    pub measured_minutes: u32,
    /// `worked` or `failed`.
    pub result: String,
    /// What there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl NewDrill {
    /// The command, checked; shared by every face that records drills.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, Failure> {
        let results = DrillResult::ALL.map(|result| (result.word(), result));
        let drill = Drill {
            on: parse("on", &self.on)?,
            target: self.target.trim().to_owned(),
            measured_minutes: self.measured_minutes,
            result: one_of("result", &self.result, &results)?,
            note: draft.optional("note", self.note.as_deref())?,
        };
        Ok(Command::Urgent(UrgentCommand::RecordDrill(drill)))
    }
}

/// Records a rollback drill.
#[utoipa::path(post, path = "/releases/{release}/drills", request_body = NewDrill,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn drill(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewDrill>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
