//! One append inside the writer's transaction: first every reason to refuse it, then the writes.

use super::{
    entry_rows, log, model_rows, notice_rows, outbox, release_rows, requests, standing_rows,
    task_rows,
};
use crate::append::{Append, AppendError, MAX_EVENT_BYTES};
use crate::fault::Fault;
use countersign_core::stream::StreamId;
use countersign_proof::{Frontier, Hash};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Carries an append out, or refuses it before anything is written. The transaction also holds the
/// appends before it in the group, so it sees and respects them.
pub(super) fn carry_out(
    connection: &Connection,
    frontier: &mut Frontier,
    append: &Append,
    leaves: &[Hash],
) -> Result<Range<u64>, AppendError> {
    refuse(connection, append)?;
    let written = write(connection, frontier, append, leaves);
    written.map_err(Fault::at("write an append")).map_err(AppendError::Fault)
}

fn refuse(connection: &Connection, append: &Append) -> Result<(), AppendError> {
    refuse_repeated(connection, append)?;
    refuse_long(append)?;
    refuse_stale(connection, append)?;
    refuse_taken(connection, append)
}

fn refuse_taken(connection: &Connection, append: &Append) -> Result<(), AppendError> {
    let mut ids = BTreeSet::new();
    for message in &append.outbox {
        let known = outbox::exists(connection, &message.id);
        let known = known.map_err(Fault::at("look for an outbox message"));
        if !ids.insert(&message.id) || known.map_err(AppendError::Fault)? {
            return Err(AppendError::OutboxIdTaken { id: message.id.clone() });
        }
    }
    Ok(())
}

/// A repeated command gets its first answer, whatever has happened to its streams since.
fn refuse_repeated(connection: &Connection, append: &Append) -> Result<(), AppendError> {
    let Some(request) = &append.idempotency else { return Ok(()) };
    let remembered = requests::remembered(connection, &request.actor, &request.key)
        .map_err(Fault::at("look for an idempotency key"))
        .map_err(AppendError::Fault)?;
    match remembered {
        None => Ok(()),
        Some(known) if known.request == request.request => Err(AppendError::AlreadyDone(known)),
        Some(_) => Err(AppendError::IdempotencyMismatch { key: request.key.clone() }),
    }
}

fn refuse_long(append: &Append) -> Result<(), AppendError> {
    match append.events.iter().find(|event| event.bytes.len() > MAX_EVENT_BYTES) {
        None => Ok(()),
        Some(event) => Err(AppendError::EventTooLarge {
            stream: event.stream.clone(),
            version: event.version,
            size: event.bytes.len(),
        }),
    }
}

/// Streams must be where the command believes they are, and its events must follow on.
fn refuse_stale(connection: &Connection, append: &Append) -> Result<(), AppendError> {
    let mut versions: BTreeMap<&StreamId, u64> = BTreeMap::new();
    for (stream, expected) in &append.expected {
        let actual = version_of(connection, &mut versions, stream)?;
        if actual != *expected {
            return Err(conflict(stream, *expected, actual));
        }
    }
    for event in &append.events {
        let (stream, version) = (&event.stream, event.version);
        let actual = version_of(connection, &mut versions, stream)?;
        if version != actual + 1 {
            return Err(conflict(stream, version.saturating_sub(1), actual));
        }
        versions.insert(stream, version);
    }
    Ok(())
}

fn conflict(stream: &StreamId, expected: u64, actual: u64) -> AppendError {
    AppendError::Conflict { stream: stream.clone(), expected, actual }
}

fn version_of<'a>(
    connection: &Connection,
    versions: &mut BTreeMap<&'a StreamId, u64>,
    stream: &'a StreamId,
) -> Result<u64, AppendError> {
    if let Some(version) = versions.get(stream) {
        return Ok(*version);
    }
    let read = log::version(connection, stream).map_err(Fault::at("read a stream's version"));
    let version = read.map_err(AppendError::Fault)?;
    versions.insert(stream, version);
    Ok(version)
}

fn write(
    connection: &Connection,
    frontier: &mut Frontier,
    append: &Append,
    leaves: &[Hash],
) -> rusqlite::Result<Range<u64>> {
    let first = frontier.size();
    for (event, leaf) in append.events.iter().zip(leaves) {
        log::insert(connection, frontier.size(), event, leaf)?;
        frontier.push(*leaf);
    }
    let positions = first..frontier.size();
    append.texts.iter().try_for_each(|text| log::insert_text(connection, text))?;
    let rows = &append.rows;
    rows.releases.iter().try_for_each(|row| release_rows::put(connection, row))?;
    rows.models.iter().try_for_each(|row| model_rows::put(connection, row))?;
    for (subject, tasks) in &rows.tasks {
        task_rows::replace(connection, subject, tasks)?;
    }
    for (subject, entries) in &rows.entries {
        entry_rows::replace(connection, subject, entries)?;
    }
    for (release, standings) in &rows.standings {
        standing_rows::replace(connection, release, standings)?;
    }
    append.outbox.iter().try_for_each(|message| outbox::insert(connection, message))?;
    for notice in &append.notices {
        notice_rows::keep(connection, notice)?;
    }
    if let Some(request) = &append.idempotency {
        requests::remember(connection, request, &positions)?;
    }
    Ok(positions)
}
