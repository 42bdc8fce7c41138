//! `POST /meetings/{meeting}/items/{number}/vote`, `/recuse` and `/close`: what becomes of an item.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Decide, Permit};
use crate::api::problem::Problem;
use crate::api::releases::withdraw::Because;
use crate::app::Draft;
use crate::failure::Failure;
use axum::Json;
use countersign_core::meeting::{MeetingCommand, Objection, Vote};
use countersign_core::release::RejectionReason;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A vote.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVote {
    /// `yes`, `no` or `abstain`.
    pub vote: String,
    /// Why; asked for with anything but a yes.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The end of an item.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The chair's statement; asked for when the votes turn the item down, and for every look
    /// afterwards.
    #[serde(default)]
    pub statement: Option<String>,
    /// Why it is turned down, as a word that can be counted: `insufficient_evidence` …; `misuse`
    /// says that an emergency was used for convenience.
    #[serde(default)]
    pub because: Option<String>,
}

impl NewVote {
    /// Checks the vote.
    pub fn checked(&self, number: u32, draft: &mut Draft) -> Result<MeetingCommand, Failure> {
        let known = Vote::ALL.into_iter().find(|one| one.word() == self.vote);
        let unknown = || Failure::malformed("vote", "use `yes`, `no` or `abstain`");
        let vote = known.ok_or_else(unknown)?;
        let reason = draft.optional("reason", self.reason.as_deref())?;
        Ok(MeetingCommand::Cast { number, vote, reason })
    }
}

impl Closing {
    /// Checks the closing of an item.
    pub fn checked(&self, number: u32, draft: &mut Draft) -> Result<MeetingCommand, Failure> {
        let statement = draft.optional("statement", self.statement.as_deref())?;
        let word = self.because.as_deref().filter(|word| !word.is_empty());
        let because = match word {
            None => None,
            Some("misuse") => Some(Objection::Misuse),
            Some(word) => {
                let known = RejectionReason::ALL.into_iter().find(|one| one.word() == word);
                let words: Vec<&str> =
                    RejectionReason::ALL.into_iter().map(RejectionReason::word).collect();
                let message =
                    format!("use one of {}, or misuse for an emergency", words.join(", "));
                let known = known.ok_or_else(|| Failure::malformed("because", message))?;
                Some(Objection::Rejected(known))
            }
        };
        Ok(MeetingCommand::CloseItem { number, statement, because })
    }
}

/// Votes on an item. A member votes once, and not on a release of his own where the policy says so.
#[utoipa::path(post, path = "/meetings/{meeting}/items/{number}/vote", tag = "committee",
    request_body = NewVote,
    params(
        ("meeting" = String, Path, description = "The session's identifier"),
        ("number" = u32, Path, description = "The item's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn cast(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<NewVote>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(parse("number", &number)?, &mut draft)?;
    permit.to_meeting(&id, command, draft, care.of(body.request)).await
}

/// Steps back from an item.
#[utoipa::path(post, path = "/meetings/{meeting}/items/{number}/recuse", tag = "committee",
    request_body = Because,
    params(
        ("meeting" = String, Path, description = "The session's identifier"),
        ("number" = u32, Path, description = "The item's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn recuse(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Because>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let reason = draft.text("reason", &body.value.reason)?;
    let command = MeetingCommand::Recuse { number: parse("number", &number)?, reason };
    permit.to_meeting(&id, command, draft, care.of(body.request)).await
}

/// Closes an item once a quorum has voted. What is carried becomes approvals of the release or the
/// policy, what is turned down its rejection, in the same breath.
#[utoipa::path(post, path = "/meetings/{meeting}/items/{number}/close", tag = "committee",
    request_body = Closing,
    params(
        ("meeting" = String, Path, description = "The session's identifier"),
        ("number" = u32, Path, description = "The item's number")
    ),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn close_item(
    permit: Permit<Decide>,
    Path((id, number)): Path<(String, String)>,
    care: Care,
    body: Body<Closing>,
) -> Result<Json<ReceiptBody>, Problem> {
    let mut draft = Draft::default();
    let command = body.value.checked(parse("number", &number)?, &mut draft)?;
    permit.to_meeting(&id, command, draft, care.of(body.request)).await
}
