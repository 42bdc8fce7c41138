//! An emergency as the API shows it on its release.

use crate::app::View;
use countersign_core::release::urgent::emergency::Answer;
use countersign_core::release::urgent::spoken::Spoken;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An emergency on verbal authority.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EmergencyView {
    /// `holds` while it may run on the authority alone, `over` when it may not any more, `settled`
    /// once it was decided in writing.
    pub state: String,
    /// The same in one sentence.
    pub sentence: String,
    /// Why it could not wait, as a word: `security_vulnerability`.
    pub ground: String,
    /// The same in the owner's words.
    pub explanation: String,
    /// Who is said to have given authority, by name.
    pub authority_by: String,
    /// When it was given (RFC 3339).
    pub authority_at: String,
    /// What that person said since: `confirmed` or `denied`; absent while they are asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// By when that person confirms it (RFC 3339).
    pub confirm_by: String,
    /// When the verdict ends by itself (RFC 3339); absent while nothing ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Whether it was deployed on the authority.
    pub runs: bool,
    /// By when written approval and papers are due (RFC 3339); absent before it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub papers_due: Option<String>,
}

impl EmergencyView {
    /// The emergency of a release; nothing when it is none.
    pub fn of(view: &View) -> Option<Self> {
        let release = &*view.release.state;
        let emergency = release.urgent.emergency.as_ref()?;
        let spoken = release.spoken(view.at)?;
        let claim = &emergency.claim;
        let (state, until) = match &spoken {
            Spoken::Holds { until } => ("holds", until.as_ref().map(|until| until.at)),
            Spoken::Over { .. } => ("over", None),
            Spoken::Settled => ("settled", None),
        };
        Some(Self {
            state: state.to_owned(),
            sentence: sentence(view, &spoken, |at| at.to_string())?,
            ground: claim.ground.word().to_owned(),
            explanation: view.text(&claim.explanation).to_owned(),
            authority_by: view.name(&claim.authority.by).to_owned(),
            authority_at: claim.authority.at.to_string(),
            answer: emergency.answer.as_ref().map(|answer| match answer {
                Answer::Confirmed { .. } => "confirmed".to_owned(),
                Answer::Denied { .. } => "denied".to_owned(),
            }),
            confirm_by: claim.confirm_by.to_string(),
            until: until.map(|until| until.to_string()),
            runs: emergency.papers.is_some(),
            papers_due: emergency.papers.as_ref().map(|papers| papers.due.to_string()),
        })
    }
}

/// What an emergency lets run, on whose word, until when, and what is owed for it.
pub fn sentence(
    view: &View,
    spoken: &Spoken,
    moment: impl Fn(jiff::Timestamp) -> String,
) -> Option<String> {
    let emergency = view.release.state.urgent.emergency.as_ref()?;
    let who = view.name(&emergency.claim.authority.by);
    let runs = if emergency.papers.is_some() { "It runs" } else { "It may run" };
    let owed = match &emergency.papers {
        Some(papers) => format!("Written approval and papers are due {}.", moment(papers.due)),
        None => "Once it runs, written approval and papers are owed.".to_owned(),
    };
    Some(match spoken {
        Spoken::Holds { until: Some(until) } => {
            let (until, why) = (moment(until.at), ends(&until.code));
            format!("{runs} on verbal authority of {who} until {until}, {why}. {owed}")
        }
        Spoken::Holds { until: None } => {
            format!("{runs} on verbal authority of {who}, who confirmed it. {owed}")
        }
        Spoken::Over { code } => {
            format!("It must not run on verbal authority of {who}: {}.", over(code))
        }
        Spoken::Settled => {
            format!("It was an emergency on verbal authority of {who}, and was decided in writing.")
        }
    })
}

/// What has to happen before an allowance ends by itself.
fn ends(code: &str) -> &'static str {
    match code {
        "authority.unconfirmed" => "unless that is confirmed before",
        "confirmation.missed" => "unless the deployment is confirmed before",
        _ => "unless the papers come before",
    }
}

/// Why nothing may run on it any more.
fn over(code: &str) -> String {
    match code {
        "authority.unconfirmed" => "nobody confirmed it in time".to_owned(),
        "release.authority_denied" => "it was denied".to_owned(),
        "papers.overdue" => "its papers are overdue".to_owned(),
        "confirmation.missed" => "its deployment was not confirmed in time".to_owned(),
        other => {
            format!("the release is {}", other.replace("release.", "").replace(['_', '.'], " "))
        }
    }
}
