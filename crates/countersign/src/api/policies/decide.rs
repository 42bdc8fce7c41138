//! `POST /policies/{name}/{version}/approve` and `…/decline`: the body a policy names decides about
//! it.

use crate::api::body::parse;
use crate::api::command::ReceiptBody;
use crate::api::permit::Decide;
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Pair, Sent};
use crate::app::App;
use crate::failure::Failure;
use countersign_core::name::PolicyName;
use countersign_core::policy::PolicyRef;
use countersign_core::register::RegisterCommand;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An approval of a policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyApproval {
    /// What the approver wants to say.
    #[serde(default)]
    pub comment: Option<String>,
}

/// A refusal of a policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyDecline {
    /// Why it is declined.
    pub reason: String,
}

/// Approves a published policy. It is in force from its effective date on once enough people of
/// the body approved it: one, or two when it loosens something. Whoever published it is not among
/// them.
#[utoipa::path(post, path = "/policies/{name}/{version}/approve", tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name"),
        ("version" = String, Path, description = "Its version")
    ),
    request_body = PolicyApproval,
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn approve(sent: Sent<Decide, PolicyApproval, Pair>) -> Landed {
    sent.to_policy(|policy, said, draft| {
        let comment = draft.optional("comment", said.comment.as_deref())?;
        Ok(RegisterCommand::ApprovePolicy { policy, comment })
    })
    .await
}

/// Declines a published policy, for good. A corrected text is published under a new version.
#[utoipa::path(post, path = "/policies/{name}/{version}/decline", tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name"),
        ("version" = String, Path, description = "Its version")
    ),
    request_body = PolicyDecline,
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn decline(sent: Sent<Decide, PolicyDecline, Pair>) -> Landed {
    sent.to_policy(|policy, said, draft| {
        let reason = draft.text("reason", &said.reason)?;
        Ok(RegisterCommand::DeclinePolicy { policy, reason })
    })
    .await
}

/// A published policy by name and version.
pub async fn published(app: &App, name: &str, version: &str) -> Result<PolicyRef, Failure> {
    let parsed: PolicyName = parse("name", name)?;
    let register = app.register().await?.state;
    let mut policies = register.policies.iter().map(|one| &one.policy);
    let found = policies.find(|one| one.name == parsed && one.version == version).cloned();
    found.ok_or_else(|| Failure::not_found("policy", format!("{name} {version}")))
}
