//! Rows of tasks.

use super::column::Columns;
use crate::page::{TaskCursor, TaskQuery, fetch};
use countersign_core::rows::TaskRow;
use countersign_core::stream::StreamId;
use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Result, Row, params};
use std::collections::BTreeMap;

/// Stands for no due date: sorts after every moment.
const NO_DUE: &str = "~";

const PUT: &str = "INSERT INTO tasks (subject, task, title, person, role, due)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (subject, task) DO UPDATE SET
                       title = ?3, person = ?4, role = ?5, due = ?6";
const REMOVE: &str = "DELETE FROM tasks WHERE subject = ?1 AND task = ?2";
const OF_SUBJECT: &str = "SELECT subject, task, title, person, role, due FROM tasks
                          WHERE subject = ?1 ORDER BY task";
const BY_DUE: &str = "SELECT subject, task, title, person, role, due FROM tasks
                      WHERE (due, subject, task) > (?1, ?2, ?3)
                      ORDER BY due, subject, task LIMIT ?4";
const OF_PERSON: &str = "SELECT subject, task, title, person, role, due FROM tasks
                         WHERE person = ?5 AND (due, subject, task) > (?1, ?2, ?3)
                         ORDER BY due, subject, task LIMIT ?4";
const OF_ROLE: &str = "SELECT subject, task, title, person, role, due FROM tasks
                       WHERE role = ?5 AND (due, subject, task) > (?1, ?2, ?3)
                       ORDER BY due, subject, task LIMIT ?4";

fn read(row: &Row<'_>) -> Result<TaskRow> {
    let no_due = matches!(row.get_ref(5)?, ValueRef::Text(due) if due == NO_DUE.as_bytes());
    Ok(TaskRow {
        subject: row.parsed(0)?,
        task: row.get(1)?,
        title: row.get(2)?,
        person: row.parsed_or_null(3)?,
        role: row.parsed_or_null(4)?,
        due: if no_due { None } else { Some(row.at(5)?) },
    })
}

fn due_key(due: Option<Timestamp>) -> String {
    due.map_or_else(|| NO_DUE.to_owned(), |due| format!("{due:.9}"))
}

fn rows(c: &Connection, sql: &str, values: impl Params) -> Result<Vec<TaskRow>> {
    c.prepare_cached(sql)?.query_map(values, read)?.collect()
}

/// The tasks of one history, by key.
pub(super) fn of_subject(c: &Connection, subject: &StreamId) -> Result<Vec<TaskRow>> {
    rows(c, OF_SUBJECT, [subject.to_string()])
}

/// Makes `wanted` the tasks of a history. Rows that stay as they are are not written.
pub(super) fn replace(c: &Connection, subject: &StreamId, wanted: &[TaskRow]) -> Result<()> {
    let stored = of_subject(c, subject)?;
    let stored: BTreeMap<_, _> = stored.iter().map(|row| (row.task.as_str(), row)).collect();
    let wanted: BTreeMap<_, _> = wanted.iter().map(|row| (row.task.as_str(), row)).collect();
    let subject = subject.to_string();
    for task in stored.keys().filter(|task| !wanted.contains_key(*task)) {
        c.prepare_cached(REMOVE)?.execute([subject.as_str(), task])?;
    }
    for (task, row) in wanted.iter().filter(|(task, row)| stored.get(*task) != Some(row)) {
        let person = row.person.as_ref().map(|person| person.as_str());
        let role = row.role.as_ref().map(|role| role.as_str());
        let values = params![subject, task, row.title, person, role, due_key(row.due)];
        c.prepare_cached(PUT)?.execute(values)?;
    }
    Ok(())
}

/// Everybody's tasks by due date, one more than `limit`.
pub(super) fn by_due(
    c: &Connection,
    after: Option<&TaskCursor>,
    limit: u32,
) -> Result<Vec<TaskRow>> {
    let (due, subject, task) = start(after);
    rows(c, BY_DUE, params![due, subject, task, fetch(limit)])
}

/// The tasks of a person and of roles by due date, one more than the query's limit.
pub(super) fn waiting(c: &Connection, query: &TaskQuery) -> Result<Vec<TaskRow>> {
    let (due, subject, task) = start(query.after.as_ref());
    let count = fetch(query.limit);
    let person = query.person.iter().map(|person| (OF_PERSON, person.as_str()));
    let roles = query.roles.iter().map(|role| (OF_ROLE, role.as_str()));
    let mut found = BTreeMap::new();
    for (sql, owner) in person.chain(roles) {
        let listed = rows(c, sql, params![due, subject, task, count, owner])?;
        found.extend(listed.into_iter().map(|row| (order(&row), row)));
    }
    Ok(found.into_values().take(count).collect())
}

/// The key by which tasks are listed; a task that waits for a person and a role is listed once.
fn order(row: &TaskRow) -> (bool, Option<Timestamp>, StreamId, String) {
    (row.due.is_none(), row.due, row.subject.clone(), row.task.clone())
}

fn start(after: Option<&TaskCursor>) -> (String, String, &str) {
    match after {
        Some(after) => (due_key(after.due), after.subject.to_string(), after.task.as_str()),
        None => (String::new(), String::new(), ""),
    }
}
