//! Lists a page at a time: what to list, where to go on, how much at once.
//!
//! A page goes on after the key of the last item, never at an offset, so that rows written between
//! two pages neither repeat nor hide others.

use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use countersign_core::name::{EnvironmentName, ModelName, PersonId, ReleaseId, RoleName};
use countersign_core::rows::{EntryRow, ReleaseRow, StandingRow, TaskRow};
use countersign_core::stream::StreamId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The most items in one page. A larger limit is cut to this, a limit of 0 raised to 1.
pub const MAX_PAGE: u32 = 1_000;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, C> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Where the next page starts; `None` on the last page.
    pub next: Option<C>,
}

/// Which releases to list, newest request first.
#[derive(Debug, Clone, Default)]
pub struct ReleaseQuery {
    /// Only those of this model.
    pub model: Option<ModelName>,
    /// Only those in the state with this word.
    pub state: Option<String>,
    /// Only those whose title, model or id contains this text; ASCII case does not matter.
    pub text: Option<String>,
    /// Go on after this release.
    pub after: Option<ReleaseCursor>,
    /// How many at most.
    pub limit: u32,
}

/// Where a list of releases goes on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReleaseCursor {
    /// When the last release listed was requested.
    pub requested_at: Timestamp,
    /// Its id.
    pub release: ReleaseId,
}

/// Whose tasks to list, the earliest due first, those without a due date last.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    /// Tasks that wait for this person.
    pub person: Option<PersonId>,
    /// And tasks that wait for a holder of one of these roles.
    pub roles: Vec<RoleName>,
    /// Go on after this task.
    pub after: Option<TaskCursor>,
    /// How many at most.
    pub limit: u32,
}

/// Where a list of tasks goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskCursor {
    /// When the last task listed is due.
    pub due: Option<Timestamp>,
    /// The history it comes from.
    pub subject: StreamId,
    /// Its key in that history.
    pub task: String,
}

/// Which entries of one list to show, the newest first.
#[derive(Debug, Clone)]
pub struct EntryQuery {
    /// The list.
    pub kind: EntryKind,
    /// Open ones, settled ones, or both.
    pub which: Which,
    /// Only those of this model.
    pub model: Option<ModelName>,
    /// Go on after this entry.
    pub after: Option<EntryCursor>,
    /// How many at most.
    pub limit: u32,
}

/// Open entries, settled ones, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// Every entry.
    #[default]
    All,
    /// Those that are not settled.
    Open,
    /// Those that are settled.
    Closed,
}

/// Where a list of entries goes on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryCursor {
    /// Since when there is the last entry listed.
    pub opened_at: Timestamp,
    /// Its identifier.
    pub id: String,
}

/// Which models to list, by name.
#[derive(Debug, Clone, Default)]
pub struct ModelQuery {
    /// Only those whose name or title contains this text; ASCII case does not matter.
    pub text: Option<String>,
    /// Go on after this model.
    pub after: Option<ModelName>,
    /// How many at most.
    pub limit: u32,
}

/// The key of a standing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StandingKey {
    /// The digest.
    pub digest: Sha256,
    /// The environment.
    pub environment: EnvironmentName,
    /// The release.
    pub release: ReleaseId,
}

/// The number of items to fetch for a page of `limit`: one more than wanted tells whether another
/// page follows.
pub(crate) fn fetch(limit: u32) -> usize {
    limit.clamp(1, MAX_PAGE) as usize + 1
}

impl<T, C> Page<T, C> {
    /// Makes a page of what was fetched for `limit`, with the cursor taken from the last item kept.
    pub(crate) fn of(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> C) -> Self {
        let kept = fetch(limit) - 1;
        let more = items.len() > kept;
        items.truncate(kept);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}

impl ReleaseCursor {
    pub(crate) fn of(row: &ReleaseRow) -> Self {
        Self { requested_at: row.requested_at, release: row.release.clone() }
    }
}

impl TaskCursor {
    pub(crate) fn of(row: &TaskRow) -> Self {
        Self { due: row.due, subject: row.subject.clone(), task: row.task.clone() }
    }
}

impl EntryCursor {
    pub(crate) fn of(row: &EntryRow) -> Self {
        Self { opened_at: row.opened_at, id: row.id.clone() }
    }
}

impl StandingKey {
    pub(crate) fn of(row: &StandingRow) -> Self {
        let (digest, environment) = (row.digest, row.environment.clone());
        Self { digest, environment, release: row.release.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_points_on_only_when_more_follows() {
        let full = Page::of(vec![1, 2, 3], 2, |item| *item);
        assert_eq!(full, Page { items: vec![1, 2], next: Some(2) });
        let last = Page::of(vec![1, 2], 2, |item| *item);
        assert_eq!(last, Page { items: vec![1, 2], next: None });
    }

    #[test]
    fn a_limit_is_kept_within_reason() {
        assert_eq!(fetch(0), 2);
        assert_eq!(fetch(u32::MAX), MAX_PAGE as usize + 1);
    }
}
