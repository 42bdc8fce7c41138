//! `POST /releases/{release}/concerns` and `…/{number}/resolve`: what stops approvals until it is
//! settled.

use super::ReceiptBody;
use crate::api::body::parse;
use crate::api::permit::Act;
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Pair, Sent};
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A concern on a step.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConcern {
    /// The step.
    pub step: String,
    /// What it is about.
    pub text: String,
}

/// How something was settled.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// In words.
    pub text: String,
}

/// Raises a concern on a step. Nobody can approve until it is resolved.
#[utoipa::path(post, path = "/releases/{release}/concerns", request_body = NewConcern,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn raise(sent: Sent<Act, NewConcern>) -> Landed {
    sent.to_release(|said, draft| {
        let text = draft.text("text", &said.text)?;
        Ok(Command::RaiseConcern { step: parse("step", &said.step)?, text })
    })
    .await
}

/// Resolves a concern.
#[utoipa::path(post, path = "/releases/{release}/concerns/{number}/resolve",
    request_body = Settled, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The concern's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn resolve(sent: Sent<Act, Settled, Pair>) -> Landed {
    sent.to_numbered(|number, said, draft| {
        Ok(Command::ResolveConcern { number, text: draft.text("text", &said.text)? })
    })
    .await
}
