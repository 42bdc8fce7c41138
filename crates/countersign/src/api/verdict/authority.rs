//! What an allow on verbal authority says of itself: whose word it is, until when it holds, and
//! what is owed for it.

use crate::app::View;
use countersign_core::blocker::Reason;
use countersign_core::release::urgent::emergency::Answer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Verbal authority, which is a claim of the Model Owner until it is confirmed, and no approval.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AuthorityView {
    /// Who is said to have given it, by name.
    pub by: String,
    /// When (RFC 3339).
    pub given_at: String,
    /// How: `phone`, `in_person`, `message`.
    pub means: String,
    /// Why it could not wait: `security_vulnerability`.
    pub ground: String,
    /// Whether that person confirmed it.
    pub confirmed: bool,
    /// While it is not: the last moment at which it holds without that (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_by: Option<String>,
    /// By when written approval and full papers are due (RFC 3339); absent before the deployment
    /// is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub papers_due: Option<String>,
    /// How long after the deployment they are due: `5 business days`.
    pub papers_within: String,
    /// What the papers lack now, a sentence each.
    pub lacks: Vec<String>,
}

pub(super) fn of(view: &View) -> Option<AuthorityView> {
    let release = &view.release.state;
    let emergency = release.on_authority()?;
    let claim = &emergency.claim;
    let confirmed = matches!(emergency.answer, Some(Answer::Confirmed { .. }));
    let terms = claim.settings.emergency.as_ref();
    let blockers = view.report.iter().flat_map(|report| &report.blockers);
    let papers = blockers.filter(|one| !matches!(one.reason, Reason::AuthorityUnconfirmed { .. }));
    Some(AuthorityView {
        by: view.name(&claim.authority.by).to_owned(),
        given_at: claim.authority.at.to_string(),
        means: claim.authority.means.word().to_owned(),
        ground: claim.ground.word().to_owned(),
        confirmed,
        confirm_by: (!confirmed).then(|| claim.confirm_by.to_string()),
        papers_due: emergency.papers.as_ref().map(|papers| papers.due.to_string()),
        papers_within: terms.map(|terms| terms.papers_within.to_string()).unwrap_or_default(),
        lacks: papers.map(ToString::to_string).collect(),
    })
}
