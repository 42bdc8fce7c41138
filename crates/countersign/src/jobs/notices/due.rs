//! The pass over tasks: what comes due or is late is kept as a notice, once.
//!
//! Tasks are read a page at a time in the order of their due dates, and no further than the
//! earliest reminder reaches.

use crate::app::App;
use crate::failure::{Doing, Failure};
use countersign_core::calendar::BusinessCalendar;
use countersign_core::name::RoleName;
use countersign_core::notice::{Notice, Rules, due_of_release, due_of_tasks};
use countersign_core::policy::NoticeSettings;
use countersign_core::stream::StreamId;
use countersign_store::KeptNotice;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// How many tasks are read at once.
const PAGE: u32 = 500;

/// Keeps every notice that is to be told now and is not kept yet; says how many are new.
pub async fn find(app: &App) -> Result<u64, Failure> {
    let now = app.clock.now();
    let ahead = SignedDuration::from_hours(i64::from(NoticeSettings::MOST_HOURS));
    let horizon = now.checked_add(ahead).unwrap_or(Timestamp::MAX);
    let in_force = InForce::load(app).await?;
    let (mut after, mut seen, mut new) = (None, BTreeSet::new(), 0);
    loop {
        let page = app.store.all_tasks(after.as_ref(), PAGE).await.doing("list tasks")?;
        for task in &page.items {
            // Tasks come in the order of their due dates: the rest is too far off.
            if task.due.is_none_or(|due| due > horizon) {
                return Ok(new);
            }
            if seen.insert(task.subject.clone()) {
                new += about(app, &task.subject, &in_force.rules(), now).await?;
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(new),
        }
    }
}

async fn about(
    app: &App,
    subject: &StreamId,
    rules: &Rules<'_>,
    now: Timestamp,
) -> Result<u64, Failure> {
    let due = match subject {
        StreamId::Release(id) => due_of_release(&app.release(id).await?.state, rules, now),
        StreamId::Model(_)
        | StreamId::Meeting(_)
        | StreamId::Incident(_)
        | StreamId::Risk(_)
        | StreamId::Sandbox(_)
        | StreamId::Register => {
            let tasks = app.store.tasks_of(subject).await.doing("list tasks")?;
            due_of_tasks(&tasks, rules, now)
        }
    };
    keep(app, due, now).await
}

async fn keep(app: &App, due: Vec<Notice>, at: Timestamp) -> Result<u64, Failure> {
    let ids: Vec<String> = due.iter().map(Notice::id).collect();
    let known = app.store.known_notices(&ids).await.doing("look for notices")?;
    let new = due.into_iter().filter(|notice| !known.contains(&notice.id()));
    let new: Vec<_> = new.map(|notice| KeptNotice { notice, at }).collect();
    if new.is_empty() {
        return Ok(0);
    }
    app.store.add_notices(&new).await.doing("keep notices")
}

/// What holds for whatever has no plan of its own.
struct InForce {
    settings: NoticeSettings,
    escalate_to: Option<RoleName>,
    calendar: Option<BusinessCalendar>,
}

impl InForce {
    async fn load(app: &App) -> Result<Self, Failure> {
        let register = app.register().await?.state;
        let policy = app.policy_in_force(&register).await?;
        let said = policy.map(|loaded| loaded.policy.settings.clone());
        Ok(Self {
            settings: said.as_ref().map(|said| said.notices.clone()).unwrap_or_default(),
            escalate_to: said.map(|said| said.escalate_to),
            calendar: register.calendar(),
        })
    }

    fn rules(&self) -> Rules<'_> {
        let calendar = self.calendar.as_ref();
        Rules { settings: &self.settings, escalate_to: self.escalate_to.as_ref(), calendar }
    }
}
