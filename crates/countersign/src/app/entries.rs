//! Lists of entries and tasks as they are at this moment. Rows know no time and one model: what
//! ended by itself, who can no longer approve, and a risk about several models are seen here.

use super::App;
use crate::failure::{Doing, Failure};
use countersign_core::entry::EntryKind;
use countersign_core::register::Register;
use countersign_core::rows::{EntryRow, TaskRow};
use countersign_core::stream::StreamId;
use countersign_store::{EntryCursor, EntryQuery, Page, TaskCursor, TaskQuery, Which};

impl App {
    /// One list of entries, the newest first: open are those that are open now (I-11), and a risk
    /// belongs to each model it is about.
    pub async fn entries(
        &self,
        query: &EntryQuery,
    ) -> Result<Page<EntryRow, EntryCursor>, Failure> {
        let mut asked = query.clone();
        if query.kind.ends_by_itself() && query.which == Which::Closed {
            // A row of what ended by itself may still say that it is open.
            asked.which = Which::All;
        }
        if query.kind == EntryKind::Risk {
            asked.model = None;
        }
        let now = self.clock.now();
        let mut items: Vec<EntryRow> = Vec::new();
        loop {
            let page = self.store.entries(&asked).await.doing("list entries")?;
            for row in page.items.into_iter().map(|row| row.as_of(now)) {
                if !self.is_asked_for(query, &row).await? {
                    continue;
                }
                if items.len() >= query.limit as usize {
                    let last = items.last();
                    let next = last
                        .map(|last| EntryCursor { opened_at: last.opened_at, id: last.id.clone() });
                    return Ok(Page { items, next });
                }
                items.push(row);
            }
            match page.next {
                Some(next) => asked.after = Some(next),
                None => return Ok(Page { items, next: None }),
            }
        }
    }

    async fn is_asked_for(&self, query: &EntryQuery, row: &EntryRow) -> Result<bool, Failure> {
        let of_which = match query.which {
            Which::All => true,
            Which::Open => row.closed_at.is_none(),
            Which::Closed => row.closed_at.is_some(),
        };
        let (Some(model), StreamId::Risk(id)) = (&query.model, &row.subject) else {
            return Ok(of_which);
        };
        let risk = self.risk(id).await?.state;
        let about = risk.entry.as_ref().is_some_and(|entry| entry.models.contains(model));
        Ok(of_which && about)
    }

    /// What waits for somebody, the earliest due first, without approvals they can no longer give.
    /// A page may be shorter than its limit, but never empty while there is more.
    pub async fn tasks(&self, query: &TaskQuery) -> Result<Page<TaskRow, TaskCursor>, Failure> {
        let register = self.register().await?.state;
        let mut asked = query.clone();
        loop {
            let page = self.store.tasks(&asked).await.doing("list tasks")?;
            let items = self.still_asked(&register, page.items).await?;
            match page.next {
                Some(next) if items.is_empty() => asked.after = Some(next),
                next => return Ok(Page { items, next }),
            }
        }
    }

    /// The tasks of one history, without approvals that whoever they wait for can no longer give.
    pub async fn tasks_of(&self, subject: &StreamId) -> Result<Vec<TaskRow>, Failure> {
        let register = self.register().await?.state;
        let rows = self.store.tasks_of(subject).await.doing("list tasks")?;
        self.still_asked(&register, rows).await
    }

    async fn still_asked(
        &self,
        register: &Register,
        rows: Vec<TaskRow>,
    ) -> Result<Vec<TaskRow>, Failure> {
        let now = self.clock.now();
        let mut left = Vec::with_capacity(rows.len());
        for row in rows {
            let (StreamId::Release(id), Some(person), Some(role)) =
                (&row.subject, &row.person, &row.role)
            else {
                left.push(row);
                continue;
            };
            if row.task.starts_with("approval/") {
                let release = self.release(id).await?.state;
                let can = |plan| register.still_approves((person, role), plan, now);
                if !release.plan.as_ref().is_some_and(can) {
                    continue;
                }
            }
            left.push(row);
        }
        Ok(left)
    }
}
