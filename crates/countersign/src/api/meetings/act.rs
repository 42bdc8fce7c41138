//! `POST /meetings/{meeting}/open`, `/items`, `/close` and `/cancel`: what the chair does.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::policies::decide::published;
use crate::api::problem::Problem;
use crate::api::releases::withdraw::Because;
use crate::app::{App, Draft};
use crate::failure::Failure;
use axum::Json;
use countersign_core::meeting::{MeetingCommand, MinutesFile, NewTopic};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Nothing to say.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What to put on the table: exactly one of `release`, `policy` and `matter`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    /// A release in review.
    #[serde(default)]
    pub release: Option<String>,
    /// What of that release is looked back at, by the key of the agenda; left out when the release
    /// itself is decided.
    #[serde(default)]
    pub what: Option<String>,
    /// A policy that waits for its approval: `model-release 1.1`.
    #[serde(default)]
    pub policy: Option<String>,
    /// Anything else, by its title.
    #[serde(default)]
    pub matter: Option<String>,
    /// What the matter is about.
    #[serde(default)]
    pub text: Option<String>,
}

/// The end of a session.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// The minutes.
    pub minutes: String,
    /// The name of a file that holds them in full.
    #[serde(default)]
    pub file: Option<String>,
    /// The digest of that file's bytes.
    #[serde(default)]
    pub sha256: Option<String>,
}

impl NewItem {
    /// Checks what is to be put on the table.
    pub async fn checked(&self, app: &App, draft: &mut Draft) -> Result<NewTopic, Failure> {
        match (&self.release, &self.policy, &self.matter) {
            (Some(release), None, None) => {
                let release = parse("release", release)?;
                Ok(match &self.what {
                    Some(what) => NewTopic::Review { release, what: what.clone() },
                    None => NewTopic::Release(release),
                })
            }
            (None, Some(policy), None) => {
                let (name, version) = policy.split_once(' ').unwrap_or((policy, ""));
                Ok(NewTopic::Policy(published(app, name, version).await?))
            }
            (None, None, Some(title)) => {
                let text = draft.text("text", self.text.as_deref().unwrap_or_default())?;
                Ok(NewTopic::Matter { title: title.clone(), text })
            }
            _ => {
                let message = "name exactly one of `release`, `policy` and `matter`";
                Err(Failure::malformed("body", message))
            }
        }
    }
}

/// Opens a session. Whoever holds the committee's role at this moment is a member of it.
#[utoipa::path(post, path = "/meetings/{meeting}/open", tag = "committee", request_body = Nothing,
    params(("meeting" = String, Path, description = "The session's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn open(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let care = care.of(body.request);
    permit.to_meeting(&id, MeetingCommand::Open, Draft::default(), care).await
}

/// Puts something on the table. A release lies there with the content it has at this moment.
#[utoipa::path(post, path = "/meetings/{meeting}/items", tag = "committee",
    request_body = NewItem,
    params(("meeting" = String, Path, description = "The session's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn put(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewItem>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let topic = body.value.checked(&permit.app, &mut draft).await?;
    permit.to_meeting(&id, MeetingCommand::Put(topic), draft, care.of(body.request)).await
}

/// Closes a session with its minutes. What is still on the table is left to the next session.
#[utoipa::path(post, path = "/meetings/{meeting}/close", tag = "committee",
    request_body = Minutes,
    params(("meeting" = String, Path, description = "The session's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn close(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Minutes>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let minutes = draft.text("minutes", &body.value.minutes)?;
    let file = match (&body.value.file, &body.value.sha256) {
        (Some(name), Some(sha256)) => {
            Some(MinutesFile { name: name.clone(), sha256: parse("sha256", sha256)? })
        }
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => {
            let message = "a file of minutes is given by `file` and `sha256` together";
            return Err(Failure::malformed("file", message).into());
        }
    };
    let command = MeetingCommand::Close { minutes, file };
    permit.to_meeting(&id, command, draft, care.of(body.request)).await
}

/// Calls a session off that was not opened.
#[utoipa::path(post, path = "/meetings/{meeting}/cancel", tag = "committee",
    request_body = Because,
    params(("meeting" = String, Path, description = "The session's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn cancel(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = MeetingCommand::Cancel { reason };
    permit.to_meeting(&id, command, draft, care.of(body.request)).await
}
