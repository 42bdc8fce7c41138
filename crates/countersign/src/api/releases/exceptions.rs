//! `POST /releases/{release}/exceptions` and `…/{number}/accept`, `…/refuse`, `…/revoke`: waiving one
//! criterion or one checklist item, with somebody else accepting the risk.

use super::ReceiptBody;
use crate::api::body::parse;
use crate::api::moment::{self, Day};
use crate::api::permit::{Act, Decide};
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Pair, Sent};
use crate::app::Draft;
use crate::failure::Failure;
use countersign_core::exception::{Exception, ExceptionCommand};
use countersign_core::name::RoleName;
use countersign_core::release::Command;
use countersign_core::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An exception to ask for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewException {
    /// What is waived: `criterion NAME` or `item NAME`.
    pub waives: String,
    /// Why.
    pub reason: String,
    /// What is done in its place to keep the risk small.
    pub measures: String,
    /// The last moment at which it holds (RFC 3339).
    pub until: String,
    /// The number of the exception it follows, when there was one.
    #[serde(default)]
    pub extends: Option<u32>,
}

impl NewException {
    /// The command, checked; shared by every face that asks for exceptions.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, Failure> {
        let exception = Exception {
            waives: parse("waives", &self.waives)?,
            reason: draft.text("reason", &self.reason)?,
            measures: draft.text("measures", &self.measures)?,
            until: parse("until", &self.until)?,
            extends: self.extends,
        };
        Ok(Command::Exception(ExceptionCommand::Request(exception)))
    }
}

/// A word about the risk of an exception.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskWord {
    /// The role in which it is said.
    pub role: String,
    /// Why.
    pub text: String,
}

/// Asks for an exception. The owner of the model does, or whoever requested the release.
#[utoipa::path(post, path = "/releases/{release}/exceptions", request_body = NewException,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn request(mut sent: Sent<Act, NewException>) -> Landed {
    let end = ("until", Day::Ends);
    sent.said.until = moment::written(&sent.permit.app, end, &sent.said.until).await?;
    sent.to_release(NewException::checked).await
}

async fn decide(
    sent: Sent<Decide, RiskWord, Pair>,
    command: fn(u32, RoleName, Text) -> ExceptionCommand,
) -> Landed {
    sent.to_numbered(|number, said, draft| {
        let text = draft.text("text", &said.text)?;
        Ok(Command::Exception(command(number, parse("role", &said.role)?, text)))
    })
    .await
}

/// Accepts the risk of an exception, in a role the policy names. When every such role has, the
/// exception holds.
#[utoipa::path(post, path = "/releases/{release}/exceptions/{number}/accept",
    request_body = RiskWord, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The exception's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn accept(sent: Sent<Decide, RiskWord, Pair>) -> Landed {
    let accept = |number, role, statement| ExceptionCommand::Accept { number, role, statement };
    decide(sent, accept).await
}

/// Does not accept the risk of an exception.
#[utoipa::path(post, path = "/releases/{release}/exceptions/{number}/refuse",
    request_body = RiskWord, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The exception's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn refuse(sent: Sent<Decide, RiskWord, Pair>) -> Landed {
    let refuse = |number, role, reason| ExceptionCommand::Refuse { number, role, reason };
    decide(sent, refuse).await
}

/// Ends an exception early: verdicts that rely on it turn to deny at once.
#[utoipa::path(post, path = "/releases/{release}/exceptions/{number}/revoke",
    request_body = RiskWord, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The exception's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn revoke(sent: Sent<Decide, RiskWord, Pair>) -> Landed {
    let revoke = |number, role, reason| ExceptionCommand::Revoke { number, role, reason };
    decide(sent, revoke).await
}
