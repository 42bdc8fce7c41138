//! `POST /releases/{release}/deployments` and `…/{environment}/confirm`: what went where, and the
//! three statements afterwards.

use super::ReceiptBody;
use crate::api::body::{Body, Path, one_of, parse};
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::permit::{Act, Permit, RecordDeployment};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::command::NewDeployment as Deployment;
use countersign_core::release::{Answer, Command, Statements};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A deployment that happened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeployment {
    /// Where.
    pub environment: String,
    /// When (RFC 3339); now when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The change ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_reference: Option<String>,
}

impl NewDeployment {
    /// The command, checked; shared by every face that records deployments.
    pub fn checked(self) -> Result<Command, Failure> {
        let reference = self.change_reference.map(|text| text.trim().to_owned());
        let reference = reference.filter(|text| !text.is_empty());
        if reference.as_ref().is_some_and(|text| text.len() > 200) {
            return Err(Failure::malformed("change_reference", "use at most 200 bytes"));
        }
        Ok(Command::RecordDeployment(Deployment {
            environment: parse("environment", &self.environment)?,
            at: self.at.as_deref().map(|at| parse("at", at)).transpose()?,
            change_reference: reference,
        }))
    }
}

/// The three statements about a deployment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConfirmation {
    /// `yes` or `no`: it operates within expected parameters.
    pub within_parameters: String,
    /// `yes` or `no`: monitoring is active and producing data.
    pub monitoring_active: String,
    /// `yes` or `no`: no immediate issue was seen.
    pub no_issues: String,
    /// What there is to say; required with a `no`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl NewConfirmation {
    /// The statements, checked; shared by every face that confirms deployments.
    pub fn checked(&self, draft: &mut Draft) -> Result<Statements, Failure> {
        let answer = |field: &str, text: &str| {
            one_of(field, text, &[("yes", Answer::Yes), ("no", Answer::No)])
        };
        Ok(Statements {
            within_parameters: answer("within_parameters", &self.within_parameters)?,
            monitoring_active: answer("monitoring_active", &self.monitoring_active)?,
            no_issues: answer("no_issues", &self.no_issues)?,
            note: draft.optional("note", self.note.as_deref())?,
        })
    }
}

/// Records that a release was deployed.
#[utoipa::path(post, path = "/releases/{release}/deployments", request_body = NewDeployment,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn record(
    permit: Permit<RecordDeployment>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewDeployment>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut new = body.value;
    if let Some(at) = &new.at {
        new.at = Some(moment::written(&permit.app, ("at", Day::Begins), at).await?);
    }
    let command = new.checked()?;
    permit.to_release(&id, command, Draft::default(), care.of(body.request)).await
}

/// Makes the three statements about a deployment.
#[utoipa::path(post, path = "/releases/{release}/deployments/{environment}/confirm",
    request_body = NewConfirmation, tag = "releases",
    params(
        ("release" = String, Path, description = "The release's identifier"),
        ("environment" = String, Path, description = "The environment")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn confirm(
    permit: Permit<Act>,
    Path((id, environment)): Path<(String, String)>,
    care: Care,
    body: Body<NewConfirmation>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let statements = body.value.checked(&mut draft)?;
    let environment = parse("environment", &environment)?;
    let command = Command::ConfirmDeployment { environment, statements };
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
