//! `POST /incidents`: something went wrong.

pub mod change;
pub mod criteria;
pub mod show;

use crate::api::body::{Body, parse, title};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::{AnyCommand, App, Draft};
use crate::failure::Failure;
use axum::Json;
use countersign_core::incident::{IncidentCommand, Links, NewIncident};
use countersign_core::name::CriterionName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An incident to open.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenIncident {
    /// What people call it.
    pub title: String,
    /// What happened.
    pub text: String,
    /// `low`, `medium`, `high` or `critical`.
    pub severity: String,
    /// The model, by its short name. A release says it as well.
    #[serde(default)]
    pub model: Option<String>,
    /// Where it happened.
    #[serde(default)]
    pub environment: Option<String>,
    /// The release that ran.
    #[serde(default)]
    pub release: Option<String>,
    /// The criteria of the release's plan that should have caught it.
    #[serde(default)]
    pub criteria: Vec<String>,
}

impl OpenIncident {
    /// The command it asks for; shared by every face that opens incidents.
    pub fn checked(self, app: &App, draft: &mut Draft) -> Result<NewIncident, Failure> {
        let text = draft.text("text", &self.text)?;
        let links = links(&self.model, &self.environment, &self.release, &self.criteria)?;
        Ok(NewIncident {
            id: app.new_incident_id()?,
            title: title("title", &self.title)?,
            text,
            severity: parse("severity", &self.severity)?,
            links,
        })
    }
}

/// What an incident is about, checked.
fn links(
    model: &Option<String>,
    environment: &Option<String>,
    release: &Option<String>,
    criteria: &[String],
) -> Result<Links, Failure> {
    let given = |text: &Option<String>| -> Option<String> {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let criteria = criteria.iter().map(|one| parse::<CriterionName>("criteria", one.trim()));
    Ok(Links {
        model: given(model).map(|text| parse("model", &text)).transpose()?,
        environment: given(environment).map(|text| parse("environment", &text)).transpose()?,
        release: given(release).map(|text| parse("release", &text)).transpose()?,
        criteria: criteria.collect::<Result<_, _>>()?,
    })
}

/// An incident that was opened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Opened {
    /// Its identifier.
    pub incident: String,
    /// Where it landed.
    pub receipt: ReceiptBody,
}

/// Opens an incident. Anybody signed in may.
#[utoipa::path(post, path = "/incidents", request_body = OpenIncident, tag = "incidents",
    responses((status = 200, body = Opened), (status = "4XX", body = Problem))
)]
pub async fn open(
    permit: Permit<Act>,
    care: Care,
    body: Body<OpenIncident>,
) -> Result<Json<Opened>, Problem> {
    let mut draft = Draft::default();
    let new = body.value.checked(&permit.app, &mut draft)?;
    let command = AnyCommand::Incident(new.id.clone(), IncidentCommand::Open(Box::new(new)));
    let Json(receipt) = permit.carry_out(command, draft, care.of(body.request)).await?;
    let incident = receipt.stream.trim_start_matches("incident/").to_owned();
    Ok(Json(Opened { incident, receipt }))
}
