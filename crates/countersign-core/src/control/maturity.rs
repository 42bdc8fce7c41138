//! How far the release gate is as a control, computed from the log alone (R-147..R-152).
//!
//! A level is reached when what it asks was seen in the period, and every level below it as well.
//! Where there was no deployment nothing is known, and nothing known is never a level.

mod metrics;
mod refinement;

pub use metrics::{DecisionMade, Metrics, decisions};
pub use refinement::{
    IncidentOnCriteria, PolicyChange, Refinement, refinements, stricter_criteria,
};

use super::evidence::{DeploymentEvidence, Period};
use super::{ControlReport, Level, Part};
use crate::classification::ChangeType;
use crate::framework::Held;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Everything a level is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The period.
    pub period: &'a Period,
    /// Every deployment in it.
    pub deployments: &'a [DeploymentEvidence],
    /// Every decision in it.
    pub decisions: &'a [DecisionMade],
    /// The reports on the control that were recorded, whenever.
    pub reports: &'a [Reported],
    /// What was learned from incidents up to its end.
    pub refinements: &'a [Refinement],
}

/// A report that was recorded in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reported {
    /// The position of the event in the log.
    pub position: u64,
    /// When it was recorded.
    pub at: Timestamp,
    /// What it said.
    pub report: ControlReport,
}

/// How far the control is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maturity {
    /// The level; `None` when nothing is known.
    pub level: Option<Level>,
    /// Each level, the lowest first.
    pub levels: Vec<LevelStatus>,
    /// How the gate worked.
    pub metrics: Metrics,
}

/// A level, and whether what it asks was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelStatus {
    /// Which.
    pub level: Level,
    /// Whether what it asks was seen.
    pub seen: bool,
    /// What was seen or not, in one sentence.
    pub because: String,
    /// What there is to do to reach it; empty when it was seen.
    pub missing: Vec<String>,
    /// The positions in the log of the events this rests on.
    pub events: Vec<u64>,
}

impl Maturity {
    /// The level after the one that is reached, and what it lacks; `None` at the top.
    pub fn next(&self) -> Option<&LevelStatus> {
        self.levels.iter().find(|one| !one.seen)
    }
}

/// Works out how far the control is.
pub fn maturity(seen: &Seen<'_>) -> Maturity {
    let metrics = Metrics::of(seen.decisions);
    let levels = vec![
        initial(seen),
        developing(seen),
        defined(seen),
        managed(seen, &metrics),
        optimizing(seen),
    ];
    let reached = levels.iter().take_while(|one| one.seen);
    let level = reached.last().map(|one| one.level);
    Maturity { level, levels, metrics }
}

/// A change that other rules than the gate let through, or none at all.
fn is_ungated(one: &DeploymentEvidence) -> bool {
    let signed = one.holds(Part::GateChecklist) && one.holds(Part::ApprovalRecords);
    !signed && !is_excepted(one)
}

/// A change whose bypass is on record whole, its risk accepted and its approval in writing.
fn is_excepted(one: &DeploymentEvidence) -> bool {
    one.holds(Part::ExceptionRecords)
}

/// Whether it makes something new, or changes what the model is.
fn is_major(one: &DeploymentEvidence) -> bool {
    match one.change {
        ChangeType::NewModel | ChangeType::MajorUpdate | ChangeType::ThirdPartyActivation => true,
        ChangeType::MinorUpdate | ChangeType::ConfigurationChange | ChangeType::Retirement => false,
    }
}

fn named(all: &[&DeploymentEvidence]) -> Vec<String> {
    let named = all
        .iter()
        .map(|one| format!("{} ({}) in {}", one.title, one.release, one.deployment.environment));
    named.collect()
}

fn positions(all: &[&DeploymentEvidence]) -> Vec<u64> {
    let mut events: Vec<u64> = all.iter().flat_map(|one| one.events()).collect();
    events.sort_unstable();
    events.dedup();
    events
}

/// deployments were seen at all; how they came about says whether it stays at this.
fn initial(seen: &Seen<'_>) -> LevelStatus {
    let all: Vec<&DeploymentEvidence> = seen.deployments.iter().collect();
    let ungated: Vec<_> = all.iter().copied().filter(|one| is_ungated(one)).collect();
    let (count, without) = (all.len(), ungated.len());
    let because = match (count, without) {
        (0, _) => "no deployment was seen".to_owned(),
        (_, 0) => format!("{count} deployments were seen, none without review and approval"),
        (_, _) => format!("{without} of {count} deployments ran without review or approval"),
    };
    let missing = match count {
        0 => vec!["record deployments: without any, nothing is known".to_owned()],
        _ => Vec::new(),
    };
    let events = positions(if without == 0 { &all } else { &ungated });
    LevelStatus { level: Level::Initial, seen: count > 0, because, missing, events }
}

/// every major change passed the gate. Minor ones alone say nothing about major ones, unless
/// they all passed it as well.
fn developing(seen: &Seen<'_>) -> LevelStatus {
    let (major, minor): (Vec<_>, Vec<_>) = seen.deployments.iter().partition(|one| is_major(one));
    let without: Vec<_> = major.iter().copied().filter(|one| is_ungated(one)).collect();
    let minor_without: Vec<_> = minor.iter().copied().filter(|one| is_ungated(one)).collect();
    let gated = !major.is_empty() && without.is_empty();
    let all_gated = major.is_empty() && !minor.is_empty() && minor_without.is_empty();
    let because = match (major.len(), without.len()) {
        (0, _) if minor.is_empty() => "no deployment was seen".to_owned(),
        (0, _) => "no major change was seen".to_owned(),
        (count, 0) => format!("all {count} major changes were reviewed and approved"),
        (count, some) => {
            format!("{some} of {count} major changes were not approved before they ran")
        }
    };
    let because = match minor_without.len() {
        0 => because,
        some => format!("{because}; {some} of {} minor changes were not", minor.len()),
    };
    let missing = if gated || all_gated {
        Vec::new()
    } else if major.is_empty() {
        let ungated = named(&minor_without);
        ungated.into_iter().map(|one| format!("approve before it runs: {one}")).collect()
    } else {
        named(&without).into_iter().map(|one| format!("approve before it runs: {one}")).collect()
    };
    let level = Level::Developing;
    let events = positions(if without.is_empty() { &major } else { &without });
    LevelStatus { level, seen: gated || all_gated, because, missing, events }
}

/// every change, however small, had test results and sign-off before it ran. A bypass counts
/// when its record is whole.
fn defined(seen: &Seen<'_>) -> LevelStatus {
    let untested = |one: &DeploymentEvidence| !one.holds(Part::TestReports) && !is_excepted(one);
    let all: Vec<&DeploymentEvidence> = seen.deployments.iter().collect();
    let short: Vec<_> =
        all.iter().copied().filter(|one| is_ungated(one) || untested(one)).collect();
    let excepted = all.iter().filter(|one| is_excepted(one)).count();
    let because = match (all.len(), short.len()) {
        (0, _) => "no deployment was seen".to_owned(),
        (count, 0) if excepted > 0 => format!(
            "all {count} changes had test results and sign-off, {excepted} of them by an exception \
             on record"
        ),
        (count, 0) => format!("all {count} changes had test results and sign-off before they ran"),
        (count, some) => format!("{some} of {count} changes lacked test results or sign-off"),
    };
    let missing = short.iter().map(|one| {
        let parts = one.parts.iter().filter(|part| part.held == Held::Missing);
        let parts: Vec<&str> = parts.map(|part| part.part.human()).collect();
        let lacks = if parts.is_empty() { "test results".into() } else { parts.join(", ") };
        format!("{lacks}: {} ({})", one.title, one.release)
    });
    LevelStatus {
        level: Level::Defined,
        seen: !all.is_empty() && short.is_empty(),
        because,
        missing: missing.collect(),
        events: positions(if short.is_empty() { &all } else { &short }),
    }
}

/// approval rate, rejection reasons and cycle time are known, and somebody was told.
fn managed(seen: &Seen<'_>, metrics: &Metrics) -> LevelStatus {
    let overlaps = |one: &&Reported| {
        let (from, to) = (one.report.from, one.report.to);
        from <= seen.period.to && seen.period.from <= to
    };
    let reports: Vec<&Reported> = seen.reports.iter().filter(overlaps).collect();
    let tracked = metrics.approval_percent.is_some() && metrics.median_minutes.is_some();
    let mut missing = Vec::new();
    if !tracked {
        missing.push("decide about releases: without a decision there is nothing to count".into());
    }
    if reports.is_empty() {
        missing.push("record a report on this period".to_owned());
    }
    let told = match (tracked, metrics.approval_percent) {
        (true, Some(percent)) => {
            format!("{percent} % of {} decisions were a yes", metrics.decided())
        }
        (_, _) => "no decision was seen".to_owned(),
    };
    let count = reports.len();
    let reported =
        if count == 0 { "not reported".into() } else { format!("reported {count} times") };
    let decided = seen.decisions.iter().map(|one| one.position);
    LevelStatus {
        level: Level::Managed,
        seen: tracked && !reports.is_empty(),
        because: format!("{told}; {reported}"),
        missing,
        events: decided.chain(reports.iter().map(|one| one.position)).collect(),
    }
}

/// a criterion was changed after an incident it should have caught.
fn optimizing(seen: &Seen<'_>) -> LevelStatus {
    let learned: Vec<&Refinement> = seen
        .refinements
        .iter()
        .filter(|one| one.answered.iter().any(|change| seen.period.covers(change.at)))
        .collect();
    let open = seen.refinements.iter().filter(|one| one.answered.is_empty());
    let missing = if !learned.is_empty() {
        Vec::new()
    } else if seen.refinements.is_empty() {
        vec!["link incidents to the criteria that should have caught them".to_owned()]
    } else {
        let change = |one: &Refinement| {
            let criteria: Vec<String> = one.criteria.iter().map(ToString::to_string).collect();
            format!("change {} after incident {}", criteria.join(", "), one.incident)
        };
        open.map(change).collect()
    };
    let because = match (seen.refinements.len(), learned.len()) {
        (0, _) => "no incident is linked to a criterion".to_owned(),
        (some, 0) => format!("{some} incidents are linked to criteria, and none changed one"),
        (some, changed) => {
            format!("{changed} of {some} incidents linked to criteria led to a change of one")
        }
    };
    let events = learned.iter().flat_map(|one| one.events()).collect();
    LevelStatus { level: Level::Optimizing, seen: !learned.is_empty(), because, missing, events }
}

#[cfg(test)]
mod tests;
