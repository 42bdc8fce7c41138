//! The engine's [`Notices`].

use super::{Memory, State, after};
use crate::engine::Notices;
use crate::fault::Fault;
use crate::notice::{
    Channel, Dispatch, Dispatched, KeptNotice, ListedNotice, NoticeCursor, NoticeQuery, ReadOrNot,
};
use crate::outbox::{DeliveryStatus, Retry};
use crate::page::{MAX_PAGE, Page, fetch};
use countersign_core::name::PersonId;
use countersign_core::notice::Addressee;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

impl State {
    /// Keeps what is new; says how many that are.
    pub(super) fn keep_notices(&mut self, notices: Vec<KeptNotice>) -> u64 {
        let before = self.notices.len();
        for kept in notices {
            self.notices.entry(kept.notice.id()).or_insert((kept, None));
        }
        (self.notices.len() - before) as u64
    }

    /// Nothing of a person who is forgotten stays but the opaque id.
    pub(super) fn forget_reader(&mut self, person: &PersonId) {
        self.notices_read.retain(|(reader, _), _| reader != person);
        let mail = Channel::Email(person.clone());
        self.dispatches.retain(|_, one| one.dispatch.channel != mail);
    }
}

impl Memory {
    /// Changes a dispatch that is due; `false` when there is none.
    fn change_dispatch(&self, id: &str, change: impl FnOnce(&mut Dispatched)) -> bool {
        let mut state = self.state();
        match state.dispatches.get_mut(id) {
            Some(one) if one.status == DeliveryStatus::Due => {
                change(one);
                true
            }
            Some(_) | None => false,
        }
    }
}

fn is_for(kept: &KeptNotice, query: &NoticeQuery) -> bool {
    match &kept.notice.to {
        Addressee::Person(person) => *person == query.person,
        Addressee::Role(role) => query.roles.contains(role),
    }
}

impl Notices for Memory {
    async fn add_notices(&self, notices: &[KeptNotice]) -> Result<u64, Fault> {
        Ok(self.state().keep_notices(notices.to_vec()))
    }

    async fn known_notices(&self, ids: &[String]) -> Result<BTreeSet<String>, Fault> {
        let state = self.state();
        Ok(ids.iter().filter(|id| state.notices.contains_key(*id)).cloned().collect())
    }

    async fn notice(&self, id: &str) -> Result<Option<KeptNotice>, Fault> {
        Ok(self.state().notices.get(id).map(|(kept, _)| kept.clone()))
    }

    async fn notices(
        &self,
        query: &NoticeQuery,
    ) -> Result<Page<ListedNotice, NoticeCursor>, Fault> {
        let state = self.state();
        let theirs = state.notices.iter().filter(|(_, (kept, _))| is_for(kept, query));
        let listed = theirs.map(|(id, (kept, _))| {
            let read_at = state.notices_read.get(&(query.person.clone(), id.clone())).copied();
            ListedNotice { kept: kept.clone(), read_at }
        });
        let wanted = listed.filter(|one| match query.which {
            ReadOrNot::All => true,
            ReadOrNot::Unread => one.read_at.is_none(),
        });
        let sorted: BTreeMap<_, _> = wanted.map(|one| (NoticeCursor::of(&one), one)).collect();
        let earlier = |cursor: &NoticeCursor| query.after.as_ref().is_none_or(|end| cursor < end);
        let rows = sorted.into_iter().rev().filter(|(cursor, _)| earlier(cursor));
        let rows = rows.map(|(_, one)| one).take(fetch(query.limit)).collect();
        Ok(Page::of(rows, query.limit, NoticeCursor::of))
    }

    async fn read_notices(
        &self,
        person: &PersonId,
        ids: &[String],
        at: Timestamp,
    ) -> Result<u64, Fault> {
        let mut state = self.state();
        let before = state.notices_read.len();
        for id in ids {
            if state.notices.contains_key(id) {
                state.notices_read.entry((person.clone(), id.clone())).or_insert(at);
            }
        }
        Ok((state.notices_read.len() - before) as u64)
    }

    async fn unsent_notices(&self, limit: u32) -> Result<Vec<KeptNotice>, Fault> {
        let state = self.state();
        let unsent = state.notices.iter().filter(|(_, (_, sent_at))| sent_at.is_none());
        let mut unsent: Vec<_> = unsent.map(|(id, (kept, _))| (kept.at, id, kept)).collect();
        unsent.sort_by_key(|(at, id, _)| (*at, *id));
        let limit = limit.clamp(1, MAX_PAGE) as usize;
        Ok(unsent.into_iter().take(limit).map(|(_, _, kept)| kept.clone()).collect())
    }

    async fn send_notice(
        &self,
        id: &str,
        dispatches: &[Dispatch],
        at: Timestamp,
    ) -> Result<bool, Fault> {
        let mut state = self.state();
        match state.notices.get_mut(id) {
            Some((_, sent_at @ None)) => *sent_at = Some(at),
            Some((_, Some(_))) | None => return Ok(false),
        }
        for dispatch in dispatches {
            let new = || Dispatched::new(dispatch.clone());
            state.dispatches.entry(dispatch.id.clone()).or_insert_with(new);
        }
        Ok(true)
    }

    async fn dispatches_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Dispatched>, Fault> {
        let state = self.state();
        let due = state.dispatches.values();
        let due =
            due.filter(|one| one.status == DeliveryStatus::Due && one.dispatch.next_at <= now);
        let mut due: Vec<_> = due.cloned().collect();
        // Ids are in order already, and the sort is stable.
        due.sort_by_key(|one| one.dispatch.next_at);
        due.truncate(limit.clamp(1, MAX_PAGE) as usize);
        Ok(due)
    }

    async fn take_dispatch(&self, dispatch: &Dispatch, until: Timestamp) -> Result<bool, Fault> {
        let mut taken = false;
        self.change_dispatch(&dispatch.id, |one| {
            taken = one.dispatch.next_at == dispatch.next_at;
            if taken {
                one.dispatch.next_at = until;
            }
        });
        Ok(taken)
    }

    async fn dispatch_done(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        Ok(self.change_dispatch(id, |one| {
            one.status = DeliveryStatus::Done;
            one.attempts += 1;
            one.attempted_at = Some(at);
        }))
    }

    async fn dispatch_retry(&self, id: &str, retry: &Retry) -> Result<bool, Fault> {
        Ok(self.change_dispatch(id, |one| {
            one.dispatch.next_at = retry.next_at;
            one.attempts = retry.attempt;
            one.attempted_at = Some(retry.at);
            one.last_error = Some(retry.error.clone());
        }))
    }

    async fn dispatch_dead(&self, id: &str, error: &str, at: Timestamp) -> Result<bool, Fault> {
        Ok(self.change_dispatch(id, |one| {
            one.status = DeliveryStatus::Dead;
            one.attempts += 1;
            one.attempted_at = Some(at);
            one.last_error = Some(error.to_owned());
        }))
    }

    async fn dead_dispatches(
        &self,
        start: Option<&str>,
        limit: u32,
    ) -> Result<Page<Dispatched, String>, Fault> {
        let state = self.state();
        let rows = state.dispatches.range(after(start.map(str::to_owned))).map(|(_, one)| one);
        let dead = rows.filter(|one| one.status == DeliveryStatus::Dead);
        let dead = dead.take(fetch(limit)).cloned().collect();
        Ok(Page::of(dead, limit, |one: &Dispatched| one.dispatch.id.clone()))
    }
}
