//! Conditions, exceptions and change requests as the API shows them.

use super::present::who;
use crate::app::View;
use countersign_core::actor::Who;
use countersign_core::assess::ExceptionStatus;
use countersign_core::change_request::{AskedChange, Turn, Word};
use countersign_core::condition::OpenCondition;
use countersign_core::exception::{AskedException, Course};
use countersign_core::name::EvidenceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A condition.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConditionView {
    /// Its number.
    pub number: u32,
    /// What was promised.
    pub text: String,
    /// Who keeps it.
    pub owner: String,
    /// The role that set it, and accepts that it is met.
    pub set_by: String,
    /// By when (RFC 3339).
    pub due: String,
    /// The last moment at which the verdict is not yet a deny (RFC 3339).
    pub denies_after: String,
    /// `open`, `reported`, `overdue` (notice was given) or `closed`.
    pub state: String,
    /// Whether it is closed.
    pub closed: bool,
    /// The report that waits to be judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<WordView>,
    /// Why the last report was sent back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_back: Option<String>,
    /// What was said when it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

/// Something said about a condition or a change request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WordView {
    /// Who.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// `report`, `answer`, `insistence` or `settlement`.
    pub what: String,
    /// The words.
    pub text: String,
    /// What shows it.
    pub evidence: Vec<String>,
}

/// An exception.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ExceptionView {
    /// Its number.
    pub number: u32,
    /// What is waived: `criterion NAME` or `item NAME`.
    pub waives: String,
    /// `requested`, `granted`, `refused`, `revoked` or `expired`, now.
    pub state: String,
    /// Why.
    pub reason: String,
    /// What is done in its place.
    pub measures: String,
    /// The last moment at which it holds (RFC 3339).
    pub until: String,
    /// The number of the exception it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<u32>,
    /// Who asked.
    pub asked_by: String,
    /// When (RFC 3339).
    pub asked_at: String,
    /// Who accepted the risk.
    pub accepted: Vec<RiskView>,
    /// The roles that still have to accept the risk.
    pub awaits: Vec<String>,
    /// Why it was refused or revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// Somebody accepted a risk.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RiskView {
    /// Who.
    pub by: String,
    /// In which role.
    pub role: String,
    /// When (RFC 3339).
    pub at: String,
    /// In his words.
    pub text: String,
}

/// A change request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChangeRequestView {
    /// Its number.
    pub number: u32,
    /// `open`, `answered` or `settled`.
    pub state: String,
    /// The role in which it was made.
    pub role: String,
    /// What it is about, when that is not the whole release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Who asked.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// What is asked for.
    pub text: String,
    /// What was said since, oldest first.
    pub said: Vec<WordView>,
}

fn ids<'a>(evidence: impl IntoIterator<Item = &'a EvidenceId>) -> Vec<String> {
    evidence.into_iter().map(ToString::to_string).collect()
}

fn condition(view: &View, (number, open): (&u32, &OpenCondition)) -> ConditionView {
    let report = open.report.as_ref().map(|report| WordView {
        by: view.name(&report.by).to_owned(),
        at: report.at.to_string(),
        what: "report".into(),
        text: view.text(&report.statement).to_owned(),
        evidence: ids(&report.evidence),
    });
    ConditionView {
        number: *number,
        text: view.text(&open.condition.text).to_owned(),
        owner: view.name(&open.condition.owner).to_owned(),
        set_by: open.set_by.to_string(),
        due: open.due.to_string(),
        denies_after: open.denies_after.to_string(),
        state: open.state_word().to_owned(),
        closed: open.closed.is_some(),
        report,
        sent_back: open.sent_back.as_ref().map(|text| view.text(text).to_owned()),
        accepted: open.closed.as_ref().map(|(_, text)| view.text(text).to_owned()),
    }
}

fn exception(view: &View, status: &ExceptionStatus, asked: &AskedException) -> ExceptionView {
    let accepted = asked.accepted.iter().map(|(role, one)| RiskView {
        by: view.name(&one.by).to_owned(),
        role: role.to_string(),
        at: one.at.to_string(),
        text: view.text(&one.statement).to_owned(),
    });
    let because = match &asked.course {
        Course::Refused { reason, .. } | Course::Revoked { reason, .. } => Some(reason),
        Course::Requested | Course::Granted | Course::Expired { .. } => None,
    };
    ExceptionView {
        number: status.number,
        waives: status.waives.to_string(),
        state: status.state.clone(),
        reason: view.text(&asked.exception.reason).to_owned(),
        measures: view.text(&asked.exception.measures).to_owned(),
        until: status.until.to_string(),
        extends: asked.exception.extends,
        asked_by: view.name(&asked.asked_by).to_owned(),
        asked_at: asked.asked_at.to_string(),
        accepted: accepted.collect(),
        awaits: status.awaits.iter().map(ToString::to_string).collect(),
        because: because.map(|text| view.text(text).to_owned()),
    }
}

fn change_request(view: &View, (number, asked): (&u32, &AskedChange)) -> ChangeRequestView {
    let said = |word: &Word| {
        let (what, evidence) = match &word.turn {
            Turn::Answer(evidence) => ("answer", ids(evidence)),
            Turn::Insistence => ("insistence", Vec::new()),
            Turn::Settlement => ("settlement", Vec::new()),
        };
        WordView {
            by: view.name(&word.by).to_owned(),
            at: word.at.to_string(),
            what: what.into(),
            text: view.text(&word.text).to_owned(),
            evidence,
        }
    };
    ChangeRequestView {
        number: *number,
        state: asked.state_word().to_owned(),
        role: asked.request.role.to_string(),
        about: asked.request.about.as_ref().map(ToString::to_string),
        by: who(view, &Who::Person(asked.asked_by.clone())),
        at: asked.asked_at.to_string(),
        text: view.text(&asked.request.text).to_owned(),
        said: asked.said.iter().map(said).collect(),
    }
}

pub(super) fn conditions(view: &View) -> Vec<ConditionView> {
    view.release.state.conditions.iter().map(|one| condition(view, one)).collect()
}

pub(super) fn exceptions(view: &View) -> Vec<ExceptionView> {
    let statuses = view.report.iter().flat_map(|report| &report.exceptions);
    let shown = statuses.filter_map(|status| {
        let asked = view.release.state.exceptions.get(&status.number)?;
        Some(exception(view, status, asked))
    });
    shown.collect()
}

pub(super) fn change_requests(view: &View) -> Vec<ChangeRequestView> {
    view.release.state.change_requests.iter().map(|one| change_request(view, one)).collect()
}
