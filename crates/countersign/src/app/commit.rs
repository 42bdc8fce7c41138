//! From events to one append: envelopes, rows, the receipt, and what makes repeating harmless.

use super::{Caller, IdempotencyKey, Loaded, Receipt};
use crate::failure::{Doing, Failure};
use countersign_core::actor::Who;
use countersign_core::event::{Envelope, Event};
use countersign_core::project::{self, Listed};
use countersign_core::register::{Register, RegisterEvent};
use countersign_core::release::Release;
use countersign_core::stream::StreamId;
use countersign_store::{Append, Idempotency, NewEvent, OutboxMessage, Remembered, RowChanges};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Everything one command writes, before it is stored.
pub(super) struct Decided {
    pub(super) stream: StreamId,
    pub(super) expected: Vec<(StreamId, u64)>,
    pub(super) events: Vec<(StreamId, Event)>,
    pub(super) rows: RowChanges,
    pub(super) outbox: Vec<OutboxMessage>,
}

/// The read rows of a release that changed.
pub(super) fn changed_rows(release: &Release, rows: &mut RowChanges) {
    let Some(id) = &release.id else { return };
    rows.releases.extend(project::release_row(release));
    let subject = StreamId::Release(id.clone());
    rows.tasks.push((subject.clone(), project::tasks(release)));
    rows.entries.push((subject, project::entries(release)));
    rows.standings.push((id.clone(), project::standings(release)));
}

/// What a change of the register writes, its read rows included.
pub(super) fn of_register(
    register: &Loaded<Register>,
    events: Vec<RegisterEvent>,
    now: Timestamp,
) -> Decided {
    let mut after = (*register.state).clone();
    for event in &events {
        after.evolve(now, event);
    }
    let stream = StreamId::Register;
    let mut rows = RowChanges::default();
    rows.entries.push((stream.clone(), project::register_entries(&after)));
    rows.tasks.push((stream.clone(), project::register_tasks(&after)));
    let events = events.into_iter().map(|event| (stream.clone(), Event::Register(event)));
    Decided {
        expected: vec![(stream.clone(), register.version)],
        events: events.collect(),
        stream,
        rows,
        outbox: Vec::new(),
    }
}

/// The read rows of an incident, a risk or a sandbox exclusion that changed.
pub(super) fn listed_rows(listed: &dyn Listed, rows: &mut RowChanges) {
    let Some(subject) = listed.subject() else { return };
    rows.tasks.push((subject.clone(), listed.tasks()));
    rows.entries.push((subject, listed.entry().into_iter().collect()));
}

/// Refuses a command that was based on another version than the one there is (`If-Match`).
pub(super) fn check_version(decided: &Decided, if_version: Option<u64>) -> Result<(), Failure> {
    let actual = decided.expected.iter().find(|(stream, _)| stream == &decided.stream);
    match (if_version, actual) {
        (Some(wanted), Some((_, actual))) if wanted != *actual => Err(Failure::Stale {
            message: format!(
                "it has changed since you looked: you saw version {wanted}, it is now version \
                 {actual}; load it again"
            ),
        }),
        (Some(_) | None, _) => Ok(()),
    }
}

/// The append and the receipt of what was decided.
pub(super) fn encode(
    decided: Decided,
    caller: &Caller,
    now: Timestamp,
) -> Result<(Append, Receipt), Failure> {
    let mut versions: BTreeMap<StreamId, u64> = decided.expected.iter().cloned().collect();
    let mut events = Vec::with_capacity(decided.events.len());
    let mut words = Vec::new();
    for (stream, event) in decided.events {
        let version = versions.entry(stream.clone()).or_insert(0);
        *version += 1;
        words.push(event.word().to_owned());
        let (version, by) = (*version, caller.who.clone());
        let envelope = Envelope { v: 1, stream: stream.clone(), version, at: now, by, event };
        let bytes = envelope.encode().doing("encode an event")?;
        events.push(NewEvent { stream, version, bytes });
    }
    let receipt = Receipt {
        version: versions.get(&decided.stream).copied().unwrap_or(0),
        stream: decided.stream,
        at: now,
        events: words,
        positions: (0, 0),
    };
    let append = Append {
        expected: decided.expected,
        events,
        texts: Vec::new(),
        rows: decided.rows,
        outbox: decided.outbox,
        notices: Vec::new(),
        idempotency: None,
    };
    Ok((append, receipt))
}

/// What makes a repeated request harmless.
pub(super) fn remember(
    caller: &Caller,
    key: Option<&IdempotencyKey>,
    receipt: &Receipt,
    at: Timestamp,
) -> Result<Option<Idempotency>, Failure> {
    let (Some(key), Who::Person(actor) | Who::Machine(actor)) = (key, &caller.who) else {
        return Ok(None);
    };
    let response = serde_json::to_vec(receipt).doing("encode a receipt")?;
    let (actor, key, request) = (actor.clone(), key.key.clone(), key.request);
    Ok(Some(Idempotency { actor, key, request, response, at }))
}

/// The receipt of a request carried out before.
pub(super) fn receipt_of(remembered: &Remembered) -> Result<Receipt, Failure> {
    let receipt: Receipt =
        serde_json::from_slice(&remembered.response).doing("read a past receipt")?;
    let positions = (remembered.positions.start, remembered.positions.end);
    Ok(Receipt { positions, ..receipt })
}
