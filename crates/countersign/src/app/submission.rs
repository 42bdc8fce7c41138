//! What is asked of the application, and what it answers: commands with what belongs to them, and
//! receipts.

use super::Draft;
use countersign_core::digest::Sha256;
use countersign_core::incident::IncidentCommand;
use countersign_core::meeting::MeetingCommand;
use countersign_core::model::ModelCommand;
use countersign_core::name::{ExclusionId, IncidentId, MeetingId, ModelName, ReleaseId, RiskId};
use countersign_core::register::RegisterCommand;
use countersign_core::release::Command;
use countersign_core::risk::RiskCommand;
use countersign_core::sandbox::SandboxCommand;
use countersign_core::stream::StreamId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A command to anything.
#[derive(Debug, Clone)]
pub enum AnyCommand {
    /// To a release.
    Release(ReleaseId, Box<Command>),
    /// To a model.
    Model(ModelName, ModelCommand),
    /// To a session of the committee.
    Meeting(MeetingId, Box<MeetingCommand>),
    /// To an incident.
    Incident(IncidentId, IncidentCommand),
    /// To an entry of the risk register.
    Risk(RiskId, RiskCommand),
    /// To a sandbox exclusion.
    Sandbox(ExclusionId, SandboxCommand),
    /// To the register.
    Register(RegisterCommand),
}

/// A command with what belongs to it.
#[derive(Debug)]
pub struct Submission {
    /// The command.
    pub command: AnyCommand,
    /// Its free texts.
    pub draft: Draft,
    /// Set when repeating the request must be harmless.
    pub idempotency: Option<IdempotencyKey>,
    /// The version of the stream the caller looked at (`If-Match`).
    pub if_version: Option<u64>,
}

impl Submission {
    /// A command without anything else.
    pub fn new(command: AnyCommand) -> Self {
        Self { command, draft: Draft::default(), idempotency: None, if_version: None }
    }

    /// A command to a release.
    pub fn release(id: &ReleaseId, command: Command) -> Self {
        Self::new(AnyCommand::Release(id.clone(), Box::new(command)))
    }

    /// The same with its free texts.
    #[must_use]
    pub fn with(mut self, draft: Draft) -> Self {
        self.draft = draft;
        self
    }
}

/// What makes a repeated request harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The key the sender chose.
    pub key: String,
    /// The digest of the request.
    pub request: Sha256,
}

/// Where a command landed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The history it changed.
    pub stream: StreamId,
    /// That history's version now.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// What happened, as the words of the events.
    pub events: Vec<String>,
    /// The positions of the events in the log.
    pub positions: (u64, u64),
}
