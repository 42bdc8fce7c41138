//! `POST /releases/{release}/change-requests` and `…/{number}/answer`, `…/insist`, `…/accept`: what a
//! reviewer wants to see before he decides.

use super::ReceiptBody;
use super::concerns::Settled;
use super::conditions::Shown;
use crate::api::body::parse;
use crate::api::permit::{Act, Decide};
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Pair, Sent};
use crate::app::Draft;
use crate::failure::Failure;
use countersign_core::change_request::{ChangeRequest, ChangesCommand};
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A change request to make.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChangeRequest {
    /// The role in which it is made.
    pub role: String,
    /// What is asked for.
    pub text: String,
    /// What it is about: `item NAME`, `step NAME` or `criterion NAME`; the whole release when left
    /// out.
    #[serde(default)]
    pub about: Option<String>,
}

impl NewChangeRequest {
    /// The command, checked; shared by every face that asks for changes.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, Failure> {
        let request = ChangeRequest {
            role: parse("role", &self.role)?,
            text: draft.text("text", &self.text)?,
            about: self.about.as_deref().map(|about| parse("about", about)).transpose()?,
        };
        Ok(Command::Changes(ChangesCommand::Request(request)))
    }
}

/// Asks for more tests or documents. A holder of a role of the plan does, who did not ask for the
/// release himself; nobody approves until the request is settled.
#[utoipa::path(post, path = "/releases/{release}/change-requests",
    request_body = NewChangeRequest, tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn request(sent: Sent<Act, NewChangeRequest>) -> Landed {
    sent.to_release(NewChangeRequest::checked).await
}

/// Answers a change request, naming what shows it.
#[utoipa::path(post, path = "/releases/{release}/change-requests/{number}/answer",
    request_body = Shown, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The change request's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn answer(sent: Sent<Act, Shown, Pair>) -> Landed {
    sent.to_numbered(|number, said, draft| {
        let text = draft.text("text", &said.text)?;
        let evidence = said.evidence()?;
        Ok(Command::Changes(ChangesCommand::Answer { number, text, evidence }))
    })
    .await
}

/// Does not take the answer: the release waits again.
#[utoipa::path(post, path = "/releases/{release}/change-requests/{number}/insist",
    request_body = Settled, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The change request's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn insist(sent: Sent<Decide, Settled, Pair>) -> Landed {
    sent.to_numbered(|number, said, draft| {
        let text = draft.text("text", &said.text)?;
        Ok(Command::Changes(ChangesCommand::Insist { number, text }))
    })
    .await
}

/// Takes the answer, or takes the request back: it is settled.
#[utoipa::path(post, path = "/releases/{release}/change-requests/{number}/accept",
    request_body = Settled, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The change request's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn accept(sent: Sent<Decide, Settled, Pair>) -> Landed {
    sent.to_numbered(|number, said, draft| {
        let text = draft.text("text", &said.text)?;
        Ok(Command::Changes(ChangesCommand::Accept { number, text }))
    })
    .await
}
