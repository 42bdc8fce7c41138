//! Conditions: promises an approval depends on, from the promise to its acceptance.
//!
//! A condition is met when somebody in the role that set it says so, not when its owner does. When
//! it is late, the allowance ends by itself at [`OpenCondition::denies_after`]; nothing has to run
//! for that. What the clock records (a reminder, a notice) is told to people and changes no rule.

use crate::calendar::BusinessCalendar;
use crate::name::{EvidenceId, PersonId, RoleName};
use crate::policy::ConditionSettings;
use crate::release::{Due, Promise};
use crate::sla::Sla;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What happens to a condition before it is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum ConditionEvent {
    /// Somebody who answers for a condition said that it is met.
    Reported { number: u32, statement: Text, evidence: BTreeSet<EvidenceId> },
    /// The role that set a condition does not take the report for an answer.
    SentBack { number: u32, reason: Text },
    /// The clock said that a condition comes due soon.
    Reminded { number: u32, due: Timestamp },
    /// The clock gave notice that a condition is overdue.
    Overdue { number: u32, due: Timestamp },
    /// The clock recorded that the days of grace are over: from here on the verdict denies, whatever
    /// a clock says later.
    Lapsed { number: u32, since: Timestamp },
}

impl ConditionEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Reported { .. } => "condition_reported",
            Self::SentBack { .. } => "condition_sent_back",
            Self::Reminded { .. } => "condition_reminded",
            Self::Overdue { .. } => "condition_overdue",
            Self::Lapsed { .. } => "condition_lapsed",
        }
    }

    /// Which condition it is about.
    pub fn number(&self) -> u32 {
        match self {
            Self::Reported { number, .. }
            | Self::SentBack { number, .. }
            | Self::Reminded { number, .. }
            | Self::Overdue { number, .. }
            | Self::Lapsed { number, .. } => *number,
        }
    }
}

/// A request to change something about a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum ConditionCommand {
    /// Say that it is met.
    Report { number: u32, statement: Text, evidence: BTreeSet<EvidenceId> },
    /// Take the report for an answer: the condition is closed.
    Accept { number: u32, statement: Text },
    /// Do not take the report for an answer.
    SendBack { number: u32, reason: Text },
    /// Record that it comes due soon; Countersign's own clock does this.
    Remind { number: u32 },
    /// Record that it is overdue; Countersign's own clock does this.
    Notice { number: u32 },
    /// Record that its days of grace are over; Countersign's own clock does this.
    Lapse { number: u32 },
}

impl ConditionCommand {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Report { .. } => "report a condition met",
            Self::Accept { .. } => "close a condition",
            Self::SendBack { .. } => "send a condition back",
            Self::Remind { .. } => "remind of a condition",
            Self::Notice { .. } => "give notice of a condition",
            Self::Lapse { .. } => "record that a condition denies",
        }
    }

    /// Whether a refused attempt is logged (I-01).
    pub fn is_decision(&self) -> bool {
        match self {
            Self::Accept { .. } | Self::SendBack { .. } => true,
            Self::Report { .. }
            | Self::Remind { .. }
            | Self::Notice { .. }
            | Self::Lapse { .. } => false,
        }
    }
}

/// A condition and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCondition {
    /// The promise.
    pub condition: Promise,
    /// The role whose approval set it; a holder accepts that it is met.
    pub set_by: RoleName,
    /// By when it has to be closed.
    pub due: Timestamp,
    /// When its owner is reminded.
    pub remind_at: Timestamp,
    /// The last moment at which the verdict is not yet a deny.
    pub denies_after: Timestamp,
    /// The report that it is met; `None` before the first and after one was sent back.
    pub report: Option<Report>,
    /// Why the last report was sent back, until there is another.
    pub sent_back: Option<Text>,
    /// When its owner was reminded.
    pub reminded: Option<Timestamp>,
    /// When notice was given that it is overdue.
    pub noticed: Option<Timestamp>,
    /// When it was recorded that its days of grace are over.
    pub lapsed: Option<Timestamp>,
    /// When it was closed, with what was said; `None` while it is open.
    pub closed: Option<(Timestamp, Text)>,
}

/// Somebody says that a condition is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub statement: Text,
    /// What shows it.
    pub evidence: BTreeSet<EvidenceId>,
}

impl OpenCondition {
    /// A promise made by a decision at this moment. Without a calendar, as in a history that never
    /// was, a duration has passed at once: unknown is never a yes.
    pub(crate) fn new(
        condition: Promise,
        set_by: RoleName,
        decided_at: Timestamp,
        counted: Option<(&BusinessCalendar, &ConditionSettings)>,
    ) -> Self {
        let due = match (&condition.due, counted) {
            (Due::At(at), _) => *at,
            (Due::Within(limit), Some((calendar, _))) => calendar.deadline(decided_at, *limit),
            (Due::Within(_), None) => decided_at,
        };
        let (remind_at, denies_after) = match counted {
            Some((calendar, settings)) => (
                calendar.business_days_before(due, settings.remind_days),
                match settings.grace_days {
                    0 => due,
                    days => calendar.deadline(due, Sla::BusinessDays(days)),
                },
            ),
            None => (due, due),
        };
        Self {
            condition,
            set_by,
            due,
            remind_at,
            denies_after,
            report: None,
            sent_back: None,
            reminded: None,
            noticed: None,
            lapsed: None,
            closed: None,
        }
    }

    /// Whether it is late at this moment. What is on record stays late, even when a clock is set
    /// back behind the due time.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.closed.is_none() && (self.noticed.is_some() || now > self.due)
    }

    /// Whether it turns the verdict to deny at this moment.
    pub fn denies(&self, now: Timestamp) -> bool {
        self.closed.is_none() && now > self.allows_until()
    }

    /// The last moment at which it lets the verdict be: none any more once its end is on record.
    pub(crate) fn allows_until(&self) -> Timestamp {
        if self.lapsed.is_some() { Timestamp::UNIX_EPOCH } else { self.denies_after }
    }

    /// The word of where it stands, as history tells it: `open`, `reported`, `overdue`, `closed`.
    pub fn state_word(&self) -> &'static str {
        match (&self.closed, &self.report, &self.noticed) {
            (Some(_), _, _) => "closed",
            (None, Some(_), _) => "reported",
            (None, None, Some(_)) => "overdue",
            (None, None, None) => "open",
        }
    }

    /// Folds one event.
    pub(crate) fn evolve(&mut self, at: Timestamp, by: Option<&PersonId>, event: &ConditionEvent) {
        match event {
            ConditionEvent::Reported { statement, evidence, .. } => {
                self.sent_back = None;
                self.report = by.map(|by| Report {
                    by: by.clone(),
                    at,
                    statement: *statement,
                    evidence: evidence.clone(),
                });
            }
            ConditionEvent::SentBack { reason, .. } => {
                self.report = None;
                self.sent_back = Some(*reason);
            }
            ConditionEvent::Reminded { .. } => self.reminded = Some(at),
            ConditionEvent::Overdue { .. } => self.noticed = Some(at),
            ConditionEvent::Lapsed { .. } => self.lapsed = Some(at),
        }
    }
}
