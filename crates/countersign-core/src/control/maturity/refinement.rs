//! Whether criteria follow from incidents: which incident should have been caught by which
//! criterion, and which later policy made it stricter.

use crate::name::{CriterionName, IncidentId};
use crate::policy::difference::{Effect, criteria_changed};
use crate::policy::{Policy, PolicyRef};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// An incident that names criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentOnCriteria {
    /// Which.
    pub incident: IncidentId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The criteria that should have caught it.
    pub criteria: BTreeSet<CriterionName>,
    /// The positions in the log of the events that say so.
    pub events: Vec<u64>,
}

/// A policy that came into being and changed criteria of the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyChange {
    /// Which policy.
    pub policy: PolicyRef,
    /// When it was approved.
    pub at: Timestamp,
    /// The position of the approval in the log.
    pub position: u64,
    /// The criteria that it made stricter, new ones included.
    pub criteria: BTreeSet<CriterionName>,
}

/// What was learned from an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refinement {
    /// The incident.
    pub incident: IncidentId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The criteria that should have caught it.
    pub criteria: BTreeSet<CriterionName>,
    /// The positions in the log of the events that say so.
    pub said_by: Vec<u64>,
    /// The policies approved afterwards that made one of them stricter.
    pub answered: Vec<PolicyChange>,
}

impl Refinement {
    /// The positions of every event it rests on.
    pub fn events(&self) -> impl Iterator<Item = u64> {
        self.said_by.iter().copied().chain(self.answered.iter().map(|one| one.position))
    }
}

/// The criteria of which the new policy asks more than the old one. What it loosens, words
/// otherwise, or changes in a way that cannot be judged, was not improved.
pub fn stricter_criteria(old: &Policy, new: &Policy) -> BTreeSet<CriterionName> {
    let changes = criteria_changed(old, new);
    let may_loosen = |name: &CriterionName| {
        changes.iter().any(|(one, effect)| one == name && effect.may_loosen())
    };
    let stricter = changes.iter().filter(|(_, effect)| *effect == Effect::Stricter);
    stricter.map(|(name, _)| name).filter(|name| !may_loosen(name)).cloned().collect()
}

/// Puts incidents and the policies that came after them together.
pub fn refinements(incidents: &[IncidentOnCriteria], policies: &[PolicyChange]) -> Vec<Refinement> {
    let naming = incidents.iter().filter(|one| !one.criteria.is_empty());
    let learned = naming.map(|one| {
        let answers = |change: &&PolicyChange| {
            change.at > one.opened_at && !change.criteria.is_disjoint(&one.criteria)
        };
        Refinement {
            incident: one.incident.clone(),
            opened_at: one.opened_at,
            criteria: one.criteria.clone(),
            said_by: one.events.clone(),
            answered: policies.iter().filter(answers).cloned().collect(),
        }
    });
    learned.collect()
}
