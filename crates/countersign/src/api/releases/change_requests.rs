//! `POST /releases/{release}/change-requests` and `…/{number}/answer`, `…/insist`, `…/accept`: what a
//! reviewer wants to see before he decides.

use super::ReceiptBody;
use super::concerns::Settled;
use super::conditions::Shown;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Act, Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
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
pub async fn request(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewChangeRequest>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
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
pub async fn answer(
    permit: Permit<Act>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Shown>,
) -> Result<Json<ReceiptBody>, Problem> {
    let (mut draft, number) = (Draft::default(), parse("number", &number)?);
    let text = draft.text("text", &body.value.text)?;
    let evidence = body.value.evidence()?;
    let command = ChangesCommand::Answer { number, text, evidence };
    permit.to_release(&id, Command::Changes(command), draft, care.of(body.request)).await
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
pub async fn insist(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Settled>,
) -> Result<Json<ReceiptBody>, Problem> {
    let (mut draft, number) = (Draft::default(), parse("number", &number)?);
    let text = draft.text("text", &body.value.text)?;
    let command = ChangesCommand::Insist { number, text };
    permit.to_release(&id, Command::Changes(command), draft, care.of(body.request)).await
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
pub async fn accept(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Settled>,
) -> Result<Json<ReceiptBody>, Problem> {
    let (mut draft, number) = (Draft::default(), parse("number", &number)?);
    let text = draft.text("text", &body.value.text)?;
    let command = ChangesCommand::Accept { number, text };
    permit.to_release(&id, Command::Changes(command), draft, care.of(body.request)).await
}
