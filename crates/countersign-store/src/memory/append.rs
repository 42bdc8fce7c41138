//! Appending: every reason to refuse first, then the writes.

use super::{Memory, State, sign};
use crate::append::{Append, AppendError, Appended, MAX_EVENT_BYTES, Remembered, RowChanges};
use crate::event::StoredEvent;
use crate::fault::Fault;
use crate::outbox::{Delivery, DeliveryStatus, OutboxMessage};
use countersign_core::stream::StreamId;
use countersign_proof::leaf_hash;
use std::collections::{BTreeMap, BTreeSet};

impl Memory {
    pub(super) fn append_now(&self, append: Append) -> Result<Appended, AppendError> {
        let mut state = self.state();
        state.refuse(&append)?;
        let mut frontier = state.frontier.clone();
        let leaves: Vec<_> = append.events.iter().map(|event| leaf_hash(&event.bytes)).collect();
        leaves.iter().for_each(|leaf| frontier.push(*leaf));
        if !leaves.is_empty() {
            let head = sign(&self.key, &frontier).map_err(Fault::plain);
            state.head = head.map_err(AppendError::Fault)?;
        }
        let positions = state.frontier.size()..frontier.size();
        state.frontier = frontier;
        state.leaves.extend(leaves);
        for (position, event) in positions.clone().zip(append.events) {
            let index = state.events.len();
            state.streams.entry(event.stream.clone()).or_default().push(index);
            let (stream, version, bytes) = (event.stream, event.version, event.bytes);
            state.events.push(StoredEvent { position, stream, version, bytes });
        }
        for text in append.texts {
            state.texts.entry(text.digest).or_insert(text);
        }
        state.write_rows(append.rows);
        state.outbox.extend(append.outbox.into_iter().map(queued));
        state.keep_notices(append.notices);
        if let Some(request) = append.idempotency {
            let (positions, at) = (positions.clone(), request.at);
            let (digest, response) = (request.request, request.response);
            let remembered = Remembered { request: digest, response, positions, at };
            state.requests.insert((request.actor, request.key), remembered);
        }
        let (tree, checkpoint) = (state.head.tree, state.head.checkpoint.clone());
        Ok(Appended { positions, size: tree.size, root: tree.root, checkpoint })
    }
}

impl State {
    fn refuse(&self, append: &Append) -> Result<(), AppendError> {
        if let Some(request) = &append.idempotency {
            let key = (request.actor.clone(), request.key.clone());
            match self.requests.get(&key) {
                Some(known) if known.request == request.request => {
                    return Err(AppendError::AlreadyDone(known.clone()));
                }
                Some(_) => return Err(AppendError::IdempotencyMismatch { key: key.1 }),
                None => {}
            }
        }
        if let Some(event) = append.events.iter().find(|event| event.bytes.len() > MAX_EVENT_BYTES)
        {
            let (stream, version) = (event.stream.clone(), event.version);
            return Err(AppendError::EventTooLarge { stream, version, size: event.bytes.len() });
        }
        self.refuse_stale(append)?;
        let mut ids: BTreeSet<&str> = self.outbox.keys().map(String::as_str).collect();
        match append.outbox.iter().find(|message| !ids.insert(&message.id)) {
            Some(message) => Err(AppendError::OutboxIdTaken { id: message.id.clone() }),
            None => Ok(()),
        }
    }

    fn refuse_stale(&self, append: &Append) -> Result<(), AppendError> {
        let mut versions: BTreeMap<&StreamId, u64> = BTreeMap::new();
        let expected = append.expected.iter().map(|(stream, version)| (stream, *version));
        for (stream, expected) in expected {
            let actual = self.version(stream);
            if actual != expected {
                return Err(AppendError::Conflict { stream: stream.clone(), expected, actual });
            }
        }
        for event in &append.events {
            let actual =
                versions.entry(&event.stream).or_insert_with(|| self.version(&event.stream));
            if event.version != *actual + 1 {
                let (stream, expected) = (event.stream.clone(), event.version.saturating_sub(1));
                return Err(AppendError::Conflict { stream, expected, actual: *actual });
            }
            *actual += 1;
        }
        Ok(())
    }

    fn version(&self, stream: &StreamId) -> u64 {
        self.streams.get(stream).map_or(0, |events| events.len() as u64)
    }

    fn write_rows(&mut self, rows: RowChanges) {
        self.releases.extend(rows.releases.into_iter().map(|row| (row.release.clone(), row)));
        self.models.extend(rows.models.into_iter().map(|row| (row.model.clone(), row)));
        for (subject, tasks) in rows.tasks {
            self.tasks.retain(|(of, _), _| *of != subject);
            let keyed = tasks.into_iter().map(|row| ((row.subject.clone(), row.task.clone()), row));
            self.tasks.extend(keyed);
        }
        for (subject, entries) in rows.entries {
            self.entries.retain(|_, row| row.subject != subject);
            let keyed = entries.into_iter().map(|row| ((row.kind.word(), row.id.clone()), row));
            self.entries.extend(keyed);
        }
        for (release, standings) in rows.standings {
            self.standings.retain(|(_, _, of), _| *of != release);
            let keyed = standings
                .into_iter()
                .map(|row| ((row.digest, row.environment, row.release), row.standing));
            self.standings.extend(keyed);
        }
    }
}

fn queued(message: OutboxMessage) -> (String, (OutboxMessage, Delivery)) {
    let delivery = Delivery {
        id: message.id.clone(),
        release: message.release.clone(),
        step: message.step.clone(),
        endpoint: message.endpoint.clone(),
        status: DeliveryStatus::Due,
        attempts: 0,
        last_error: None,
        created_at: message.created_at,
        next_at: message.next_at,
        attempted_at: None,
    };
    (message.id.clone(), (message, delivery))
}
