//! Rows of tasks.

use super::column::Columns;
use crate::page::{TaskCursor, TaskQuery, fetch};
use countersign_core::name::ReleaseId;
use countersign_core::rows::TaskRow;
use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Result, Row, params};
use std::collections::BTreeMap;

/// Stands for no due date: sorts after every moment.
const NO_DUE: &str = "~";

const PUT: &str = "INSERT INTO tasks (release, task, title, person, role, due)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (release, task) DO UPDATE SET
                       title = ?3, person = ?4, role = ?5, due = ?6";
const REMOVE: &str = "DELETE FROM tasks WHERE release = ?1 AND task = ?2";
const OF_RELEASE: &str = "SELECT release, task, title, person, role, due FROM tasks
                          WHERE release = ?1 ORDER BY task";
const BY_DUE: &str = "SELECT release, task, title, person, role, due FROM tasks
                      WHERE (due, release, task) > (?1, ?2, ?3)
                      ORDER BY due, release, task LIMIT ?4";
const OF_PERSON: &str = "SELECT release, task, title, person, role, due FROM tasks
                         WHERE person = ?5 AND (due, release, task) > (?1, ?2, ?3)
                         ORDER BY due, release, task LIMIT ?4";
const OF_ROLE: &str = "SELECT release, task, title, person, role, due FROM tasks
                       WHERE role = ?5 AND (due, release, task) > (?1, ?2, ?3)
                       ORDER BY due, release, task LIMIT ?4";

fn read(row: &Row<'_>) -> Result<TaskRow> {
    let no_due = matches!(row.get_ref(5)?, ValueRef::Text(due) if due == NO_DUE.as_bytes());
    Ok(TaskRow {
        release: row.parsed(0)?,
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

/// The tasks of one release, by key.
pub(super) fn of_release(c: &Connection, release: &ReleaseId) -> Result<Vec<TaskRow>> {
    rows(c, OF_RELEASE, [release.as_str()])
}

/// Makes `wanted` the tasks of a release. Rows that stay as they are are not written.
pub(super) fn replace(c: &Connection, release: &ReleaseId, wanted: &[TaskRow]) -> Result<()> {
    let stored = of_release(c, release)?;
    let stored: BTreeMap<_, _> = stored.iter().map(|row| (row.task.as_str(), row)).collect();
    let wanted: BTreeMap<_, _> = wanted.iter().map(|row| (row.task.as_str(), row)).collect();
    for task in stored.keys().filter(|task| !wanted.contains_key(*task)) {
        c.prepare_cached(REMOVE)?.execute([release.as_str(), task])?;
    }
    for (task, row) in wanted.iter().filter(|(task, row)| stored.get(*task) != Some(row)) {
        let person = row.person.as_ref().map(|person| person.as_str());
        let role = row.role.as_ref().map(|role| role.as_str());
        let values = params![release.as_str(), task, row.title, person, role, due_key(row.due)];
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
    let (due, release, task) = start(after);
    rows(c, BY_DUE, params![due, release, task, fetch(limit)])
}

/// The tasks of a person and of roles by due date, one more than the query's limit.
pub(super) fn waiting(c: &Connection, query: &TaskQuery) -> Result<Vec<TaskRow>> {
    let (due, release, task) = start(query.after.as_ref());
    let count = fetch(query.limit);
    let person = query.person.iter().map(|person| (OF_PERSON, person.as_str()));
    let roles = query.roles.iter().map(|role| (OF_ROLE, role.as_str()));
    let mut found = BTreeMap::new();
    for (sql, owner) in person.chain(roles) {
        let listed = rows(c, sql, params![due, release, task, count, owner])?;
        found.extend(listed.into_iter().map(|row| (order(&row), row)));
    }
    Ok(found.into_values().take(count).collect())
}

/// The key by which tasks are listed; a task that waits for a person and a role is listed once.
fn order(row: &TaskRow) -> (bool, Option<Timestamp>, ReleaseId, String) {
    (row.due.is_none(), row.due, row.release.clone(), row.task.clone())
}

fn start(after: Option<&TaskCursor>) -> (String, &str, &str) {
    match after {
        Some(after) => (due_key(after.due), after.release.as_str(), after.task.as_str()),
        None => (String::new(), "", ""),
    }
}
