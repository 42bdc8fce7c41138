//! One notice to one webhook endpoint that asked for them.

use super::Outcome;
use super::hand_out::SENT;
use super::words;
use crate::app::App;
use crate::failure::{Doing, Failure};
use crate::jobs::webhook::{self, Held, Parcel, Shape};
use countersign_core::notice::Addressee;
use countersign_store::{Dispatch, KeptNotice};
use jiff::Timestamp;
use serde::Serialize;

/// The body: always the same shape, whatever template the endpoint has for approvals.
#[derive(Debug, Serialize)]
struct Sent<'n> {
    r#type: &'static str,
    timestamp: Timestamp,
    data: Told<'n>,
}

#[derive(Debug, Serialize)]
struct Told<'n> {
    notice: &'n str,
    kind: &'static str,
    level: u32,
    subject: String,
    task: &'n str,
    title: &'n str,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'n str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'n str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Timestamp>,
    link: String,
}

pub(super) async fn send(
    app: &App,
    (dispatch, endpoint): (&Dispatch, &str),
    kept: &KeptNotice,
) -> Result<Outcome, Failure> {
    let body = serde_json::to_vec(&body(app, dispatch, kept)).doing("write a notice")?;
    let id = format!("msg_{}", dispatch.id);
    let parcel = Parcel { id: &id, endpoint, body: &body, shape: Shape::Standard };
    Ok(match webhook::attempt(app, &parcel).await? {
        webhook::Outcome::Noted | webhook::Outcome::Taken { .. } => Outcome::Taken,
        webhook::Outcome::Held(Held::UntilResumed(why) | Held::UntilConfigured(why))
        | webhook::Outcome::Failed(why) => Outcome::Failed(why),
        webhook::Outcome::Over(why) => Outcome::Over(why),
    })
}

fn body<'n>(app: &App, dispatch: &'n Dispatch, kept: &'n KeptNotice) -> Sent<'n> {
    let notice = &kept.notice;
    let (person, role) = match &notice.to {
        Addressee::Person(person) => (Some(person.as_str()), None),
        Addressee::Role(role) => (None, Some(role.as_str())),
    };
    Sent {
        r#type: SENT,
        timestamp: kept.at,
        data: Told {
            notice: &dispatch.notice,
            kind: notice.kind.word(),
            level: notice.level,
            subject: notice.subject.to_string(),
            task: &notice.task,
            title: &notice.title,
            person,
            role,
            due: notice.due,
            link: words::link(app, notice),
        },
    }
}
