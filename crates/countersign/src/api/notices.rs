//! `/notices`: what the caller was told, what of it is read, and what could not be sent.

use crate::api::body::{Body, Query};
use crate::api::cursor;
use crate::api::headers::Care;
use crate::api::once::Repeatable;
use crate::api::permit::{Act, Inspect, Permit};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::notice::Addressee;
use countersign_core::stream::StreamId;
use countersign_store::{Dispatched, ListedNotice, NoticeCursor, NoticeQuery, ReadOrNot};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which notices.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only those not marked as read.
    #[serde(default)]
    unread: bool,
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of notices, the newest first.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NoticePage {
    /// The notices.
    pub items: Vec<NoticeItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something the caller was told.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NoticeItem {
    /// Its identifier, the same on every channel.
    pub id: String,
    /// Why: `assigned`, `reminder`, `escalation`.
    pub kind: String,
    /// How far it went up: 0 for whoever has to do it, 1 for the first escalation, 2 for the next.
    pub level: u32,
    /// What it is about: `release/r-…`.
    pub subject: String,
    /// The release it is about, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The task in that history: `confirm/production`.
    pub task: String,
    /// What is to be done.
    pub title: String,
    /// The role whose holders were told; absent when it is one person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// When it is due (RFC 3339).
    pub due: Option<String>,
    /// When it was told (RFC 3339).
    pub at: String,
    /// When the caller marked it as read (RFC 3339); absent when not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<String>,
}

impl From<ListedNotice> for NoticeItem {
    fn from(listed: ListedNotice) -> Self {
        let notice = listed.kept.notice;
        Self {
            id: notice.id(),
            kind: notice.kind.word().to_owned(),
            level: notice.level,
            release: match &notice.subject {
                StreamId::Release(id) => Some(id.to_string()),
                StreamId::Model(_)
                | StreamId::Meeting(_)
                | StreamId::Incident(_)
                | StreamId::Risk(_)
                | StreamId::Sandbox(_)
                | StreamId::Register => None,
            },
            subject: notice.subject.to_string(),
            task: notice.task,
            title: notice.title,
            role: match notice.to {
                Addressee::Person(_) => None,
                Addressee::Role(role) => Some(role.to_string()),
            },
            due: notice.due.map(|due| due.to_string()),
            at: listed.kept.at.to_string(),
            read_at: listed.read_at.map(|at| at.to_string()),
        }
    }
}

/// Lists what the caller was told, as a person and in the roles held now.
#[utoipa::path(get, path = "/notices", params(Wanted), tag = "releases", responses(
    (status = 200, body = NoticePage), (status = "4XX", body = Problem)
))]
pub async fn list(
    permit: Permit<Act>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<NoticePage>, Problem> {
    let person = permit.person()?;
    let register = permit.app.register().await?.state;
    let roles = register.actor(person, permit.app.clock.now()).all_roles();
    let query = NoticeQuery {
        person: person.clone(),
        roles: roles.into_iter().collect(),
        which: if wanted.unread { ReadOrNot::Unread } else { ReadOrNot::All },
        after: wanted.after.as_deref().map(read_cursor).transpose()?,
        limit: wanted.limit.unwrap_or(50).clamp(1, 200),
    };
    let page = permit.app.store.notices(&query).await.doing("list notices")?;
    Ok(Json(NoticePage {
        items: page.items.into_iter().map(NoticeItem::from).collect(),
        next: page.next.as_ref().map(write_cursor),
    }))
}

/// Which notices were read.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Their identifiers, at most 200.
    pub notices: Vec<String>,
}

/// How many notices were marked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Marked {
    /// How many were not marked before.
    pub marked: u64,
}

impl Repeatable for Marked {}

/// The most notices marked at once.
const AT_ONCE: usize = 200;

/// Marks notices as read, for the caller alone.
#[utoipa::path(post, path = "/notices/read", request_body = Read, tag = "releases", responses(
    (status = 200, body = Marked), (status = "4XX", body = Problem)
))]
pub async fn read(
    permit: Permit<Act>,
    care: Care,
    body: Body<Read>,
) -> Result<Json<Marked>, Problem> {
    let ids = body.value.notices;
    let work = async {
        if ids.len() > AT_ONCE {
            let message = format!("{} notices at once: name at most {AT_ONCE}", ids.len());
            return Err(Failure::malformed("notices", message));
        }
        let now = permit.app.clock.now();
        let marked = permit.app.store.read_notices(permit.person()?, &ids, now).await;
        Ok(Marked { marked: marked.doing("mark notices as read")? })
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageWanted {
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of messages that were given up.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct UndeliveredPage {
    /// The messages.
    pub items: Vec<Undelivered>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A message that could not be sent and is not tried again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Undelivered {
    /// The notice's identifier.
    pub notice: String,
    /// How: `email` or `webhook`.
    pub channel: String,
    /// To whom: a person's identifier, or a webhook's name.
    pub recipient: String,
    /// How many attempts were made.
    pub attempts: u32,
    /// Why the last one failed.
    pub error: Option<String>,
    /// When the last one was made (RFC 3339).
    pub attempted_at: Option<String>,
}

impl From<Dispatched> for Undelivered {
    fn from(dead: Dispatched) -> Self {
        Self {
            channel: dead.dispatch.channel.word().to_owned(),
            recipient: dead.dispatch.channel.recipient().to_owned(),
            notice: dead.dispatch.notice,
            attempts: dead.attempts,
            error: dead.last_error,
            attempted_at: dead.attempted_at.map(|at| at.to_string()),
        }
    }
}

/// Lists the messages that were given up: whoever they are for finds the notice in the list all
/// the same.
#[utoipa::path(get, path = "/notices/undelivered", params(PageWanted), tag = "settings",
    responses((status = 200, body = UndeliveredPage), (status = "4XX", body = Problem))
)]
pub async fn undelivered(
    permit: Permit<Inspect>,
    Query(wanted): Query<PageWanted>,
) -> Result<Json<UndeliveredPage>, Problem> {
    let limit = wanted.limit.unwrap_or(50).clamp(1, 200);
    let page = permit.app.store.dead_dispatches(wanted.after.as_deref(), limit).await;
    let page = page.doing("list messages given up")?;
    let items = page.items.into_iter().map(Undelivered::from).collect();
    Ok(Json(UndeliveredPage { items, next: page.next }))
}

/// A cursor as text: opaque to the caller, checked when it comes back.
fn write_cursor(cursor: &NoticeCursor) -> String {
    cursor::write(&[&cursor.at.to_string(), &cursor.id])
}

/// A cursor that came back.
fn read_cursor(text: &str) -> Result<NoticeCursor, Failure> {
    let [at, id] = cursor::read(text)?;
    Ok(NoticeCursor { at: cursor::part(&at)?, id })
}
