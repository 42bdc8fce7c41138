//! `GET /tasks`: what waits for the caller, due first.

use crate::api::body::Query;
use crate::api::cursor;
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::Json;
use countersign_core::rows::TaskRow;
use countersign_core::stream::StreamId;
use countersign_store::{TaskCursor, TaskQuery};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of tasks.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TaskPage {
    /// The tasks.
    pub items: Vec<TaskItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something to do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TaskItem {
    /// What it is about: `release/r-…`.
    pub subject: String,
    /// The release it is about, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Its key in that history: `approval/2`, `confirm/production`.
    pub task: String,
    /// What to do.
    pub title: String,
    /// The role it waits for, when any holder may do it.
    pub role: Option<String>,
    /// When it is due (RFC 3339).
    pub due: Option<String>,
    /// Whether it is late.
    pub overdue: bool,
}

impl TaskItem {
    fn of(row: TaskRow, now: Timestamp) -> Self {
        Self {
            release: match &row.subject {
                StreamId::Release(id) => Some(id.to_string()),
                StreamId::Model(_)
                | StreamId::Meeting(_)
                | StreamId::Incident(_)
                | StreamId::Risk(_)
                | StreamId::Sandbox(_)
                | StreamId::Register => None,
            },
            subject: row.subject.to_string(),
            task: row.task,
            title: row.title,
            role: row.role.map(|role| role.to_string()),
            due: row.due.map(|due| due.to_string()),
            overdue: row.due.is_some_and(|due| due < now),
        }
    }
}

/// Lists what waits for the caller, as a person and in the roles held now.
#[utoipa::path(get, path = "/tasks", params(Wanted), tag = "releases", responses(
    (status = 200, body = TaskPage), (status = "4XX", body = Problem)
))]
pub async fn list(
    permit: Permit<Act>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<TaskPage>, Problem> {
    let person = permit.person()?;
    let register = permit.app.register().await?.state;
    let now = permit.app.clock.now();
    let query = TaskQuery {
        person: Some(person.clone()),
        roles: register.actor(person, now).all_roles().into_iter().collect(),
        after: wanted.after.as_deref().map(read_cursor).transpose()?,
        limit: wanted.limit.unwrap_or(50).clamp(1, 200),
    };
    let page = permit.app.tasks(&query).await?;
    Ok(Json(TaskPage {
        items: page.items.into_iter().map(|row| TaskItem::of(row, now)).collect(),
        next: page.next.as_ref().map(write_cursor),
    }))
}

/// A cursor as text: opaque to the caller, checked when it comes back.
pub fn write_cursor(cursor: &TaskCursor) -> String {
    let due = cursor.due.map(|due| due.to_string()).unwrap_or_default();
    cursor::write(&[&due, &cursor.subject.to_string(), &cursor.task])
}

/// A cursor that came back.
pub fn read_cursor(text: &str) -> Result<TaskCursor, Failure> {
    let [due, subject, task] = cursor::read(text)?;
    let due = if due.is_empty() { None } else { Some(cursor::part(&due)?) };
    Ok(TaskCursor { due, subject: cursor::part(&subject)?, task })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_changed_one_does_not() {
        for due in [None, Some("2026-05-11T09:00:00Z".parse().unwrap())] {
            let subject = "release/r-abc".parse().unwrap();
            let cursor = TaskCursor { due, subject, task: "step/a|b".into() };
            let text = write_cursor(&cursor);
            assert_eq!(read_cursor(&text).unwrap(), cursor);
            assert!(read_cursor(&text[1..]).is_err());
        }
    }
}
