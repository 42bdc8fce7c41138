//! What happens to an incident.

use super::{Closing, Incident, Links, Opening, Severity, Suspension};
use crate::actor::Who;
use crate::name::PersonId;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happened to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum IncidentEvent {
    /// Something went wrong.
    IncidentOpened { opening: Box<Opening> },
    /// Somebody sees to it.
    IncidentAssigned { owner: PersonId },
    /// It is as bad as that.
    SeverityChanged { from: Severity, to: Severity, reason: Text },
    /// Somebody wrote something down.
    IncidentNoted { text: Text },
    /// It is about this, too.
    IncidentLinked { links: Links },
    /// Whoever may suspend decided.
    SuspensionConsidered { answer: Suspension, reason: Text },
    /// It is over, and it is known why it happened.
    IncidentClosed { closing: Closing },
}

impl IncidentEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::IncidentOpened { .. } => "incident_opened",
            Self::IncidentAssigned { .. } => "incident_assigned",
            Self::SeverityChanged { .. } => "severity_changed",
            Self::IncidentNoted { .. } => "incident_noted",
            Self::IncidentLinked { .. } => "incident_linked",
            Self::SuspensionConsidered { .. } => "suspension_considered",
            Self::IncidentClosed { .. } => "incident_closed",
        }
    }
}

impl Incident {
    /// Folds one event; never refuses.
    pub fn evolve(&mut self, at: Timestamp, by: &Who, event: &IncidentEvent) {
        self.version += 1;
        match event {
            IncidentEvent::IncidentOpened { opening } => {
                self.severity = Some(opening.severity);
                self.links = opening.links.clone();
                self.opened = Some((at, by.clone()));
                self.opening = Some((**opening).clone());
            }
            IncidentEvent::IncidentAssigned { owner } => self.owner = Some(owner.clone()),
            IncidentEvent::SeverityChanged { to, .. } => {
                self.severity = Some(*to);
                // What was decided about a lesser matter says nothing about a worse one.
                self.suspension = None;
            }
            IncidentEvent::IncidentNoted { text } => self.notes.push((at, by.clone(), *text)),
            IncidentEvent::IncidentLinked { links } => self.links.join(links),
            IncidentEvent::SuspensionConsidered { answer, reason } => {
                self.suspension = Some((at, *answer, *reason));
            }
            IncidentEvent::IncidentClosed { closing } => {
                self.closed = Some((at, by.clone(), closing.clone()));
            }
        }
    }
}
