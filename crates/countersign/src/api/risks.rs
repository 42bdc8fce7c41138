//! `POST /risks`: enter a risk.

pub mod change;
pub mod show;

use crate::api::body::{Body, parse, title};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::moment::moment;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::{AnyCommand, App, Draft};
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::name::{PersonId, RiskId};
use countersign_core::risk::{Rating, RiskCommand, RiskEntry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A risk to enter.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRisk {
    /// Its name, chosen by you: `risk-12`.
    pub risk: String,
    /// What people call it.
    pub title: String,
    /// What could happen, and to whom.
    pub description: String,
    /// How likely, from 1 (hardly) to 5 (almost certain).
    pub likelihood: u8,
    /// How bad, from 1 (a nuisance) to 5 (grave harm).
    pub impact: u8,
    /// Who watches it, by id; the caller when left out.
    #[serde(default)]
    pub owner: Option<String>,
    /// `avoid`, `reduce`, `share` or `accept`.
    pub treatment: String,
    /// When it is looked at again: a day, or a moment (RFC 3339).
    pub review_by: String,
    /// The models it is about, by their short names.
    #[serde(default)]
    pub models: Vec<String>,
}

impl NewRisk {
    /// The entry it asks for; shared by every face that enters risks.
    pub async fn checked(
        self,
        app: &App,
        caller: &PersonId,
        draft: &mut Draft,
    ) -> Result<RiskEntry, Failure> {
        let owner: PersonId = match self.owner.as_deref().filter(|text| !text.is_empty()) {
            Some(owner) => parse("owner", owner)?,
            None => caller.clone(),
        };
        if app.store.person(&owner).await.doing("look up a person")?.is_none() {
            return Err(Failure::not_found("person", &owner));
        }
        let models = self.models.iter().map(|model| parse("models", model.trim()));
        Ok(RiskEntry {
            id: id(&self.risk)?,
            title: title("title", &self.title)?,
            description: draft.text("description", &self.description)?,
            rating: rating(self.likelihood, self.impact)?,
            owner,
            treatment: parse("treatment", &self.treatment)?,
            review_by: moment(app, "review_by", &self.review_by).await?,
            models: models.collect::<Result<_, _>>()?,
        })
    }
}

/// The name of a risk; people write it in capitals as well.
pub fn id(text: &str) -> Result<RiskId, Failure> {
    parse("risk", &text.trim().to_ascii_lowercase())
}

fn rating(likelihood: u8, impact: u8) -> Result<Rating, Failure> {
    Rating::new(likelihood, impact).map_err(|error| Failure::malformed("likelihood", error))
}

/// Enters a risk. The owner of a model named may, and whoever keeps the risk register.
#[utoipa::path(post, path = "/risks", request_body = NewRisk, tag = "risks",
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn enter(
    permit: Permit<Act>,
    care: Care,
    body: Body<NewRisk>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let entry = body.value.checked(&permit.app, permit.person()?, &mut draft).await?;
    let command = AnyCommand::Risk(entry.id.clone(), RiskCommand::Enter(Box::new(entry)));
    permit.carry_out(command, draft, care.of(body.request)).await
}
