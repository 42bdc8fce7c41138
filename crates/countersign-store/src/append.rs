//! What goes into the log in one piece, and what comes back.

use crate::fault::Fault;
use crate::notice::KeptNotice;
use crate::outbox::OutboxMessage;
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::name::{PersonId, ReleaseId};
use countersign_core::rows::{EntryRow, ModelRow, ReleaseRow, StandingRow, TaskRow};
use countersign_core::stream::StreamId;
use countersign_proof::Hash;
use jiff::Timestamp;
use std::ops::Range;
use std::sync::Arc;

/// The longest event accepted, in bytes. The log format allows 64 KiB; the rest is left for
/// envelopes around exported events.
pub const MAX_EVENT_BYTES: usize = 60 * 1024;

/// Everything one command writes. It is stored whole or not at all (I-06).
#[derive(Debug, Clone, Default)]
pub struct Append {
    /// Streams the decision was based on, each with the version it had (its number of events; 0
    /// for a stream without events). A stream that has moved on is a [`AppendError::Conflict`].
    pub expected: Vec<(StreamId, u64)>,
    /// The events, in the order of their positions.
    pub events: Vec<NewEvent>,
    /// Free texts the events name by digest. A text already stored is left as it is.
    pub texts: Vec<Text>,
    /// The read rows that the events change.
    pub rows: RowChanges,
    /// Messages to deliver because of the events.
    pub outbox: Vec<OutboxMessage>,
    /// Notices to keep because of the events; those kept before are left as they are.
    pub notices: Vec<KeptNotice>,
    /// Set when the command came with an idempotency key.
    pub idempotency: Option<Idempotency>,
}

/// An event to append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its number in that stream, counted from 1: one more than the stream has.
    pub version: u64,
    /// Its bytes, at most [`MAX_EVENT_BYTES`].
    pub bytes: Vec<u8>,
}

/// A free text kept apart from the events, so that it can be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What the event holds: SHA-256 over salt and text.
    pub digest: TextDigest,
    /// The salt, drawn by the caller.
    pub salt: [u8; 16],
    /// The text.
    pub text: String,
}

/// The read rows one command changes.
#[derive(Debug, Clone, Default)]
pub struct RowChanges {
    /// Rows to insert or replace, by release.
    pub releases: Vec<ReleaseRow>,
    /// Rows to insert or replace, by model.
    pub models: Vec<ModelRow>,
    /// For each history named: all its tasks. Tasks not listed are removed.
    pub tasks: Vec<(StreamId, Vec<TaskRow>)>,
    /// For each history named: all its entries. Entries not listed are removed.
    pub entries: Vec<(StreamId, Vec<EntryRow>)>,
    /// For each release named: all its standings. Standings not listed are removed.
    pub standings: Vec<(ReleaseId, Vec<StandingRow>)>,
}

/// What makes a repeated command harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// Who sent the command; keys of different people never meet.
    pub actor: PersonId,
    /// The key the sender chose.
    pub key: String,
    /// The digest of the request: the same key with another request is an error.
    pub request: Sha256,
    /// What was answered, kept as it is.
    pub response: Vec<u8>,
    /// When it was carried out. Keep requests for 24 hours at least; see `forget_requests`.
    pub at: Timestamp,
}

/// A command that was carried out before under the same idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The digest of the request.
    pub request: Sha256,
    /// What was answered.
    pub response: Vec<u8>,
    /// Where its events lie in the log.
    pub positions: Range<u64>,
    /// When it was carried out.
    pub at: Timestamp,
}

/// Where an append landed. When it is returned, the events are durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The positions of the events. Empty when the append had no events.
    pub positions: Range<u64>,
    /// The size of the log that the checkpoint covers: at least `positions.end`.
    pub size: u64,
    /// The root over that size.
    pub root: Hash,
    /// The signed checkpoint over that size and root. Commands committed together share it.
    pub checkpoint: Arc<str>,
}

/// Why an append was not stored. In every case nothing of it was written, except that after a
/// [`AppendError::Fault`] the caller cannot know and should repeat with an idempotency key.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// Somebody else was faster.
    #[error(
        "stream `{stream}` is at version {actual}, the command expects version {expected}: load \
         it again and repeat the command"
    )]
    Conflict {
        /// The stream that moved.
        stream: StreamId,
        /// The version the command expected.
        expected: u64,
        /// The version the stream has.
        actual: u64,
    },
    /// The same request was carried out before under this idempotency key.
    #[error("this command was carried out before")]
    AlreadyDone(Remembered),
    /// The idempotency key was used for another request.
    #[error("the idempotency key `{key}` was used for another request: send a new key")]
    IdempotencyMismatch {
        /// The key.
        key: String,
    },
    /// An event is longer than [`MAX_EVENT_BYTES`].
    #[error(
        "event {version} of stream `{stream}` has {size} bytes, the limit is {MAX_EVENT_BYTES}: \
         attach long content as evidence"
    )]
    EventTooLarge {
        /// The stream of the event.
        stream: StreamId,
        /// The version of the event.
        version: u64,
        /// Its length in bytes.
        size: usize,
    },
    /// An outbox message has the id of an earlier one.
    #[error("there is already an outbox message `{id}`: give each message its own id")]
    OutboxIdTaken {
        /// The id.
        id: String,
    },
    /// The machine failed.
    #[error("the command could not be stored")]
    Fault(#[source] Fault),
}
