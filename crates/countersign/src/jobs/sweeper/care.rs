//! Reminders and notices of conditions, and ends of exceptions: what the core says is due is sent
//! as commands, each of which is refused when it is recorded already.

use super::PAGE;
use crate::app::{App, Caller, Submission};
use crate::failure::{Doing, Failure};
use countersign_core::entry::EntryKind;
use countersign_core::name::ReleaseId;
use countersign_core::release::due_commands;
use countersign_core::stream::StreamId;
use countersign_store::{EntryQuery, Which};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Records what is due about every release that has an open condition or exception.
pub(super) async fn notices(app: &App, now: Timestamp) -> Result<u64, Failure> {
    let mut releases = BTreeSet::new();
    for kind in [EntryKind::Condition, EntryKind::Exception] {
        releases.extend(with_open(app, kind).await?);
    }
    let mut recorded = 0;
    for id in releases {
        let release = app.release(&id).await?;
        for command in due_commands(&release.state, now) {
            match app.execute(&Caller::system(), Submission::release(&id, command)).await {
                Ok(_) => recorded += 1,
                // Another server was faster, or somebody closed it meanwhile.
                Err(Failure::Refused(refusal)) => {
                    tracing::debug!(release = %id, %refusal, "nothing was due");
                }
                Err(Failure::Busy) => {}
                Err(failure) => return Err(failure),
            }
        }
    }
    Ok(recorded)
}

async fn with_open(app: &App, kind: EntryKind) -> Result<BTreeSet<ReleaseId>, Failure> {
    let mut query = EntryQuery { kind, which: Which::Open, model: None, after: None, limit: PAGE };
    let mut found = BTreeSet::new();
    loop {
        let page = app.store.entries(&query).await.doing("list entries")?;
        found.extend(page.items.into_iter().filter_map(|row| match row.subject {
            StreamId::Release(id) => Some(id),
            StreamId::Model(_)
            | StreamId::Meeting(_)
            | StreamId::Incident(_)
            | StreamId::Risk(_)
            | StreamId::Sandbox(_)
            | StreamId::Register => None,
        }));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(found),
        }
    }
}
