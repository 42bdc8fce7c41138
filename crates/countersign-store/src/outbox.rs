//! The outbox: messages committed with the events that caused them, and the log of their delivery.
//!
//! The store keeps the messages and what became of them. Sending, signing, backing off and giving
//! up are decided by the program.

use countersign_core::name::{ReleaseId, StepName};
use jiff::Timestamp;
use serde::Serialize;

/// A message to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Unique for ever, chosen by the caller; receivers use it to drop repeats.
    pub id: String,
    /// The release it is about.
    pub release: ReleaseId,
    /// The step that sends it.
    pub step: StepName,
    /// The name of the webhook endpoint it goes to.
    pub endpoint: String,
    /// The body, as it will be sent.
    pub body: Vec<u8>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When to try first, or next.
    pub next_at: Timestamp,
}

/// A message that is due, with how often it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMessage {
    /// The message.
    pub message: OutboxMessage,
    /// How many attempts were made before; 0 for a new message.
    pub attempts: u32,
}

/// An attempt that failed and will be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// When the attempt was made.
    pub at: Timestamp,
    /// When to try again.
    pub next_at: Timestamp,
    /// Which attempt it was, counted from 1.
    pub attempt: u32,
    /// Why it failed, as an operator reads it.
    pub error: String,
}

/// What became of a message so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// Waiting for its next attempt.
    Due,
    /// Delivered.
    Done,
    /// Given up.
    Dead,
}

impl DeliveryStatus {
    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

impl std::str::FromStr for DeliveryStatus {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let all = [Self::Due, Self::Done, Self::Dead];
        all.into_iter().find(|status| status.word() == word).ok_or("not a delivery status")
    }
}

/// One line of the delivery log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The message's id.
    pub id: String,
    /// The release it is about.
    pub release: ReleaseId,
    /// The step that sends it.
    pub step: StepName,
    /// The endpoint it goes to.
    pub endpoint: String,
    /// What became of it.
    pub status: DeliveryStatus,
    /// How many attempts were made.
    pub attempts: u32,
    /// Why the last failed attempt failed.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is tried next; meaningful while it is due.
    pub next_at: Timestamp,
    /// When the last attempt was made.
    pub attempted_at: Option<Timestamp>,
}
