//! `POST /releases/{release}/conditions/{number}/report`, `…/accept` and `…/send-back`: a promise is
//! kept, and somebody else says so.

use super::ReceiptBody;
use super::concerns::Settled;
use crate::api::body::parse;
use crate::api::permit::{Act, Decide};
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Pair, Sent};
use crate::failure::Failure;
use countersign_core::condition::ConditionCommand;
use countersign_core::name::EvidenceId;
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What was done, and what shows it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// In words.
    pub text: String,
    /// Evidence of this release, by its identifiers: `e7`.
    #[serde(default)]
    pub evidence: Vec<String>,
}

impl Shown {
    /// The evidence named, checked.
    pub fn evidence(&self) -> Result<BTreeSet<EvidenceId>, Failure> {
        self.evidence.iter().map(|id| parse("evidence", id)).collect()
    }
}

/// Says that a condition is met. Its owner does, or the owner of the model.
#[utoipa::path(post, path = "/releases/{release}/conditions/{number}/report",
    request_body = Shown, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The condition's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn report(sent: Sent<Act, Shown, Pair>) -> Landed {
    sent.to_numbered(|number, said, draft| {
        let statement = draft.text("text", &said.text)?;
        let evidence = said.evidence()?;
        Ok(Command::Condition(ConditionCommand::Report { number, statement, evidence }))
    })
    .await
}

/// Closes a condition that was reported met. A holder of the role that set it does, and nobody who
/// promised or reported it.
#[utoipa::path(post, path = "/releases/{release}/conditions/{number}/accept",
    request_body = Settled, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The condition's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn accept(sent: Sent<Decide, Settled, Pair>) -> Landed {
    sent.to_numbered(|number, said, draft| {
        let statement = draft.text("text", &said.text)?;
        Ok(Command::Condition(ConditionCommand::Accept { number, statement }))
    })
    .await
}

/// Does not take the report for an answer: the condition stays open.
#[utoipa::path(post, path = "/releases/{release}/conditions/{number}/send-back",
    request_body = Settled, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("number" = u32, Path, description = "The condition's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn send_back(sent: Sent<Decide, Settled, Pair>) -> Landed {
    sent.to_numbered(|number, said, draft| {
        let reason = draft.text("text", &said.text)?;
        Ok(Command::Condition(ConditionCommand::SendBack { number, reason }))
    })
    .await
}
