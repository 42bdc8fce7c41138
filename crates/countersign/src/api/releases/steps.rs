//! `POST /releases/{release}/steps/{step}/complete`: a step of the runbook is done.

use super::ReceiptBody;
use crate::api::body::{Body, Path, parse};
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::Command;
use countersign_core::release::command::StepDone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How a step was completed: a statement for a manual step, answers for a form, nothing for files
/// that are attached.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStepResult {
    /// What was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// Answers by question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<BTreeMap<String, String>>,
}

impl NewStepResult {
    /// The result, checked; shared by every face that completes steps.
    pub fn checked(self, draft: &mut Draft) -> Result<StepDone, Failure> {
        match (self.statement, self.answers) {
            (Some(_), Some(_)) => {
                let message = "send a `statement` or `answers`, not both";
                Err(Failure::malformed("answers", message))
            }
            (Some(statement), None) => {
                Ok(StepDone::Manual { statement: draft.text("statement", &statement)? })
            }
            (None, Some(answers)) => Ok(StepDone::Form(draft.fields(answers)?)),
            (None, None) => Ok(StepDone::Files),
        }
    }
}

/// Completes a step.
#[utoipa::path(post, path = "/releases/{release}/steps/{step}/complete",
    request_body = NewStepResult, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("step" = String, Path, description = "The step's name in the runbook")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn complete(
    permit: Permit<Act>,
    Path((id, step)): Path<(String, String)>,
    care: Care,
    body: Body<NewStepResult>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let done = body.value.checked(&mut draft)?;
    let command = Command::CompleteStep { step: parse("step", &step)?, done };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
