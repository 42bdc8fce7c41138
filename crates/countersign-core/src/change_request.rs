//! Change requests: a reviewer asks for more tests or documents before he decides.
//!
//! While a request waits for its answer the release says so in its state, nobody approves, and
//! the clocks of open steps stand still. The answer comes back into the same release.

use crate::name::{CriterionName, EvidenceId, ItemName, PersonId, RoleName, StepName};
use crate::text::Text;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// What a change request is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A checklist item.
    Item(ItemName),
    /// A step of the runbook.
    Step(StepName),
    /// A criterion.
    Criterion(CriterionName),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(name) => write!(f, "item {name}"),
            Self::Step(name) => write!(f, "step {name}"),
            Self::Criterion(name) => write!(f, "criterion {name}"),
        }
    }
}

/// Why a text names nothing a change request can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAbout {
    given: String,
}

impl fmt::Display for InvalidAbout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = &self.given;
        write!(f, "`{given}` is not `item NAME`, `step NAME` or `criterion NAME`")
    }
}

impl std::error::Error for InvalidAbout {}

impl FromStr for About {
    type Err = InvalidAbout;

    fn from_str(text: &str) -> Result<Self, InvalidAbout> {
        let invalid = || InvalidAbout { given: text.to_owned() };
        let (kind, name) = text.trim().split_once(' ').ok_or_else(invalid)?;
        match (kind, name.trim()) {
            ("item", name) => ItemName::new(name).map(Self::Item).map_err(|_| invalid()),
            ("step", name) => StepName::new(name).map(Self::Step).map_err(|_| invalid()),
            ("criterion", name) => {
                CriterionName::new(name).map(Self::Criterion).map_err(|_| invalid())
            }
            (_, _) => Err(invalid()),
        }
    }
}

/// A change request as it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRequest {
    /// The role of the plan in which it is made; any holder may take the answer.
    pub role: RoleName,
    /// What is asked for.
    pub text: Text,
    /// What it is about; `None` when it is about the whole release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

/// What happens to a change request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum ChangesEvent {
    /// A reviewer asked for more tests or documents.
    Requested { number: u32, request: ChangeRequest },
    /// Whoever prepares the release answered.
    Answered { number: u32, text: Text, evidence: BTreeSet<EvidenceId> },
    /// The reviewer's role insists: the answer is not enough.
    Insisted { number: u32, text: Text },
    /// The reviewer's role takes the answer, or takes the request back.
    Accepted { number: u32, text: Text },
}

impl ChangesEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Requested { .. } => "changes_requested",
            Self::Answered { .. } => "changes_answered",
            Self::Insisted { .. } => "changes_insisted",
            Self::Accepted { .. } => "changes_accepted",
        }
    }

    /// Which change request it is about.
    pub fn number(&self) -> u32 {
        match self {
            Self::Requested { number, .. }
            | Self::Answered { number, .. }
            | Self::Insisted { number, .. }
            | Self::Accepted { number, .. } => *number,
        }
    }

    /// What a lapsed approval says has changed.
    pub(crate) fn what_changed(&self) -> String {
        let number = self.number();
        match self {
            Self::Requested { .. } => format!("change request {number} was made"),
            Self::Answered { .. } => format!("change request {number} was answered"),
            Self::Insisted { .. } => format!("change request {number} was made again"),
            Self::Accepted { .. } => format!("change request {number} was settled"),
        }
    }
}

/// A request to change something about a change request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum ChangesCommand {
    /// Ask for more.
    Request(ChangeRequest),
    /// Answer.
    Answer { number: u32, text: Text, evidence: BTreeSet<EvidenceId> },
    /// Insist.
    Insist { number: u32, text: Text },
    /// Take the answer.
    Accept { number: u32, text: Text },
}

impl ChangesCommand {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Request(_) => "ask for changes",
            Self::Answer { .. } => "answer a change request",
            Self::Insist { .. } => "insist on a change request",
            Self::Accept { .. } => "settle a change request",
        }
    }

    /// Whether a refused attempt is logged (I-01).
    pub fn is_decision(&self) -> bool {
        match self {
            Self::Insist { .. } | Self::Accept { .. } => true,
            Self::Request(_) | Self::Answer { .. } => false,
        }
    }
}

/// A change request and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedChange {
    /// What is asked for.
    pub request: ChangeRequest,
    /// Who asked.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// What was said since, oldest first.
    pub said: Vec<Word>,
}

/// One thing said about a change request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub text: Text,
    /// What it was.
    pub turn: Turn,
}

/// Whose turn something was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// An answer, with what shows it.
    Answer(BTreeSet<EvidenceId>),
    /// It is asked for again.
    Insistence,
    /// It is settled.
    Settlement,
}

impl AskedChange {
    /// Somebody asks for changes now.
    pub(crate) fn new(request: ChangeRequest, asked_by: PersonId, asked_at: Timestamp) -> Self {
        Self { request, asked_by, asked_at, said: Vec::new() }
    }

    /// Whether whoever prepares the release has to answer.
    pub fn awaits_answer(&self) -> bool {
        match self.said.last().map(|word| &word.turn) {
            None | Some(Turn::Insistence) => true,
            Some(Turn::Answer(_) | Turn::Settlement) => false,
        }
    }

    /// When it was settled; `None` while it stands.
    pub fn settled_at(&self) -> Option<Timestamp> {
        let last = self.said.last()?;
        (last.turn == Turn::Settlement).then_some(last.at)
    }

    /// The word of where it stands: `open`, `answered`, `settled`.
    pub fn state_word(&self) -> &'static str {
        match (self.settled_at(), self.awaits_answer()) {
            (Some(_), _) => "settled",
            (None, true) => "open",
            (None, false) => "answered",
        }
    }

    /// Whoever gave the answer that stands.
    pub fn answered_by(&self) -> Option<&PersonId> {
        let last = self.said.last()?;
        matches!(last.turn, Turn::Answer(_)).then_some(&last.by)
    }

    /// The times in which it waited for an answer; the last one has no end while it still does.
    fn waits(&self) -> Vec<(Timestamp, Option<Timestamp>)> {
        let mut waits = Vec::new();
        let mut since = Some(self.asked_at);
        for word in &self.said {
            match (&word.turn, since) {
                (Turn::Answer(_) | Turn::Settlement, Some(start)) => {
                    waits.push((start, Some(word.at)));
                    since = None;
                }
                (Turn::Insistence, None) => since = Some(word.at),
                (Turn::Answer(_) | Turn::Settlement, None) | (Turn::Insistence, Some(_)) => {}
            }
        }
        waits.extend(since.map(|start| (start, None)));
        waits
    }

    /// Folds what was said after it was made.
    pub(crate) fn evolve(&mut self, at: Timestamp, by: Option<&PersonId>, event: &ChangesEvent) {
        let (text, turn) = match event {
            ChangesEvent::Requested { .. } => return,
            ChangesEvent::Answered { text, evidence, .. } => {
                (*text, Turn::Answer(evidence.clone()))
            }
            ChangesEvent::Insisted { text, .. } => (*text, Turn::Insistence),
            ChangesEvent::Accepted { text, .. } => (*text, Turn::Settlement),
        };
        self.said.extend(by.map(|by| Word { by: by.clone(), at, text, turn }));
    }
}

/// How long clocks stood still between two moments: while at least one request waited for its
/// answer. A wait that goes on counts up to the later moment.
pub fn stood_still<'r>(
    requests: impl Iterator<Item = &'r AskedChange>,
    (from, to): (Timestamp, Timestamp),
) -> SignedDuration {
    let mut waits: Vec<(Timestamp, Timestamp)> = requests
        .flat_map(AskedChange::waits)
        .map(|(start, end)| (start.max(from), end.map_or(to, |end| end.min(to))))
        .filter(|(start, end)| start < end)
        .collect();
    waits.sort();
    let (mut total, mut counted_to) = (SignedDuration::ZERO, from);
    for (start, end) in waits {
        let start = start.max(counted_to);
        if start < end {
            total = total.saturating_add(end.duration_since(start));
            counted_to = end;
        }
    }
    total
}
