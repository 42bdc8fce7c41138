//! The stored form of an event: one envelope, one encoding, read back for ever.
//!
//! The encoded bytes are the leaf of the log. They are written once and never rewritten; an old
//! shape is lifted here when it is decoded, and nowhere else.

use crate::actor::Who;
use crate::incident::IncidentEvent;
use crate::meeting::MeetingEvent;
use crate::model::ModelEvent;
use crate::register::RegisterEvent;
use crate::release::ReleaseEvent;
use crate::risk::RiskEvent;
use crate::sandbox::SandboxEvent;
use crate::stream::StreamId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Any event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Of a release.
    Release(ReleaseEvent),
    /// Of a model.
    Model(ModelEvent),
    /// Of a session of the committee.
    Meeting(MeetingEvent),
    /// Of an incident.
    Incident(IncidentEvent),
    /// Of an entry of the risk register.
    Risk(RiskEvent),
    /// Of a sandbox exclusion.
    Sandbox(SandboxEvent),
    /// Of the register.
    Register(RegisterEvent),
}

impl Event {
    /// The event's word, for receipts and timelines: `approval_given`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Release(event) => event.word(),
            Self::Model(event) => event.word(),
            Self::Meeting(event) => event.word(),
            Self::Incident(event) => event.word(),
            Self::Risk(event) => event.word(),
            Self::Sandbox(event) => event.word(),
            Self::Register(event) => event.word(),
        }
    }
}

/// An event with everything that is true of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The shape of this envelope: 1.
    pub v: u32,
    /// The history it belongs to.
    pub stream: StreamId,
    /// Its place there, counted from 1.
    pub version: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who made it happen.
    pub by: Who,
    /// What happened.
    pub event: Event,
}

/// Why stored bytes are not an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableEvent {
    /// What the decoder says.
    pub message: String,
}

impl fmt::Display for UnreadableEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the stored bytes are not an event: {}", self.message)
    }
}

impl std::error::Error for UnreadableEvent {}

impl Envelope {
    /// The bytes that are stored: UTF-8 JSON without white space.
    pub fn encode(&self) -> Result<Vec<u8>, UnreadableEvent> {
        serde_json::to_vec(self).map_err(|error| UnreadableEvent { message: error.to_string() })
    }

    /// Reads stored bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, UnreadableEvent> {
        let envelope: Self = serde_json::from_slice(bytes)
            .map_err(|error| UnreadableEvent { message: error.to_string() })?;
        match envelope.v {
            1 => Ok(envelope),
            v => Err(UnreadableEvent { message: format!("envelope version {v} is not known") }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_an_event_is_the_one_it_is_stored_under() {
        let reason = crate::text::Text::new(&[0; 16], "drift").unwrap();
        let event = Event::Release(ReleaseEvent::Suspended { reason });
        let stored = serde_json::to_value(&event).unwrap();
        assert!(stored["release"].get(event.word()).is_some());
    }
}
