//! `POST /meetings`: call a session, in turn or out of turn.

use crate::api::body::Body;
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::{AnyCommand, Draft, Submission};
use axum::Json;
use countersign_core::meeting::MeetingCommand;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A session to call.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeeting {
    /// What people call it: `May session`.
    pub title: String,
    /// When it is to take place (RFC 3339); now when it is left out.
    #[serde(default)]
    pub at: Option<String>,
    /// Why it is called out of turn. Left out for a scheduled session.
    #[serde(default)]
    pub urgent: Option<String>,
}

/// A session that was called.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Called {
    /// Its identifier.
    pub meeting: String,
    /// Where it landed.
    pub receipt: ReceiptBody,
}

/// Calls a session of the committee.
#[utoipa::path(post, path = "/meetings", tag = "committee", request_body = NewMeeting,
    responses((status = 200, body = Called), (status = "4XX", body = Problem))
)]
pub async fn call(
    permit: Permit<Decide>,
    care: Care,
    body: Body<NewMeeting>,
) -> Result<Json<Called>, Problem> {
    let mut draft = Draft::default();
    let new = body.value;
    let urgent = draft.optional("urgent", new.urgent.as_deref())?;
    let at = moment::optional(&permit.app, ("at", Day::Begins), new.at.as_deref()).await?;
    let id = permit.app.new_meeting_id()?;
    let command = MeetingCommand::Call { id: id.clone(), title: new.title, at, urgent };
    let command = AnyCommand::Meeting(id, Box::new(command));
    let submission = Submission::new(command).with(draft).taking(care.of(body.request));
    let receipt: ReceiptBody = permit.app.execute(&permit.caller, submission).await?.into();
    // A repeated request answers with the session it called the first time.
    let meeting = receipt.stream.trim_start_matches("meeting/").to_owned();
    Ok(Json(Called { meeting, receipt }))
}
