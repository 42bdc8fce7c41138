//! The engine's [`Rows`]: plain scans, which are fast enough for what is kept in memory.

use super::{Memory, after};
use crate::engine::Rows;
use crate::fault::Fault;
use crate::page::{
    EntryCursor, EntryQuery, ModelQuery, Page, ReleaseCursor, ReleaseQuery, StandingKey,
    TaskCursor, TaskQuery, Which, fetch,
};
use countersign_core::digest::Sha256;
use countersign_core::name::{EnvironmentName, ModelName, ReleaseId};
use countersign_core::rows::{EntryRow, ModelRow, ReleaseRow, Standing, StandingRow, TaskRow};
use countersign_core::stream::StreamId;
use std::collections::BTreeMap;
use std::ops::Bound;

type StandingEntry<'a> = (&'a (Sha256, EnvironmentName, ReleaseId), &'a Standing);

fn standing_row((key, standing): StandingEntry<'_>) -> StandingRow {
    let (digest, environment, release) = key.clone();
    StandingRow { digest, environment, release, standing: standing.clone() }
}

/// Whether one of the fields contains the text, without regard to ASCII case.
fn mentions(text: Option<&str>, fields: &[&str]) -> bool {
    let Some(text) = text.map(str::to_ascii_lowercase) else { return true };
    fields.iter().any(|field| field.to_ascii_lowercase().contains(&text))
}

/// Tasks sorted by due date, those without one last.
fn by_due(
    tasks: impl Iterator<Item = TaskRow>,
    after: Option<&TaskCursor>,
    limit: u32,
) -> Page<TaskRow, TaskCursor> {
    let order =
        |task: &TaskCursor| (task.due.is_none(), task.due, task.subject.clone(), task.task.clone());
    let start = after.map(order);
    let keyed = tasks.map(|task| (order(&TaskCursor::of(&task)), task));
    let later: BTreeMap<_, _> =
        keyed.filter(|(key, _)| start.as_ref().is_none_or(|start| key > start)).collect();
    let rows = later.into_values().take(fetch(limit)).collect();
    Page::of(rows, limit, TaskCursor::of)
}

impl Rows for Memory {
    async fn standings(&self, digest: &Sha256) -> Result<Vec<StandingRow>, Fault> {
        let state = self.state();
        let here = |(key, _): &StandingEntry<'_>| key.0 == *digest;
        Ok(state.standings.iter().filter(here).map(standing_row).collect())
    }

    async fn standings_of(&self, release: &ReleaseId) -> Result<Vec<StandingRow>, Fault> {
        let state = self.state();
        let its = |(key, _): &StandingEntry<'_>| key.2 == *release;
        Ok(state.standings.iter().filter(its).map(standing_row).collect())
    }

    async fn release_row(&self, release: &ReleaseId) -> Result<Option<ReleaseRow>, Fault> {
        Ok(self.state().releases.get(release).cloned())
    }

    async fn releases(
        &self,
        query: &ReleaseQuery,
    ) -> Result<Page<ReleaseRow, ReleaseCursor>, Fault> {
        let state = self.state();
        let wanted = state.releases.values().filter(|row| {
            query.model.as_ref().is_none_or(|model| row.model == *model)
                && query.state.as_ref().is_none_or(|state| row.state == *state)
                && query.after.as_ref().is_none_or(|after| ReleaseCursor::of(row) < *after)
                && mentions(
                    query.text.as_deref(),
                    &[&row.title, row.model.as_str(), row.release.as_str()],
                )
        });
        let sorted: BTreeMap<_, _> = wanted.map(|row| (ReleaseCursor::of(row), row)).collect();
        let rows = sorted.into_values().rev().take(fetch(query.limit)).cloned().collect();
        Ok(Page::of(rows, query.limit, ReleaseCursor::of))
    }

    async fn releases_by_state(&self) -> Result<BTreeMap<String, u64>, Fault> {
        let mut counts = BTreeMap::new();
        for row in self.state().releases.values() {
            *counts.entry(row.state.clone()).or_default() += 1;
        }
        Ok(counts)
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<Page<TaskRow, TaskCursor>, Fault> {
        let state = self.state();
        let waiting = state.tasks.values().filter(|task| {
            (task.person.is_some() && task.person == query.person)
                || task.role.as_ref().is_some_and(|role| query.roles.contains(role))
        });
        Ok(by_due(waiting.cloned(), query.after.as_ref(), query.limit))
    }

    async fn all_tasks(
        &self,
        after: Option<&TaskCursor>,
        limit: u32,
    ) -> Result<Page<TaskRow, TaskCursor>, Fault> {
        Ok(by_due(self.state().tasks.values().cloned(), after, limit))
    }

    async fn tasks_of(&self, subject: &StreamId) -> Result<Vec<TaskRow>, Fault> {
        let state = self.state();
        let its = state.tasks.values().filter(|task| task.subject == *subject);
        Ok(its.cloned().collect())
    }

    async fn entries(&self, query: &EntryQuery) -> Result<Page<EntryRow, EntryCursor>, Fault> {
        let state = self.state();
        let wanted = state.entries.values().filter(|row| {
            row.kind == query.kind
                && query.model.as_ref().is_none_or(|model| row.model.as_ref() == Some(model))
                && query.after.as_ref().is_none_or(|after| EntryCursor::of(row) < *after)
                && match query.which {
                    Which::All => true,
                    Which::Open => row.closed_at.is_none(),
                    Which::Closed => row.closed_at.is_some(),
                }
        });
        let sorted: BTreeMap<_, _> = wanted.map(|row| (EntryCursor::of(row), row)).collect();
        let rows = sorted.into_values().rev().take(fetch(query.limit)).cloned().collect();
        Ok(Page::of(rows, query.limit, EntryCursor::of))
    }

    async fn entries_of(&self, subject: &StreamId) -> Result<Vec<EntryRow>, Fault> {
        let state = self.state();
        let its = state.entries.values().filter(|row| row.subject == *subject);
        Ok(its.cloned().collect())
    }

    async fn model_row(&self, model: &ModelName) -> Result<Option<ModelRow>, Fault> {
        Ok(self.state().models.get(model).cloned())
    }

    async fn models(&self, query: &ModelQuery) -> Result<Page<ModelRow, ModelName>, Fault> {
        let state = self.state();
        let text = query.text.as_deref();
        let rows = state.models.range(after(query.after.clone())).map(|(_, row)| row);
        let rows = rows.filter(|row| mentions(text, &[row.model.as_str(), &row.title]));
        let rows = rows.take(fetch(query.limit)).cloned().collect();
        Ok(Page::of(rows, query.limit, |row: &ModelRow| row.model.clone()))
    }

    async fn all_release_rows(
        &self,
        start: Option<&ReleaseId>,
        limit: u32,
    ) -> Result<Page<ReleaseRow, ReleaseId>, Fault> {
        let state = self.state();
        let rows = state.releases.range(after(start.cloned())).map(|(_, row)| row);
        let rows = rows.take(fetch(limit)).cloned().collect();
        Ok(Page::of(rows, limit, |row: &ReleaseRow| row.release.clone()))
    }

    async fn all_standing_rows(
        &self,
        after: Option<&StandingKey>,
        limit: u32,
    ) -> Result<Page<StandingRow, StandingKey>, Fault> {
        let start = after.map_or(Bound::Unbounded, |key| {
            Bound::Excluded((key.digest, key.environment.clone(), key.release.clone()))
        });
        let state = self.state();
        let rows = state.standings.range((start, Bound::Unbounded)).map(standing_row);
        Ok(Page::of(rows.take(fetch(limit)).collect(), limit, StandingKey::of))
    }
}
