//! Notices that were told, who has read them, and their way out by e-mail and webhook.
//!
//! A notice is kept once: a second one with its identifier changes nothing. What goes out is
//! written in the transaction that marks the notice as sent, so that of several servers exactly
//! one sends it, and a server that is killed leaves either all of it to do or none.

use crate::outbox::DeliveryStatus;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::notice::Notice;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A notice with the moment it was found due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNotice {
    /// What somebody is told.
    pub notice: Notice,
    /// When.
    pub at: Timestamp,
}

/// A notice in somebody's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedNotice {
    /// The notice.
    pub kept: KeptNotice,
    /// When whoever the list is for marked it as read.
    pub read_at: Option<Timestamp>,
}

/// Whose notices to list, the newest first.
#[derive(Debug, Clone)]
pub struct NoticeQuery {
    /// Notices to this person.
    pub person: PersonId,
    /// And notices to the holders of one of these roles.
    pub roles: Vec<RoleName>,
    /// Those read, those not read, or both.
    pub which: ReadOrNot,
    /// Go on after this notice.
    pub after: Option<NoticeCursor>,
    /// How many at most.
    pub limit: u32,
}

/// Notices read, those not read, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReadOrNot {
    /// Every notice.
    #[default]
    All,
    /// Those the person has not marked as read.
    Unread,
}

/// Where a list of notices goes on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NoticeCursor {
    /// When the last notice listed was found due.
    pub at: Timestamp,
    /// Its identifier.
    pub id: String,
}

impl NoticeCursor {
    pub(crate) fn of(listed: &ListedNotice) -> Self {
        Self { at: listed.kept.at, id: listed.kept.notice.id() }
    }
}

/// One notice on its way to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// Unique for ever; recipients use it to drop repeats.
    pub id: String,
    /// The notice's identifier.
    pub notice: String,
    /// By which channel, and to whom. An address is looked up when it is sent, so that nothing of
    /// a person who was forgotten stays here.
    pub channel: Channel,
    /// When it was written.
    pub created_at: Timestamp,
    /// When to try first, or next.
    pub next_at: Timestamp,
}

/// A way out, with the recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// By e-mail to a person.
    Email(PersonId),
    /// To the webhook endpoint with this name.
    Webhook(String),
}

impl Channel {
    /// The word stored and shown.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Email(_) => "email",
            Self::Webhook(_) => "webhook",
        }
    }

    /// The person's identifier, or the endpoint's name.
    pub fn recipient(&self) -> &str {
        match self {
            Self::Email(person) => person.as_str(),
            Self::Webhook(endpoint) => endpoint,
        }
    }
}

/// What became of a dispatch so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatched {
    /// What goes where.
    pub dispatch: Dispatch,
    /// Whether it is still to be sent.
    pub status: DeliveryStatus,
    /// How many attempts were made.
    pub attempts: u32,
    /// Why the last failed attempt failed.
    pub last_error: Option<String>,
    /// When the last attempt was made.
    pub attempted_at: Option<Timestamp>,
}

impl Dispatched {
    /// A dispatch nobody has tried yet.
    pub(crate) fn new(dispatch: Dispatch) -> Self {
        let (status, attempts) = (DeliveryStatus::Due, 0);
        Self { dispatch, status, attempts, last_error: None, attempted_at: None }
    }
}
