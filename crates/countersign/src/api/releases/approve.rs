//! `POST /releases/{release}/approve`: a person's yes in one role.

use super::ReceiptBody;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use axum::Json;
use countersign_core::release::command::Approve;
use countersign_core::release::{Command, Promise};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An approval to give.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApproval {
    /// The role in which to approve.
    pub role: String,
    /// The digest of the dossier the approver looked at, as the release shows it.
    pub dossier: String,
    /// Promises the approval depends on.
    #[serde(default)]
    pub conditions: Vec<NewCondition>,
    /// What the approver wants to say.
    #[serde(default)]
    pub comment: Option<String>,
}

/// A promise an approval depends on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCondition {
    /// What is promised.
    pub text: String,
    /// Who keeps it, by id.
    pub owner: String,
    /// By when: a moment (RFC 3339), or so long after the decision: `20 business days`, `48 hours`.
    pub due: String,
}

impl NewApproval {
    /// The command, checked; shared by every face that approves.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, crate::failure::Failure> {
        let mut conditions = Vec::new();
        for (index, condition) in self.conditions.iter().enumerate() {
            let field = |name: &str| format!("conditions[{index}].{name}");
            conditions.push(Promise {
                text: draft.text(&field("text"), &condition.text)?,
                owner: parse(&field("owner"), &condition.owner)?,
                due: parse(&field("due"), &condition.due)?,
            });
        }
        Ok(Command::Approve(Approve {
            role: parse("role", &self.role)?,
            dossier: parse("dossier", &self.dossier)?,
            conditions,
            comment: draft.optional("comment", self.comment.as_deref())?,
        }))
    }
}

/// Approves a release in one role, for exactly the dossier named.
#[utoipa::path(post, path = "/releases/{release}/approve", request_body = NewApproval,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn approve(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewApproval>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
