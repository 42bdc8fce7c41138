//! `POST /releases/{release}/reviews`: the committee's look afterwards, at an emergency, a
//! suspension, a resumption or a rollback.

use super::ReceiptBody;
use crate::api::body::{Body, Path, one_of, parse};
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::urgent::review::{NewReview as Review, ReviewOutcome};
use countersign_core::release::{Command, UrgentCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the committee found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReview {
    /// `emergency`, `suspension-N`, `resumption-N` or `rollback-ENVIRONMENT`, as the entry is
    /// called.
    pub of: String,
    /// `justified`, `not_justified`, or `misuse` of an emergency.
    pub outcome: String,
    /// The same in words.
    pub text: String,
}

impl NewReview {
    /// The command, checked; shared by every face that records reviews.
    pub fn checked(&self, draft: &mut Draft) -> Result<Command, Failure> {
        let outcomes = ReviewOutcome::ALL.map(|outcome| (outcome.word(), outcome));
        let review = Review {
            of: parse("of", &self.of)?,
            outcome: one_of("outcome", &self.outcome, &outcomes)?,
            text: draft.text("text", &self.text)?,
        };
        Ok(Command::Urgent(UrgentCommand::Review(review)))
    }
}

/// Records what the committee found afterwards.
#[utoipa::path(post, path = "/releases/{release}/reviews", request_body = NewReview,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn review(
    permit: Permit<Decide>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewReview>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(&mut draft)?;
    permit.to_release(&id, command, draft, care.of(body.request)).await
}
