//! The engine's [`Rows`].

use super::{Sqlite, entry_rows, model_rows, release_rows, standing_rows, task_rows};
use crate::engine::Rows;
use crate::fault::Fault;
use crate::page::{
    EntryCursor, EntryQuery, ModelQuery, Page, ReleaseCursor, ReleaseQuery, StandingKey,
    TaskCursor, TaskQuery,
};
use countersign_core::digest::Sha256;
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::rows::{EntryRow, ModelRow, ReleaseRow, StandingRow, TaskRow};
use countersign_core::stream::StreamId;
use std::collections::BTreeMap;

impl Rows for Sqlite {
    async fn standings(&self, digest: &Sha256) -> Result<Vec<StandingRow>, Fault> {
        self.read("read standings", |c| standing_rows::of_digest(c, digest))
    }

    async fn standings_of(&self, release: &ReleaseId) -> Result<Vec<StandingRow>, Fault> {
        self.read("read a release's standings", |c| standing_rows::of_release(c, release))
    }

    async fn release_row(&self, release: &ReleaseId) -> Result<Option<ReleaseRow>, Fault> {
        self.read("read a release's row", |c| release_rows::one(c, release))
    }

    async fn releases(
        &self,
        query: &ReleaseQuery,
    ) -> Result<Page<ReleaseRow, ReleaseCursor>, Fault> {
        let (query, limit) = (query.clone(), query.limit);
        let rows = self.list("list releases", move |c| release_rows::newest(c, &query)).await?;
        Ok(Page::of(rows, limit, ReleaseCursor::of))
    }

    async fn releases_by_state(&self) -> Result<BTreeMap<String, u64>, Fault> {
        self.list("count releases", release_rows::by_state).await
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<Page<TaskRow, TaskCursor>, Fault> {
        let (query, limit) = (query.clone(), query.limit);
        let rows = self.list("list tasks", move |c| task_rows::waiting(c, &query)).await?;
        Ok(Page::of(rows, limit, TaskCursor::of))
    }

    async fn all_tasks(
        &self,
        after: Option<&TaskCursor>,
        limit: u32,
    ) -> Result<Page<TaskRow, TaskCursor>, Fault> {
        let after = after.cloned();
        let run = move |c: &_| task_rows::by_due(c, after.as_ref(), limit);
        let rows = self.list("list all tasks", run).await?;
        Ok(Page::of(rows, limit, TaskCursor::of))
    }

    async fn tasks_of(&self, subject: &StreamId) -> Result<Vec<TaskRow>, Fault> {
        self.read("read the tasks of a history", |c| task_rows::of_subject(c, subject))
    }

    async fn entries(&self, query: &EntryQuery) -> Result<Page<EntryRow, EntryCursor>, Fault> {
        let (query, limit) = (query.clone(), query.limit);
        let rows = self.list("list entries", move |c| entry_rows::newest(c, &query)).await?;
        Ok(Page::of(rows, limit, EntryCursor::of))
    }

    async fn entries_of(&self, subject: &StreamId) -> Result<Vec<EntryRow>, Fault> {
        self.read("read the entries of a history", |c| entry_rows::of_subject(c, subject))
    }

    async fn model_row(&self, model: &ModelName) -> Result<Option<ModelRow>, Fault> {
        self.read("read a model's row", |c| model_rows::one(c, model))
    }

    async fn models(&self, query: &ModelQuery) -> Result<Page<ModelRow, ModelName>, Fault> {
        let (query, limit) = (query.clone(), query.limit);
        let rows = self.list("list models", move |c| model_rows::by_name(c, &query)).await?;
        Ok(Page::of(rows, limit, |row| row.model.clone()))
    }

    async fn all_release_rows(
        &self,
        after: Option<&ReleaseId>,
        limit: u32,
    ) -> Result<Page<ReleaseRow, ReleaseId>, Fault> {
        let after = after.map_or_else(String::new, ToString::to_string);
        let run = move |c: &_| release_rows::all(c, &after, limit);
        let rows = self.list("list all releases", run).await?;
        Ok(Page::of(rows, limit, |row| row.release.clone()))
    }

    async fn all_standing_rows(
        &self,
        after: Option<&StandingKey>,
        limit: u32,
    ) -> Result<Page<StandingRow, StandingKey>, Fault> {
        let after = after.cloned();
        let run = move |c: &_| standing_rows::all(c, after.as_ref(), limit);
        let rows = self.list("list all standings", run).await?;
        Ok(Page::of(rows, limit, StandingKey::of))
    }
}
