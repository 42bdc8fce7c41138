//! An emergency release: its ground, the authority it runs on, and the papers it owes.

use crate::digest::Sha256;
use crate::name::{EnvironmentName, PersonId};
use crate::policy::Settings;
use crate::release::{Release, State};
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Why something cannot wait for the routine. There is no fourth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// What runs now harms people or may do so.
    SafetyIssue,
    /// What runs now can be attacked.
    SecurityVulnerability,
    /// The law gives a date.
    RegulatoryDeadline,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 3] =
        [Self::SafetyIssue, Self::SecurityVulnerability, Self::RegulatoryDeadline];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::SafetyIssue => "safety_issue",
            Self::SecurityVulnerability => "security_vulnerability",
            Self::RegulatoryDeadline => "regulatory_deadline",
        }
    }

    /// The words a person reads.
    pub fn human(self) -> &'static str {
        match self {
            Self::SafetyIssue => "safety issue",
            Self::SecurityVulnerability => "security vulnerability",
            Self::RegulatoryDeadline => "regulatory deadline",
        }
    }
}

/// How the authority was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// By telephone.
    Phone,
    /// Face to face.
    InPerson,
    /// In a message.
    Message,
}

impl Means {
    /// Every means.
    pub const ALL: [Self; 3] = [Self::Phone, Self::InPerson, Self::Message];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::InPerson => "in_person",
            Self::Message => "message",
        }
    }

    /// The words a person reads after "given".
    pub fn human(self) -> &'static str {
        match self {
            Self::Phone => "by phone",
            Self::InPerson => "in person",
            Self::Message => "in a message",
        }
    }
}

/// Authority by word of mouth: a claim of the owner until the person named confirms it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerbalAuthority {
    /// Who is said to have given it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// How.
    pub means: Means,
}

/// What the owner says when something cannot wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEmergency {
    /// Why it cannot wait.
    pub ground: Ground,
    /// The same in words.
    pub explanation: Text,
    /// Who gave authority for it.
    pub authority: VerbalAuthority,
}

/// The claim as it is kept: with what it covers and the terms it was made under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyClaim {
    /// Why it cannot wait.
    pub ground: Ground,
    /// The same in words.
    pub explanation: Text,
    /// Who gave authority for it.
    pub authority: VerbalAuthority,
    /// The owner of the model, who claims it and owes the papers.
    pub owner: PersonId,
    /// Exactly what may run.
    pub digests: BTreeSet<Sha256>,
    /// Exactly where.
    pub environments: BTreeSet<EnvironmentName>,
    /// By when the person named confirms it.
    pub confirm_by: Timestamp,
    /// The policy's clocks and switches at that moment; later ones do not touch it (I-04).
    pub settings: Box<Settings>,
}

/// What the person named said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It was given.
    Confirmed {
        /// When they said so.
        at: Timestamp,
    },
    /// It was not, or no longer is.
    Denied {
        /// When they said so.
        at: Timestamp,
        /// Why.
        reason: Text,
    },
}

/// Written approval and full documentation, owed since the deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers {
    /// By when.
    pub due: Timestamp,
    /// When the owner is reminded.
    pub remind_at: Timestamp,
    /// Whether that was done.
    pub reminded: bool,
    /// Whether their absence was recorded.
    pub overdue: bool,
}

/// An emergency as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    /// What was claimed.
    pub claim: EmergencyClaim,
    /// When.
    pub claimed_at: Timestamp,
    /// What the person named said; `None` while they are asked.
    pub answer: Option<Answer>,
    /// Whether it was recorded that nobody confirmed it in time.
    pub lapsed: bool,
    /// What is owed; `None` before it runs.
    pub papers: Option<Papers>,
}

impl Emergency {
    pub(super) fn claimed(at: Timestamp, claim: EmergencyClaim) -> Self {
        Self { claim, claimed_at: at, answer: None, lapsed: false, papers: None }
    }

    /// Whether nobody has confirmed it in time, at this moment or on record.
    pub fn is_unconfirmed(&self, now: Timestamp) -> bool {
        self.answer.is_none() && (self.lapsed || now > self.claim.confirm_by)
    }

    /// Whether the person named denied it.
    pub fn is_denied(&self) -> bool {
        matches!(self.answer, Some(Answer::Denied { .. }))
    }

    /// When the person named denied or confirmed it.
    pub fn answered_at(&self) -> Option<Timestamp> {
        match &self.answer {
            Some(Answer::Confirmed { at } | Answer::Denied { at, .. }) => Some(*at),
            None => None,
        }
    }
}

impl Release {
    /// The emergency whose verbal authority it may run on now: claimed, not denied, and not yet
    /// decided in writing.
    pub fn on_authority(&self) -> Option<&Emergency> {
        let waiting = match self.state {
            State::Draft | State::InReview => true,
            State::Absent
            | State::Approved
            | State::Deployed
            | State::Confirmed
            | State::Rejected
            | State::Withdrawn
            | State::Superseded
            | State::RolledBack
            | State::Retired => false,
        };
        self.urgent.emergency.as_ref().filter(|emergency| waiting && !emergency.is_denied())
    }

    /// The papers it still owes: it was deployed on verbal authority, and nobody has decided in
    /// writing yet.
    pub fn owed_papers(&self) -> Option<(&Emergency, &Papers)> {
        let decided = self.decided_at.is_some() || self.rejection.is_some();
        let emergency = self.urgent.emergency.as_ref().filter(|_| !decided)?;
        Some((emergency, emergency.papers.as_ref()?))
    }

    /// The settings it is judged by: those of its plan, or those of its emergency.
    pub fn settings(&self) -> Option<&Settings> {
        let of_claim = self.urgent.emergency.as_ref().map(|one| &*one.claim.settings);
        self.plan.as_ref().map(|plan| &plan.settings).or(of_claim)
    }

    /// The owner it is judged with: that of its plan, or that of its emergency.
    pub fn owner(&self) -> Option<&PersonId> {
        let of_claim = self.urgent.emergency.as_ref().map(|one| &one.claim.owner);
        self.plan.as_ref().map(|plan| &plan.owner).or(of_claim)
    }
}
