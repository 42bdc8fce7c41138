//! How the gate worked: approval rate, rejection reasons, cycle time.

use crate::control::evidence::{History, Period};
use crate::name::ReleaseId;
use crate::release::{RejectionReason, ReleaseEvent as E};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A decision about a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionMade {
    /// Which release.
    pub release: ReleaseId,
    /// The position of the decision in the log.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// When the release had been submitted; `None` when it was rejected before.
    pub submitted_at: Option<Timestamp>,
    /// Why it was a no; `None` for a yes.
    pub rejected_for: Option<RejectionReason>,
}

/// Every decision about these releases in the period, in the order of the log.
pub fn decisions(histories: &[History], period: &Period) -> Vec<DecisionMade> {
    let mut all: Vec<DecisionMade> = histories.iter().flat_map(|one| of_one(one, period)).collect();
    all.sort_by_key(|one| one.position);
    all
}

fn of_one(history: &History, period: &Period) -> Vec<DecisionMade> {
    let Some(release) = history.release().id.clone() else { return Vec::new() };
    let (mut submitted_at, mut found) = (None, Vec::new());
    for placed in history.events() {
        let at = placed.envelope.at;
        let rejected_for = match placed.of_release() {
            Some(E::Submitted { .. }) => {
                submitted_at = Some(at);
                continue;
            }
            Some(E::Approved { .. }) => None,
            Some(E::Rejected { rejection }) => Some(rejection.reason),
            // Nothing else is a decision.
            Some(_) | None => continue,
        };
        if period.covers(at) {
            let (release, position) = (release.clone(), placed.position);
            found.push(DecisionMade { release, position, at, submitted_at, rejected_for });
        }
    }
    found
}

/// The numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Metrics {
    /// How many decisions were a yes.
    pub approved: u32,
    /// How many were a no.
    pub rejected: u32,
    /// The share of yes in whole percent, rounded down; `None` when nothing was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_percent: Option<u32>,
    /// Why it was a no, by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rejections: BTreeMap<RejectionReason, u32>,
    /// The median time from submission to decision, in minutes; `None` when nothing was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_minutes: Option<u64>,
    /// The longest, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_minutes: Option<u64>,
}

impl Metrics {
    /// Counts these decisions.
    pub fn of(decisions: &[DecisionMade]) -> Self {
        let mut metrics = Self::default();
        let mut minutes: Vec<u64> = Vec::new();
        for one in decisions {
            match one.rejected_for {
                None => metrics.approved += 1,
                Some(reason) => {
                    metrics.rejected += 1;
                    *metrics.rejections.entry(reason).or_insert(0) += 1;
                }
            }
            let took = one.submitted_at.map(|since| one.at.duration_since(since).as_mins());
            minutes.extend(took.and_then(|took| u64::try_from(took).ok()));
        }
        minutes.sort_unstable();
        let all = metrics.approved + metrics.rejected;
        metrics.approval_percent = (metrics.approved * 100).checked_div(all);
        metrics.median_minutes = median(&minutes);
        metrics.longest_minutes = minutes.last().copied();
        metrics
    }

    /// How many decisions there were.
    pub fn decided(&self) -> u32 {
        self.approved + self.rejected
    }
}

/// The middle of sorted numbers; of two in the middle their mean, rounded down.
fn median(sorted: &[u64]) -> Option<u64> {
    let upper = sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(*upper);
    }
    let lower = sorted.get((sorted.len() / 2).checked_sub(1)?)?;
    Some(lower.midpoint(*upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_of_nothing_is_nothing() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3]), Some(3));
        assert_eq!(median(&[3, 5]), Some(4));
        assert_eq!(median(&[1, 9, 10]), Some(9));
    }
}
