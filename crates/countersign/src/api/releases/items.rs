//! `PUT /releases/{release}/items/{item}`: the answer to a checklist item.

use super::ReceiptBody;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::Command;
use countersign_core::release::command::GivenAnswer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An answer to a checklist item: answers to its questions, or why it does not apply. An item
/// without questions is confirmed with no answers.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// Answers by question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<BTreeMap<String, String>>,
    /// Why the item does not apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_applicable: Option<String>,
}

impl NewAnswer {
    /// The answer, checked; shared by every face that answers items.
    pub fn checked(self, draft: &mut Draft) -> Result<GivenAnswer, Failure> {
        match (self.answers, self.not_applicable) {
            (Some(_), Some(_)) => {
                let message = "send either `answers` or `not_applicable`, not both";
                Err(Failure::malformed("not_applicable", message))
            }
            (None, Some(reason)) => {
                Ok(GivenAnswer::NotApplicable { reason: draft.text("not_applicable", &reason)? })
            }
            (answers, None) => {
                let given = draft.fields(answers.unwrap_or_default())?;
                Ok(GivenAnswer::Confirmed(given))
            }
        }
    }
}

/// Answers a checklist item. Approvals given before no longer count.
#[utoipa::path(put, path = "/releases/{release}/items/{item}", request_body = NewAnswer,
    tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("item" = String, Path, description = "The item's name in the policy")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn answer(
    permit: Permit<Act>,
    Path((id, item)): Path<(String, String)>,
    care: Care,
    body: Body<NewAnswer>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let answer = body.value.checked(&mut draft)?;
    let command = Command::AnswerItem { item: parse("item", &item)?, answer };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
