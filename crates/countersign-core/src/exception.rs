//! Exceptions: one criterion or one checklist item waived for one release.
//!
//! Somebody else than the one who asks accepts the risk, in every role the policy names. An
//! exception holds until its end and not a moment longer, whoever looks (I-11); it is never
//! prolonged, only followed by another that was decided anew (I-20).

use crate::calendar::add_hours;
use crate::name::{CriterionName, ItemName, PersonId, RoleName};
use crate::policy::ExceptionSettings;
use crate::text::Text;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// What is waived.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waived {
    /// A criterion of the plan.
    Criterion(CriterionName),
    /// A checklist item of the plan.
    Item(ItemName),
}

impl fmt::Display for Waived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Criterion(name) => write!(f, "criterion {name}"),
            Self::Item(name) => write!(f, "item {name}"),
        }
    }
}

/// Why a text names nothing that can be waived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidWaived {
    given: String,
}

impl fmt::Display for InvalidWaived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = &self.given;
        write!(f, "`{given}` names nothing to waive: write `criterion NAME` or `item NAME`")
    }
}

impl std::error::Error for InvalidWaived {}

impl FromStr for Waived {
    type Err = InvalidWaived;

    fn from_str(text: &str) -> Result<Self, InvalidWaived> {
        let invalid = || InvalidWaived { given: text.to_owned() };
        match text.trim().split_once(' ') {
            Some(("criterion", name)) => {
                CriterionName::new(name.trim()).map(Self::Criterion).map_err(|_| invalid())
            }
            Some(("item", name)) => {
                ItemName::new(name.trim()).map(Self::Item).map_err(|_| invalid())
            }
            Some(_) | None => Err(invalid()),
        }
    }
}

/// An exception as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// What is waived.
    pub waives: Waived,
    /// Why.
    pub reason: Text,
    /// What is done in its place to keep the risk small.
    pub measures: Text,
    /// The last moment at which it holds.
    pub until: Timestamp,
    /// The exception of the same release that it follows, by number (I-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<u32>,
}

/// What happens to an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum ExceptionEvent {
    /// Somebody asked to waive a criterion or a checklist item.
    Requested { number: u32, exception: Exception, accepted_by: BTreeSet<RoleName> },
    /// Somebody else accepted the risk, in one of the roles the policy names.
    RiskAccepted {
        number: u32,
        role: RoleName,
        statement: Text,
        /// Whoever else counts as this person: other accounts, and a holder he stands in for.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        also: BTreeSet<PersonId>,
    },
    /// Every role the policy names accepted the risk: the exception holds.
    Granted { number: u32 },
    /// The risk was not accepted.
    Refused { number: u32, role: RoleName, reason: Text },
    /// The risk is no longer accepted: the exception ended early.
    Revoked { number: u32, role: RoleName, reason: Text },
    /// The clock recorded that the exception came to its end.
    Expired { number: u32, until: Timestamp },
}

impl ExceptionEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Requested { .. } => "exception_requested",
            Self::RiskAccepted { .. } => "exception_risk_accepted",
            Self::Granted { .. } => "exception_granted",
            Self::Refused { .. } => "exception_refused",
            Self::Revoked { .. } => "exception_revoked",
            Self::Expired { .. } => "exception_expired",
        }
    }

    /// Which exception it is about.
    pub fn number(&self) -> u32 {
        match self {
            Self::Requested { number, .. }
            | Self::RiskAccepted { number, .. }
            | Self::Granted { number }
            | Self::Refused { number, .. }
            | Self::Revoked { number, .. }
            | Self::Expired { number, .. } => *number,
        }
    }

    /// What a lapsed approval says has changed.
    pub(crate) fn what_changed(&self) -> String {
        match self {
            Self::Granted { number } | Self::RiskAccepted { number, .. } => {
                format!("exception {number} was granted")
            }
            Self::Revoked { number, .. } => format!("exception {number} was revoked"),
            Self::Expired { number, .. } => format!("exception {number} ended"),
            Self::Requested { .. } | Self::Refused { .. } => String::new(),
        }
    }
}

/// A request to change something about an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum ExceptionCommand {
    /// Ask for one.
    Request(Exception),
    /// Accept the risk, in a role the policy names.
    Accept { number: u32, role: RoleName, statement: Text },
    /// Do not accept the risk.
    Refuse { number: u32, role: RoleName, reason: Text },
    /// No longer accept the risk.
    Revoke { number: u32, role: RoleName, reason: Text },
    /// Record that it came to its end; Countersign's own clock does this.
    Expire { number: u32 },
}

impl ExceptionCommand {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Request(_) => "ask for an exception",
            Self::Accept { .. } => "accept the risk of an exception",
            Self::Refuse { .. } => "refuse an exception",
            Self::Revoke { .. } => "revoke an exception",
            Self::Expire { .. } => "record the end of an exception",
        }
    }

    /// Whether a refused attempt is logged (I-01).
    pub fn is_decision(&self) -> bool {
        match self {
            Self::Accept { .. } | Self::Refuse { .. } | Self::Revoke { .. } => true,
            Self::Request(_) | Self::Expire { .. } => false,
        }
    }
}

/// An exception and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedException {
    /// What is asked for.
    pub exception: Exception,
    /// The roles that have to accept the risk, by the policy when it was asked for.
    pub accepted_by: BTreeSet<RoleName>,
    /// Who asked.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// Who accepted the risk, by role.
    pub accepted: BTreeMap<RoleName, Acceptance>,
    /// Since when it holds or held; `None` when it was never granted.
    pub granted_at: Option<Timestamp>,
    /// What became of it.
    pub course: Course,
    /// Whether it held when the release was decided on, and so is part of what was decided.
    pub decided_on: bool,
}

/// Somebody accepts a risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// In his words.
    pub statement: Text,
    /// Whoever else counts as this person.
    pub also: BTreeSet<PersonId>,
}

/// What became of an exception that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// It waits for somebody to accept the risk.
    Requested,
    /// It was granted.
    Granted,
    /// It was refused.
    Refused {
        /// When.
        at: Timestamp,
        /// Why.
        reason: Text,
    },
    /// It was granted, and ended early.
    Revoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: Text,
    },
    /// It was granted, and the clock recorded its end.
    Expired {
        /// When that was recorded.
        at: Timestamp,
    },
}

impl AskedException {
    /// Somebody asks for an exception now.
    pub(crate) fn new(
        (exception, accepted_by): (&Exception, &BTreeSet<RoleName>),
        asked_by: PersonId,
        asked_at: Timestamp,
    ) -> Self {
        Self {
            exception: exception.clone(),
            accepted_by: accepted_by.clone(),
            asked_by,
            asked_at,
            accepted: BTreeMap::new(),
            granted_at: None,
            course: Course::Requested,
            decided_on: false,
        }
    }

    /// The roles that still have to accept the risk; none once it is decided.
    pub fn awaits(&self) -> Vec<RoleName> {
        if self.course != Course::Requested {
            return Vec::new();
        }
        let roles = self.accepted_by.iter();
        roles.filter(|role| !self.accepted.contains_key(*role)).cloned().collect()
    }

    /// Whether these settings allow it. A draft may have got it under an earlier policy; what
    /// counts is the one the release is judged by.
    pub fn is_allowed_by(&self, settings: &ExceptionSettings) -> bool {
        let accepted = settings.accepted_by.iter().all(|role| self.accepted.contains_key(role));
        let latest = add_hours(self.asked_at, settings.at_most_days.saturating_mul(24));
        accepted
            && !settings.accepted_by.is_empty()
            && !settings.never.contains(&self.exception.waives)
            && self.exception.until <= latest
    }

    /// The last moment at which it holds; `None` when it was never granted.
    pub fn last_moment(&self) -> Option<Timestamp> {
        match &self.course {
            Course::Granted => Some(self.exception.until),
            // What is on record has ended, even when a clock is set back behind the end.
            Course::Expired { .. } => Some(Timestamp::UNIX_EPOCH),
            Course::Revoked { at, .. } => {
                let before = at.checked_sub(SignedDuration::from_nanos(1));
                Some(self.exception.until.min(before.unwrap_or(Timestamp::MIN)))
            }
            Course::Requested | Course::Refused { .. } => None,
        }
    }

    /// Whether it holds at this moment (I-11).
    pub fn holds(&self, now: Timestamp) -> bool {
        self.last_moment().is_some_and(|last| now <= last)
    }

    /// The word of where it stands at this moment: `requested`, `granted`, `refused`, `revoked`,
    /// `expired`. An end that has passed is one, recorded or not (I-11).
    pub fn state_word(&self, now: Timestamp) -> &'static str {
        match &self.course {
            Course::Requested => "requested",
            Course::Granted if now > self.exception.until => "expired",
            Course::Granted => "granted",
            Course::Refused { .. } => "refused",
            Course::Revoked { .. } => "revoked",
            Course::Expired { .. } => "expired",
        }
    }

    /// Whether the dossier that was decided on holds it; before the decision, whether it would.
    ///
    /// What came first is a matter of the order of events: two of them may bear the same moment,
    /// and a clock may have been set back between them.
    pub fn is_relied_on(&self, decided_at: Option<Timestamp>) -> bool {
        match decided_at {
            Some(_) => self.decided_on,
            None => self.course == Course::Granted,
        }
    }

    /// Since when nothing more comes of it; `None` while it waits or holds.
    pub fn settled_at(&self) -> Option<Timestamp> {
        match &self.course {
            Course::Requested | Course::Granted => None,
            Course::Refused { at, .. } | Course::Revoked { at, .. } => Some(*at),
            Course::Expired { .. } => Some(self.exception.until),
        }
    }

    /// Folds what happened after it was asked for.
    pub(crate) fn evolve(&mut self, at: Timestamp, by: Option<&PersonId>, event: &ExceptionEvent) {
        match event {
            ExceptionEvent::Requested { .. } => {}
            ExceptionEvent::RiskAccepted { role, statement, also, .. } => {
                let (statement, also) = (*statement, also.clone());
                let accepted = by.map(|by| Acceptance { by: by.clone(), at, statement, also });
                self.accepted.extend(accepted.map(|accepted| (role.clone(), accepted)));
            }
            ExceptionEvent::Granted { .. } => {
                self.granted_at = Some(at);
                self.course = Course::Granted;
            }
            ExceptionEvent::Refused { reason, .. } => {
                self.course = Course::Refused { at, reason: *reason };
            }
            ExceptionEvent::Revoked { reason, .. } => {
                self.course = Course::Revoked { at, reason: *reason };
            }
            ExceptionEvent::Expired { .. } => self.course = Course::Expired { at },
        }
    }
}
