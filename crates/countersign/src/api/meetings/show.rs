//! `GET /meetings/{meeting}`: a session with its members, its table, its votes and its minutes.

use crate::api::body::{Path, parse};
use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::response::Response;
use countersign_core::digest::TextDigest;
use countersign_core::meeting::{Ballot, Item, Meeting, Topic};
use countersign_core::name::MeetingId;
use countersign_core::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A session.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MeetingView {
    /// Its identifier.
    pub meeting: String,
    /// What people call it.
    pub title: String,
    /// When it takes place (RFC 3339).
    pub at: String,
    /// Where it stands: `called`, `open`, `closed`, `cancelled`.
    pub state: String,
    /// Why it was called out of turn, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<String>,
    /// The committee's role.
    pub role: String,
    /// The role that chairs.
    pub chair: String,
    /// How many members must have voted on an item.
    pub quorum: u32,
    /// What carries an item: `majority`, `two_thirds`, `unanimity`.
    pub decides_by: String,
    /// The members, by id, once it is open.
    pub members: Vec<String>,
    /// What lies on the table.
    pub items: Vec<ItemView>,
    /// The minutes, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<String>,
    /// The digest of the file that holds them in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_file: Option<String>,
}

/// Something on the table.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ItemView {
    /// Its number.
    pub number: u32,
    /// What people call it.
    pub title: String,
    /// The release it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Where it stands: `open`, `carried`, `turned_down`, `undecided`, `replaced`, `postponed`.
    pub state: String,
    /// The votes, in their order.
    pub votes: Vec<VoteView>,
    /// Who stepped back, by id.
    pub recused: Vec<String>,
    /// Who voted against the outcome, by id.
    pub dissent: Vec<String>,
}

/// A vote.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VoteView {
    /// Who, by id.
    pub person: String,
    /// `yes`, `no` or `abstain`.
    pub vote: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When (RFC 3339).
    pub at: String,
}

/// Every text of a session, by digest.
pub fn texts_of(meeting: &Meeting) -> Vec<TextDigest> {
    let call = meeting.call.iter().filter_map(|call| call.urgent);
    let minutes = meeting.minutes.iter().map(|(text, _)| *text);
    let votes = meeting.items.values().flat_map(|item| &item.votes);
    let votes = votes.filter_map(|ballot| ballot.reason);
    let matters = meeting.items.values().filter_map(|item| match item.topic {
        Topic::Matter { text, .. } => Some(text),
        Topic::Release { .. } | Topic::Policy { .. } | Topic::Review { .. } => None,
    });
    call.chain(minutes).chain(votes).chain(matters).map(Text::digest).collect()
}

type Texts = BTreeMap<TextDigest, String>;

fn said(texts: &Texts, text: Option<Text>) -> Option<String> {
    let gone = || "(this text was erased)".to_owned();
    text.map(|text| texts.get(&text.digest()).cloned().unwrap_or_else(gone))
}

fn vote(texts: &Texts, ballot: &Ballot) -> VoteView {
    VoteView {
        person: ballot.person.to_string(),
        vote: ballot.vote.word().to_owned(),
        reason: said(texts, ballot.reason),
        at: ballot.at.to_string(),
    }
}

fn item(texts: &Texts, (number, item): (&u32, &Item)) -> ItemView {
    ItemView {
        number: *number,
        title: item.title.clone(),
        release: item.topic.release().map(ToString::to_string),
        state: item.state.word().to_owned(),
        votes: item.votes.iter().map(|ballot| vote(texts, ballot)).collect(),
        recused: item.recused.keys().map(ToString::to_string).collect(),
        dissent: item.dissenters().map(|ballot| ballot.person.to_string()).collect(),
    }
}

/// Shows a session.
#[utoipa::path(get, path = "/meetings/{meeting}", tag = "committee",
    params(("meeting" = String, Path, description = "The session's identifier")),
    responses((status = 200, body = MeetingView), (status = "4XX", body = Problem))
)]
pub async fn show(permit: Permit<Read>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: MeetingId = parse("session", &id)?;
    let loaded = permit.app.meeting(&id).await?;
    let meeting = &loaded.state;
    let call = meeting.call.as_ref().ok_or_else(|| Failure::not_found("session", &id))?;
    let texts = permit.app.store.texts(&texts_of(meeting)).await.doing("read texts")?;
    let minutes = meeting.minutes.as_ref();
    Ok(tagged(
        loaded.version,
        MeetingView {
            meeting: id.to_string(),
            title: call.title.clone(),
            at: call.at.to_string(),
            state: meeting.state.word().to_owned(),
            urgent: said(&texts, call.urgent),
            role: call.rules.role.to_string(),
            chair: call.rules.chair.to_string(),
            quorum: call.rules.quorum,
            decides_by: call.rules.decides_by.word().to_owned(),
            members: meeting.members.iter().map(ToString::to_string).collect(),
            items: meeting.items.iter().map(|one| item(&texts, one)).collect(),
            minutes: said(&texts, minutes.map(|(text, _)| *text)),
            minutes_file: minutes
                .and_then(|(_, file)| file.as_ref().map(|file| file.sha256.to_string())),
        },
    ))
}
