//! The inbox: what waits for the visitor, the earliest due first.

use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, empty, pagination};
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::moment::Due;
use crate::portal::pages::release::paths;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect};
use countersign_core::rows::TaskRow;
use countersign_store::{TaskCursor, TaskQuery};
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// What waits.
    pub tasks: Vec<Waiting>,
    /// How many notices the visitor has not read.
    pub unread: usize,
    /// The path of this page's first page, unless this is it.
    pub first: Option<String>,
    /// The path of the next page.
    pub next: Option<String>,
}

/// Something that waits for the visitor.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What to do.
    pub title: String,
    /// Where.
    pub path: String,
    /// As whom.
    pub role: String,
    /// When it should be done.
    pub due: Option<Timestamp>,
}

impl Inbox {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let waiting = |title: &str, role: &str, due: Option<&str>| Waiting {
            title: title.into(),
            path: "/releases/r-000000000000".into(),
            role: role.into(),
            due: due.and_then(|due| due.parse().ok()),
        };
        let tasks = vec![
            waiting(
                "Confirm operation in production for router v2",
                "",
                Some("2026-05-11T09:00:00Z"),
            ),
            waiting(
                "Security review for extraction and abuse for triage-lora r7",
                "Application security",
                Some("2026-05-12T17:00:00Z"),
            ),
            waiting("Decide: technical sign-off for summarizer v1.4", "Model owner", None),
        ];
        vec![
            Self { tasks, unread: 3, first: None, next: Some("/inbox?after=x".into()) },
            Self { tasks: Vec::new(), unread: 0, first: None, next: None },
        ]
    }
}

impl Page for Inbox {
    fn title(&self) -> String {
        "Waiting for you".into()
    }

    fn section(&self) -> Section {
        Section::Inbox
    }

    fn main(&self, shell: &Shell) -> Markup {
        let some = self.tasks.first();
        html! {
            h1 { "Waiting for you" }
            p { a href="/notices" { (unread_words(self.unread)) } }
            @if some.is_some() {
                ul.cards { @for task in &self.tasks { li { (one(task, shell)) } } }
            } @else {
                (empty::render(
                    "Nothing waits for you.",
                    "Steps, approvals and confirmations appear here as soon as it is your turn, the earliest due first.",
                    Some(button::second_link("/releases", "Look at all releases")),
                ))
            }
            (pagination::render(self.first.as_deref(), self.next.as_deref()))
            p { a href="/delegations" { "Away for a while? Let somebody act for you" } }
        }
    }
}

/// The way to the notices.
fn unread_words(unread: usize) -> String {
    match unread {
        0 => "Notices".to_owned(),
        some => words::count(some, "new notice", "new notices"),
    }
}

fn one(task: &Waiting, shell: &Shell) -> Markup {
    let role = Some(&task.role).filter(|role| !role.is_empty());
    html! {
        div.what {
            h2 { a href=(task.path) { (task.title) } }
            @if let Some(role) = role { p.hint { "as " (role) } }
        }
        div.where {
            @match task.due {
                Some(due) => {
                    (tag::render(&due_tag(shell, due)))
                    p.hint { (shell.zone.moment(due)) }
                },
                None => (tag::render(&Tag::new("No date", Tone::Quiet))),
            }
        }
    }
}

/// The tag of a due date.
pub fn due_tag(shell: &Shell, due: Timestamp) -> Tag {
    let distance = shell.zone.distance(due);
    match shell.zone.due(due) {
        Due::Over => Tag::new(format!("Overdue, {distance}"), Tone::Bad),
        Due::Soon => Tag::new(format!("Due {distance}"), Tone::Warn),
        Due::Later => Tag::new(format!("Due {distance}"), Tone::Quiet),
    }
}

/// `GET /`: the demonstration has a page of its own for newcomers.
pub async fn start(visitor: Visitor) -> Answer {
    let path = if visitor.app.config.demo { "/demo" } else { "/inbox" };
    Ok(Redirect::to(path).into_response())
}

/// `GET /inbox`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let query = Typed::decode(query.unwrap_or_default().as_bytes());
    let wanted = TaskQuery {
        person: Some(visitor.person.clone()),
        roles: visitor.actor().all_roles().into_iter().collect(),
        after: cursor(&query),
        limit: 50,
    };
    let page = visitor.app.tasks(&wanted).await?;
    let mut tasks = Vec::with_capacity(page.items.len());
    for row in page.items {
        tasks.push(waiting(&visitor, row).await?);
    }
    let first = wanted.after.map(|_| "/inbox".to_owned());
    let unread = super::notices::unread(&visitor).await?;
    visitor.page(&Inbox { tasks, unread, first, next: page.next.map(|next| path_after(&next)) })
}

async fn waiting(visitor: &Visitor, row: TaskRow) -> Result<Waiting, crate::portal::wrong::Wrong> {
    let role = match &row.role {
        Some(role) => visitor.role_title(role).await?,
        None => String::new(),
    };
    let path = paths::of_task(&row);
    Ok(Waiting { title: words::capital(&row.title), path, role, due: row.due })
}

fn cursor(query: &Typed) -> Option<TaskCursor> {
    Some(TaskCursor {
        due: query.one("due").parse().ok(),
        subject: query.filled("subject")?.parse().ok()?,
        task: query.filled("task")?.to_owned(),
    })
}

fn path_after(cursor: &TaskCursor) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("subject", &cursor.subject.to_string()).append_pair("task", &cursor.task);
    if let Some(due) = cursor.due {
        query.append_pair("due", &due.to_string());
    }
    format!("/inbox?{}", query.finish())
}
