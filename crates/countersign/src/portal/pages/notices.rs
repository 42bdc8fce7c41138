//! What the visitor was told: reminders, escalations, and what became theirs to do.

use crate::failure::Doing;
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, empty, form, heading, pagination};
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::paths;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect};
use countersign_core::notice::{Addressee, Notice, NoticeKind};
use countersign_core::rows::TaskRow;
use countersign_core::stream::StreamId;
use countersign_store::{ListedNotice, NoticeCursor, NoticeQuery, ReadOrNot};
use jiff::Timestamp;
use maud::{Markup, html};

/// How many are shown at once, and marked at once.
const SHOWN: u32 = 50;

/// The page.
#[derive(Debug, Clone)]
pub struct Notices {
    /// What was told, the newest first.
    pub told: Vec<Told>,
    /// The path of this page's first page, unless this is it.
    pub first: Option<String>,
    /// The path of the next page.
    pub next: Option<String>,
}

/// Something the visitor was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its identifier.
    pub id: String,
    /// Why.
    pub kind: NoticeKind,
    /// What is to be done.
    pub title: String,
    /// Where.
    pub path: String,
    /// The role whose holders were told; empty when it is one person's.
    pub role: String,
    /// When it was told.
    pub at: Timestamp,
    /// When it should be done.
    pub due: Option<Timestamp>,
    /// Whether the visitor has marked it.
    pub read: Read,
}

/// Whether a notice was marked as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// It was.
    Yes,
    /// It was not.
    No,
}

impl Notices {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let told = |kind: NoticeKind, title: &str, role: &str, read: Read| Told {
            id: "n-0123456789abcdef01234567".into(),
            kind,
            title: title.into(),
            path: "/releases/r-000000000000".into(),
            role: role.into(),
            at: "2026-05-11T07:00:00Z".parse().unwrap_or_default(),
            due: "2026-05-12T17:00:00Z".parse().ok(),
            read,
        };
        let late = "Security review for extraction and abuse for triage-lora r7";
        let confirm = "Confirm operation in production for router v2";
        let decide = "Decide: technical sign-off for summarizer v1.4";
        let all = vec![
            told(NoticeKind::Escalation, late, "AI Governance Lead", Read::No),
            told(NoticeKind::Reminder, confirm, "", Read::No),
            told(NoticeKind::Assigned, decide, "", Read::Yes),
        ];
        let path = || Some("/notices?at=x".to_owned());
        vec![
            Self { told: all, first: None, next: path() },
            Self { told: Vec::new(), first: None, next: None },
        ]
    }

    fn unread(&self) -> Vec<&Told> {
        self.told.iter().filter(|one| one.read == Read::No).collect()
    }
}

impl Page for Notices {
    fn title(&self) -> String {
        "Notices".into()
    }

    fn section(&self) -> Section {
        Section::Inbox
    }

    fn main(&self, shell: &Shell) -> Markup {
        let (some, unread) = (self.told.first(), self.unread());
        html! {
            (heading::back("/inbox", "Waiting for you"))
            h1 { "Notices" }
            p { "What you were told, once each. What there is to do stays in your inbox until it is done." }
            @if some.is_some() {
                ul.cards { @for told in &self.told { li { (one(told, shell)) } } }
                section {
                    @if let Some(count) = unread_words(unread.len()) {
                        @let ids: Vec<_> = unread.iter().map(|one| ("notice", one.id.as_str())).collect();
                        (form::post("/notices", shell, html! {
                            (form::hidden(&ids))
                            (button::submit(&format!("Mark {count} as read")))
                        }))
                    }
                }
            } @else {
                (empty::render(
                    "Nothing was told to you.",
                    "A reminder appears here before something of yours is due, and an escalation when somebody else's is late.",
                    Some(button::second_link("/inbox", "Look at what waits for you")),
                ))
            }
            (pagination::render(self.first.as_deref(), self.next.as_deref()))
            @if shell.keeps_people() {
                p { a href="/notices/undelivered" { "Notices that could not be delivered" } }
            }
        }
    }
}

fn unread_words(count: usize) -> Option<String> {
    Some(words::count(count, "notice", "notices")).filter(|_| count > 0)
}

fn one(told: &Told, shell: &Shell) -> Markup {
    let role = Some(&told.role).filter(|role| !role.is_empty());
    html! {
        div.what {
            h2 { a href=(told.path) { (told.title) } }
            p.hint {
                @if told.read == Read::No { "New. " }
                "Told " (shell.zone.moment(told.at))
                @if let Some(role) = role { ", as " (role) }
            }
        }
        div.where {
            (tag::render(&Tag::new(told.kind.human(), tone(told.kind))))
            @if let Some(due) = told.due { p.hint { "Due " (shell.zone.moment(due)) } }
        }
    }
}

fn tone(kind: NoticeKind) -> Tone {
    match kind {
        NoticeKind::Assigned => Tone::Quiet,
        NoticeKind::Reminder => Tone::Warn,
        NoticeKind::Escalation => Tone::Bad,
    }
}

/// Where on the portal what a notice is about is done.
pub fn path_of(notice: &Notice) -> String {
    let (person, role) = match &notice.to {
        Addressee::Person(person) => (Some(person.clone()), None),
        Addressee::Role(role) => (None, Some(role.clone())),
    };
    let (subject, task) = (notice.subject.clone(), notice.task.clone());
    match (notice.kind, &notice.subject) {
        // Whoever hears that it is late does not do it: they look at what it is about.
        (NoticeKind::Escalation, StreamId::Release(release)) => format!("/releases/{release}"),
        _ => {
            let (title, due) = (notice.title.clone(), notice.due);
            paths::of_task(&TaskRow { subject, task, title, person, role, due })
        }
    }
}

/// How many notices the visitor has not marked, as far as one page goes.
pub async fn unread(visitor: &Visitor) -> Result<usize, crate::portal::wrong::Wrong> {
    let query = NoticeQuery { which: ReadOrNot::Unread, ..wanted(visitor, None) };
    let page = visitor.app.store.notices(&query).await.doing("count notices")?;
    Ok(page.items.len())
}

fn wanted(visitor: &Visitor, after: Option<NoticeCursor>) -> NoticeQuery {
    NoticeQuery {
        person: visitor.person.clone(),
        roles: visitor.actor().all_roles().into_iter().collect(),
        which: ReadOrNot::All,
        after,
        limit: SHOWN,
    }
}

/// `GET /notices`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let query = Typed::decode(query.unwrap_or_default().as_bytes());
    let wanted = wanted(&visitor, cursor(&query));
    let page = visitor.app.store.notices(&wanted).await.doing("list notices")?;
    let mut told = Vec::with_capacity(page.items.len());
    for listed in page.items {
        told.push(shown(&visitor, listed).await?);
    }
    let first = wanted.after.map(|_| "/notices".to_owned());
    visitor.page(&Notices { told, first, next: page.next.map(|next| path_after(&next)) })
}

/// `POST /notices`: marks what the page showed as read.
pub async fn read(post: Post) -> Answer {
    let (app, now) = (&post.visitor.app, post.visitor.app.clock.now());
    let ids: Vec<String> = post.typed.all("notice").map(str::to_owned).collect();
    let ids = &ids[..ids.len().min(SHOWN as usize)];
    let marked = app.store.read_notices(&post.visitor.person, ids, now).await;
    marked.doing("mark notices as read")?;
    Ok(Redirect::to("/notices").into_response())
}

async fn shown(
    visitor: &Visitor,
    listed: ListedNotice,
) -> Result<Told, crate::portal::wrong::Wrong> {
    let notice = &listed.kept.notice;
    let role = match &notice.to {
        Addressee::Person(_) => String::new(),
        Addressee::Role(role) => visitor.role_title(role).await?,
    };
    Ok(Told {
        id: notice.id(),
        kind: notice.kind,
        title: words::capital(&notice.title),
        path: path_of(notice),
        role,
        at: listed.kept.at,
        due: notice.due,
        read: if listed.read_at.is_some() { Read::Yes } else { Read::No },
    })
}

fn cursor(query: &Typed) -> Option<NoticeCursor> {
    let at = query.filled("at")?.parse().ok()?;
    Some(NoticeCursor { at, id: query.filled("id")?.to_owned() })
}

fn path_after(cursor: &NoticeCursor) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("at", &cursor.at.to_string()).append_pair("id", &cursor.id);
    format!("/notices?{}", query.finish())
}
