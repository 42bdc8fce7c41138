//! Incidents: something went wrong with a model, from its opening to its root cause.
//!
//! An incident stops nothing by itself. One that is critical asks whoever may suspend to decide,
//! and says so until they did.

mod decide;
mod event;

pub use decide::{IncidentCommand, NewIncident, decide};
pub use event::IncidentEvent;

use crate::actor::Who;
use crate::classification::{UnknownWord, word_enum};
use crate::name::{
    CriterionName, EnvironmentName, IncidentId, ModelName, PersonId, ReleaseId, RoleName,
};
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

word_enum! {
    /// How bad an incident is.
    Severity {
        /// Nobody was harmed, and nobody noticed.
        Low = "low", "Low";
        /// Noticed, without harm.
        Medium = "medium", "Medium";
        /// Harm to somebody, or wrong results that were relied on.
        High = "high", "High";
        /// Harm that goes on while the model runs.
        Critical = "critical", "Critical";
    }
}

word_enum! {
    /// How an incident ended.
    Outcome {
        /// What was wrong was put right.
        Corrected = "corrected", "Corrected";
        /// An earlier version took over.
        RolledBack = "rolled_back", "Rolled back";
        /// The model left production.
        Retired = "retired", "Retired";
        /// It may happen again, and that is accepted.
        RiskAccepted = "risk_accepted", "Risk accepted";
        /// Nothing was wrong.
        FalseAlarm = "false_alarm", "False alarm";
    }
}

word_enum! {
    /// What whoever may suspend decided about an incident.
    Suspension {
        /// The release was suspended.
        Suspended = "suspended", "Suspended";
        /// It goes on running, for a reason.
        NotNeeded = "not_needed", "Not needed";
    }
}

/// Where an incident comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Somebody reported it.
    Reported,
    /// One of the three statements after a deployment was a "no".
    Confirmation,
}

/// What an incident is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Links {
    /// The model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelName>,
    /// Where it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<EnvironmentName>,
    /// The release that ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseId>,
    /// The criteria of that release that should have caught it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub criteria: BTreeSet<CriterionName>,
}

impl Links {
    /// These links, and those that others add or put in their place.
    fn join(&mut self, others: &Self) {
        let Self { model, environment, release, criteria } = others.clone();
        self.model = model.or(self.model.take());
        self.environment = environment.or(self.environment.take());
        self.release = release.or(self.release.take());
        self.criteria.extend(criteria);
    }
}

/// Who deals with an incident, fixed when it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Handling {
    /// The roles that handle it.
    pub by: BTreeSet<RoleName>,
    /// The roles that may suspend.
    pub may_suspend: BTreeSet<RoleName>,
    /// Who owned the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_owner: Option<PersonId>,
}

impl Handling {
    /// By this policy.
    pub fn under(settings: &crate::policy::Settings, model_owner: Option<PersonId>) -> Self {
        let may_suspend = settings.may_suspend.clone();
        let said = &settings.beside.may_handle_incidents;
        let by = if said.is_empty() { may_suspend.clone() } else { said.clone() };
        Self { by, may_suspend, model_owner }
    }
}

/// An incident as it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Its identifier.
    pub id: IncidentId,
    /// What people call it.
    pub title: String,
    /// What happened.
    pub text: Text,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    #[serde(default)]
    pub links: Links,
    /// Where it comes from.
    pub cause: Cause,
    /// Who deals with it.
    pub handling: Handling,
}

/// How an incident ended, and why it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// How it ended.
    pub outcome: Outcome,
    /// Why it happened.
    pub root_cause: Text,
}

/// An incident as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incident {
    /// How it was opened; `None` before that.
    pub opening: Option<Opening>,
    /// When, and by whom.
    pub opened: Option<(Timestamp, Who)>,
    /// How bad it is now.
    pub severity: Option<Severity>,
    /// Who sees to it.
    pub owner: Option<PersonId>,
    /// What it is about now.
    pub links: Links,
    /// What was noted, oldest first.
    pub notes: Vec<(Timestamp, Who, Text)>,
    /// What was decided about a suspension, since it is as severe as it is.
    pub suspension: Option<(Timestamp, Suspension, Text)>,
    /// How it ended.
    pub closed: Option<(Timestamp, Who, Closing)>,
    /// How many events there were.
    pub version: u64,
}

impl Incident {
    /// Whether it waits for somebody.
    pub fn is_open(&self) -> bool {
        self.opening.is_some() && self.closed.is_none()
    }

    /// Whether whoever may suspend has to decide: it is critical, and nobody did.
    pub fn asks_for_suspension(&self) -> bool {
        self.is_open() && self.severity == Some(Severity::Critical) && self.suspension.is_none()
    }
}
