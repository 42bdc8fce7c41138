//! `POST /risks/{risk}/…`: what becomes of a risk.

use super::{id, rating};
use crate::api::body::parse;
use crate::api::command::ReceiptBody;
use crate::api::moment::moment;
use crate::api::people::existing;
use crate::api::permit::Act;
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Sent};
use crate::app::{AnyCommand, App, Draft};
use crate::failure::Failure;
use countersign_core::risk::{Reassessment, RiskCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What came of looking at it again.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRating {
    /// How likely, from 1 to 5.
    pub likelihood: u8,
    /// How bad, from 1 to 5.
    pub impact: u8,
    /// `avoid`, `reduce`, `share` or `accept`.
    pub treatment: String,
    /// When it is looked at next: a day, or a moment (RFC 3339).
    pub review_by: String,
    /// What was found.
    pub note: String,
}

impl NewRating {
    /// The command it asks for; shared by every face.
    pub async fn checked(self, app: &App, draft: &mut Draft) -> Result<Reassessment, Failure> {
        Ok(Reassessment {
            rating: rating(self.likelihood, self.impact)?,
            treatment: parse("treatment", &self.treatment)?,
            review_by: moment(app, "review_by", &self.review_by).await?,
            note: draft.text("note", &self.note)?,
        })
    }
}

/// Who watches it from now on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRiskOwner {
    /// The person, by id.
    pub owner: String,
    /// Why.
    pub reason: String,
}

/// Models it is about, too.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoreModels {
    /// Their short names.
    pub models: Vec<String>,
}

/// Why it is over.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Why.
    pub reason: String,
}

async fn to_risk<B>(
    sent: Sent<Act, B>,
    command: impl FnOnce(&B, &mut Draft) -> Result<RiskCommand, Failure>,
) -> Landed {
    sent.to(|risk, said, draft| Ok(AnyCommand::Risk(id(risk)?, command(said, draft)?))).await
}

/// Looks at a risk again.
#[utoipa::path(post, path = "/risks/{risk}/reassess", request_body = NewRating, tag = "risks",
    params(("risk" = String, Path, description = "The risk's name")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn reassess(mut sent: Sent<Act, NewRating>) -> Landed {
    let mut draft = Draft::default();
    let new = std::mem::take(&mut sent.said);
    let again = new.checked(&sent.permit.app, &mut draft).await?;
    let command = AnyCommand::Risk(id(&sent.about)?, RiskCommand::Reassess(again));
    sent.carry_out(command, draft).await
}

/// Gives a risk to another owner.
#[utoipa::path(post, path = "/risks/{risk}/owner", request_body = NewRiskOwner, tag = "risks",
    params(("risk" = String, Path, description = "The risk's name")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn owner(sent: Sent<Act, NewRiskOwner>) -> Landed {
    let to = existing(&sent.permit, &sent.said.owner).await?.id;
    to_risk(sent, |said, draft| {
        Ok(RiskCommand::HandOver { to, reason: draft.text("reason", &said.reason)? })
    })
    .await
}

/// Links a risk to more models.
#[utoipa::path(post, path = "/risks/{risk}/models", request_body = MoreModels, tag = "risks",
    params(("risk" = String, Path, description = "The risk's name")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn link(sent: Sent<Act, MoreModels>) -> Landed {
    to_risk(sent, |said, _| {
        let models = said.models.iter().map(|model| parse("models", model.trim()));
        Ok(RiskCommand::Link { models: models.collect::<Result<_, Failure>>()? })
    })
    .await
}

/// Closes a risk.
#[utoipa::path(post, path = "/risks/{risk}/close", request_body = Ending, tag = "risks",
    params(("risk" = String, Path, description = "The risk's name")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn close(sent: Sent<Act, Ending>) -> Landed {
    to_risk(sent, |said, draft| {
        Ok(RiskCommand::Close { reason: draft.text("reason", &said.reason)? })
    })
    .await
}
