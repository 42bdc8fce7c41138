//! The engine's [`Notices`].

use super::{Sqlite, dispatch_rows, notice_rows};
use crate::engine::Notices;
use crate::fault::Fault;
use crate::notice::{Dispatch, Dispatched, KeptNotice, ListedNotice, NoticeCursor, NoticeQuery};
use crate::outbox::Retry;
use crate::page::Page;
use countersign_core::name::PersonId;
use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::BTreeSet;

impl Notices for Sqlite {
    async fn add_notices(&self, notices: &[KeptNotice]) -> Result<u64, Fault> {
        let notices = notices.to_vec();
        let run = move |c: &Connection| {
            notices.iter().try_fold(0, |new, one| Ok(new + u64::from(notice_rows::keep(c, one)?)))
        };
        self.write("keep notices", run).await
    }

    async fn known_notices(&self, ids: &[String]) -> Result<BTreeSet<String>, Fault> {
        self.read("look for notices", |c| notice_rows::known(c, ids))
    }

    async fn notice(&self, id: &str) -> Result<Option<KeptNotice>, Fault> {
        self.read("read a notice", |c| notice_rows::one(c, id))
    }

    async fn notices(
        &self,
        query: &NoticeQuery,
    ) -> Result<Page<ListedNotice, NoticeCursor>, Fault> {
        let (query, limit) = (query.clone(), query.limit);
        let rows = self.list("list notices", move |c| notice_rows::newest(c, &query)).await?;
        Ok(Page::of(rows, limit, NoticeCursor::of))
    }

    async fn read_notices(
        &self,
        person: &PersonId,
        ids: &[String],
        at: Timestamp,
    ) -> Result<u64, Fault> {
        let (person, ids) = (person.clone(), ids.to_vec());
        let run = move |c: &Connection| notice_rows::mark(c, &person, &ids, at);
        self.write("mark notices as read", run).await
    }

    async fn unsent_notices(&self, limit: u32) -> Result<Vec<KeptNotice>, Fault> {
        self.list("list notices to send", move |c| notice_rows::unsent(c, limit)).await
    }

    async fn send_notice(
        &self,
        id: &str,
        dispatches: &[Dispatch],
        at: Timestamp,
    ) -> Result<bool, Fault> {
        let (id, dispatches) = (id.to_owned(), dispatches.to_vec());
        let run = move |c: &Connection| {
            if !notice_rows::sent(c, &id, at)? {
                return Ok(false);
            }
            dispatches.iter().try_for_each(|one| dispatch_rows::insert(c, one))?;
            Ok(true)
        };
        self.write("send a notice", run).await
    }

    async fn dispatches_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Dispatched>, Fault> {
        self.list("list dispatches due", move |c| dispatch_rows::due(c, now, limit)).await
    }

    async fn take_dispatch(&self, dispatch: &Dispatch, until: Timestamp) -> Result<bool, Fault> {
        let dispatch = dispatch.clone();
        let run = move |c: &Connection| dispatch_rows::take(c, &dispatch, until);
        Ok(self.write("take a dispatch", run).await? > 0)
    }

    async fn dispatch_done(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        let id = id.to_owned();
        let run = move |c: &Connection| dispatch_rows::done(c, &id, at);
        Ok(self.write("note a dispatch", run).await? > 0)
    }

    async fn dispatch_retry(&self, id: &str, retry: &Retry) -> Result<bool, Fault> {
        let (id, retry) = (id.to_owned(), retry.clone());
        let run = move |c: &Connection| dispatch_rows::retry(c, &id, &retry);
        Ok(self.write("note a failed dispatch", run).await? > 0)
    }

    async fn dispatch_dead(&self, id: &str, error: &str, at: Timestamp) -> Result<bool, Fault> {
        let (id, error) = (id.to_owned(), error.to_owned());
        let run = move |c: &Connection| dispatch_rows::dead(c, &id, &error, at);
        Ok(self.write("note a dispatch given up", run).await? > 0)
    }

    async fn dead_dispatches(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Dispatched, String>, Fault> {
        let after = after.unwrap_or_default().to_owned();
        let run = move |c: &Connection| dispatch_rows::given_up(c, &after, limit);
        let rows = self.list("list dispatches given up", run).await?;
        Ok(Page::of(rows, limit, |one| one.dispatch.id.clone()))
    }
}
