//! Reviews of a policy: recording one, asking for one, and what asked for each.

use super::decide::published;
use crate::api::body::{Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::permit::{Act, Permit, Read};
use crate::api::problem::Problem;
use crate::api::sent::{Landed, Pair, Sent};
use crate::app::{App, Draft};
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::policy::PolicyRef;
use countersign_core::register::{PolicyReview, RegisterCommand, ReviewCommand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a review came to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPolicyReview {
    /// `keep` or `revise`.
    pub outcome: String,
    /// What was found.
    pub text: String,
}

/// Why a review is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedReview {
    /// `process`, `tooling`, `failures` or `annual`.
    pub trigger: String,
    /// What happened.
    pub text: String,
}

/// Reviews of a policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyReviews {
    /// The day the next regular review is due.
    pub next_review: Option<String>,
    /// Every review that was asked for, the oldest first.
    pub items: Vec<PolicyReviewView>,
}

/// A review of a policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyReviewView {
    /// Its number.
    pub number: u32,
    /// What asked for it: `annual`, `process`, `tooling` or `failures`.
    pub trigger: String,
    /// What changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// Which releases failed, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailureView>,
    /// What somebody said who asked for it.
    pub asked_because: Option<String>,
    /// Since when it is open (RFC 3339).
    pub opened_at: String,
    /// `open`, `keep` or `revise`.
    pub state: String,
    /// Who reviewed the policy, by id.
    pub reviewed_by: Option<String>,
    /// When (RFC 3339).
    pub reviewed_at: Option<String>,
    /// What was found.
    pub text: Option<String>,
}

/// One way in which a release failed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FailureView {
    /// The release.
    pub release: String,
    /// `rejected`, `rolled_back`, `suspended`, `confirmation_missed` or `incident`.
    pub kind: String,
    /// When (RFC 3339).
    pub at: String,
}

/// Records a review of a policy; every open review of it is closed by it.
#[utoipa::path(post, path = "/policies/{name}/{version}/review", tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name"),
        ("version" = String, Path, description = "Its version")
    ),
    request_body = NewPolicyReview,
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn review(sent: Sent<Act, NewPolicyReview, Pair>) -> Landed {
    sent.to_policy(reviewed).await
}

/// The command of a review; shared by every face that records one.
pub fn reviewed(
    policy: PolicyRef,
    new: &NewPolicyReview,
    draft: &mut Draft,
) -> Result<RegisterCommand, Failure> {
    let outcome = parse("outcome", new.outcome.trim())?;
    let text = draft.text("text", &new.text)?;
    Ok(RegisterCommand::Review(ReviewCommand::Review { policy, outcome, text }))
}

/// Asks for a review of a policy.
#[utoipa::path(post, path = "/policies/{name}/{version}/reviews", tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name"),
        ("version" = String, Path, description = "Its version")
    ),
    request_body = AskedReview,
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn ask(sent: Sent<Act, AskedReview, Pair>) -> Landed {
    sent.to_policy(asked).await
}

/// The command that asks for a review; shared by every face.
pub fn asked(
    policy: PolicyRef,
    new: &AskedReview,
    draft: &mut Draft,
) -> Result<RegisterCommand, Failure> {
    let kind = parse("trigger", new.trigger.trim())?;
    let text = draft.text("text", &new.text)?;
    Ok(RegisterCommand::Review(ReviewCommand::Ask { policy, kind, text }))
}

/// Lists what asked for reviews of a policy, with the facts, and what they came to.
#[utoipa::path(get, path = "/policies/{name}/{version}/reviews", tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name"),
        ("version" = String, Path, description = "Its version")
    ),
    responses((status = 200, body = PolicyReviews), (status = "4XX", body = Problem))
)]
pub async fn list(
    permit: Permit<Read>,
    Path((name, version)): Path<(String, String)>,
) -> Result<Json<PolicyReviews>, Problem> {
    let policy = published(&permit.app, &name, &version).await?;
    Ok(Json(of(&permit.app, &policy).await?))
}

/// The reviews of a policy, with the texts that belong to them.
pub async fn of(app: &App, policy: &PolicyRef) -> Result<PolicyReviews, Failure> {
    let register = app.register().await?.state;
    let published = register.published_policy(policy);
    let next = published.zip(register.calendar());
    let next = next.and_then(|(published, calendar)| published.next_review(&calendar));
    let reviews = register.policy_reviews.iter().filter(|one| &one.policy == policy);
    let reviews: Vec<&PolicyReview> = reviews.collect();
    let said = reviews.iter().flat_map(|one| {
        one.trigger.text.into_iter().chain(one.closed.as_ref().map(|closed| closed.text))
    });
    let digests: Vec<_> = said.map(|text| text.digest()).collect();
    let texts = app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: &countersign_core::text::Text| texts.get(&text.digest()).cloned();
    let items = reviews.into_iter().map(|one| PolicyReviewView {
        number: one.number,
        trigger: one.trigger.kind.to_string(),
        changed: one.trigger.changed.clone(),
        failures: one
            .trigger
            .failures
            .iter()
            .map(|failure| FailureView {
                release: failure.release.to_string(),
                kind: failure.kind.to_string(),
                at: failure.at.to_string(),
            })
            .collect(),
        asked_because: one.trigger.text.as_ref().and_then(text),
        opened_at: one.opened_at.to_string(),
        state: one.closed.as_ref().map_or("open", |closed| closed.outcome.word()).to_owned(),
        reviewed_by: one.closed.as_ref().map(|closed| closed.by.to_string()),
        reviewed_at: one.closed.as_ref().map(|closed| closed.at.to_string()),
        text: one.closed.as_ref().and_then(|closed| text(&closed.text)),
    });
    Ok(PolicyReviews { next_review: next.map(|day| day.to_string()), items: items.collect() })
}
