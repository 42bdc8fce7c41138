//! The store of Countersign: the event log, read rows, texts, the outbox, the directory and blobs.
//!
//! It keeps bytes and rows and decides nothing. It never looks inside an event: what an event
//! means is the core's matter, what it proves is the proof crate's. This is the only crate that
//! contains SQL, and the only one that writes files.
//!
//! A [`Store`] is opened by URL: `sqlite:PATH` for a database on disk, `memory:` for tests and
//! demonstrations. What every engine promises:
//!
//! - An append is stored whole or not at all, and is durable when it returns (I-06).
//! - Positions are gapless and equal the index in the Merkle tree; the head of the log is signed
//!   in the transaction that appends.
//! - The signed head is also kept beside the database. A restored backup that forgot events is
//!   noticed when it is opened.
//! - An event is never changed or deleted.
//!
//! What is deliberately absent: a clock, any rule, projections that lag behind, and snapshots.

#![deny(missing_docs)]

mod append;
mod blobs;
mod directory;
mod doctor;
mod engine;
mod event;
mod fault;
mod head_file;
mod memory;
mod notice;
mod open;
mod outbox;
mod page;
mod snapshot;
mod sqlite;

pub use append::{
    Append, AppendError, Appended, Idempotency, MAX_EVENT_BYTES, NewEvent, Remembered, RowChanges,
    Text,
};
pub use blobs::{BlobListing, BlobReader, BlobStore, BlobWriter};
pub use directory::{
    ApiToken, DirectoryError, Person, Session, Setting, SetupLink, WebhookEndpoint,
};
pub use doctor::{Area, Checkup, EnvelopeReader, EventPlace, Finding, Progress, Report, examine};
pub use event::{LogHead, StoredEvent};
pub use fault::Fault;
pub use head_file::HeadError;
pub use notice::{
    Channel, Dispatch, Dispatched, KeptNotice, ListedNotice, NoticeCursor, NoticeQuery, ReadOrNot,
};
pub use open::{HeadPolicy, OpenError, OpenOptions, Store, open};
pub use outbox::{Delivery, DeliveryStatus, DueMessage, OutboxMessage, Retry};
pub use page::{
    EntryCursor, EntryQuery, MAX_PAGE, ModelQuery, Page, ReleaseCursor, ReleaseQuery, StandingKey,
    TaskCursor, TaskQuery, Which,
};
pub use snapshot::{RowCounts, Snapshot};
