//! Criteria: each verdict explains itself in one sentence with value, bound and place.
//!
//! Whatever is not known to hold does not hold: no measurement, no number, another unit, too few
//! samples, a partial run (I-12).

use super::exceptions::holding;
use crate::blocker::{Blocker, Reason};
use crate::criterion::{Bound, Criterion, CriterionRule, with_unit};
use crate::decimal::Decimal;
use crate::exception::Waived;
use crate::name::{CriterionName, EvidenceId};
use crate::plan::GatePlan;
use crate::reading::{self, Completeness, FindingState, Measurement, Severity};
use crate::release::{Attached, ItemAnswer, Release, Target};
use jiff::Timestamp;
use serde::Serialize;

/// A criterion and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionStatus {
    /// The criterion.
    pub criterion: CriterionName,
    /// What it asks.
    pub title: String,
    /// Whether it holds.
    pub outcome: Outcome,
    /// Why, in one sentence.
    pub because: String,
    /// The measurements it was judged on.
    pub sources: Vec<Source>,
    /// The bound, when it is one.
    pub bound: Option<Bound>,
}

/// Whether a criterion holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Met,
    /// It does not.
    Unmet,
    /// It cannot be said; counts as unmet.
    Unknown,
    /// Its checklist item was answered "not applicable".
    NotApplicable,
    /// It does not hold, or cannot be said to, and an exception waives it.
    Waived,
}

/// A measurement a criterion was judged on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The evidence it stands in.
    pub evidence: EvidenceId,
    /// The measurement, with its place.
    pub measurement: Measurement,
    /// The value in the bound's unit; `None` when it cannot be compared.
    pub value: Option<Decimal>,
}

pub(super) type Pieces<'r> = Vec<(&'r EvidenceId, &'r Attached)>;
pub(super) type Judged = (Outcome, String, Vec<Source>);

pub(super) fn statuses(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<CriterionStatus> {
    let status = |criterion: &Criterion| {
        let mut status = status(release, criterion);
        let waived = Waived::Criterion(criterion.name.clone());
        if status.is_shut()
            && let Some((number, asked)) = holding((release, plan), &waived, now)
        {
            let until = asked.exception.until;
            status.outcome = Outcome::Waived;
            status.because =
                format!("{}; waived by exception {number} until {until}", status.because);
        }
        status
    };
    plan.criteria.iter().map(status).collect()
}

/// The criteria that do not hold when no exception is looked at.
pub(super) fn shut(release: &Release, plan: &GatePlan) -> Vec<Waived> {
    let shut = plan.criteria.iter().filter(|criterion| status(release, criterion).is_shut());
    shut.map(|criterion| Waived::Criterion(criterion.name.clone())).collect()
}

impl CriterionStatus {
    /// Whether it shuts the gate: it does not hold, or is not known to.
    pub fn is_shut(&self) -> bool {
        matches!(self.outcome, Outcome::Unmet | Outcome::Unknown)
    }
}

fn status(release: &Release, criterion: &Criterion) -> CriterionStatus {
    let (outcome, because, sources) = judge(release, criterion);
    let bound = match &criterion.rule {
        CriterionRule::Bound(bound) => Some(bound.clone()),
        CriterionRule::NoOpenFinding { .. } | CriterionRule::ChecksPass => None,
    };
    CriterionStatus {
        criterion: criterion.name.clone(),
        title: criterion.title.clone(),
        outcome,
        because,
        sources,
        bound,
    }
}

fn judge(release: &Release, criterion: &Criterion) -> Judged {
    // An open finding blocks wherever it was attached; `from` says where the scan has to be.
    if let CriterionRule::NoOpenFinding { severity } = &criterion.rule
        && let Some(because) = open_finding(release, *severity)
    {
        return (Outcome::Unmet, because, Vec::new());
    }
    let target = criterion.from.clone().map(Target::Item);
    let pieces: Pieces<'_> = match &target {
        Some(target) => release.evidence_for(target).collect(),
        None => release.judged_evidence().collect(),
    };
    if pieces.is_empty()
        && let Some(judged) = target.as_ref().and_then(|target| not_applicable(release, target))
    {
        return judged;
    }
    if let Some((id, attached)) =
        pieces.iter().find(|(_, attached)| attached.evidence.reading.as_ref().is_some_and(failed))
        && let Some(reading) = &attached.evidence.reading
    {
        return (Outcome::Unknown, incomplete(id, &reading.completeness), Vec::new());
    }
    match &criterion.rule {
        CriterionRule::Bound(bound) => within(bound, &pieces),
        CriterionRule::NoOpenFinding { severity } => none_open(*severity, &pieces),
        CriterionRule::ChecksPass => checks_pass(&pieces),
    }
}

/// "Not applicable" is no way around evidence, neither by leaving it there nor by taking it back:
/// whatever a test was attached for, it applies to.
fn not_applicable(release: &Release, target: &Target) -> Option<Judged> {
    let Target::Item(item) = target else { return None };
    let answered = release.answers.get(item)?;
    if !matches!(answered.answer, ItemAnswer::NotApplicable { .. }) {
        return None;
    }
    let judged = if release.had_evidence_for(target) {
        (Outcome::Unknown, format!("`{item}`: {}", super::items::APPLIES))
    } else {
        let because = format!("`{item}` does not apply, for the reason given there");
        (Outcome::NotApplicable, because)
    };
    Some((judged.0, judged.1, Vec::new()))
}

pub(super) fn failed(reading: &reading::Reading) -> bool {
    reading.completeness != Completeness::Whole
}

pub(super) fn incomplete(id: &EvidenceId, completeness: &Completeness) -> String {
    match completeness {
        Completeness::Whole => String::new(),
        Completeness::Partial { what, place } => {
            format!("the run in {id} is partial: {what} ({place})")
        }
        Completeness::Failed { what, place } => format!("the run in {id} failed: {what} ({place})"),
    }
}

pub(super) fn within(bound: &Bound, pieces: &Pieces<'_>) -> Judged {
    let fits = |one: &&Measurement| {
        one.metric == bound.metric
            && bound.task.as_ref().is_none_or(|task| one.task.as_ref() == Some(task))
    };
    let mut sources = Vec::new();
    for (id, attached) in pieces {
        let reading = attached.evidence.reading.iter();
        for measurement in reading.flat_map(|reading| &reading.measurements).filter(fits) {
            let value = measurement.value.and_then(|v| bound.converted(v, measurement.unit));
            let measurement = measurement.clone();
            sources.push(Source { evidence: (*id).clone(), measurement, value });
        }
    }
    if sources.is_empty() {
        let because = format!("no evidence measures `{}`", bound.metric);
        return (Outcome::Unknown, because, sources);
    }
    let judged: Vec<(Outcome, String)> =
        sources.iter().map(|source| judge_value(bound, source)).collect();
    let worst = |outcome| judged.iter().find(|(one, _)| *one == outcome).cloned();
    let first = || judged.first().cloned().unwrap_or((Outcome::Unknown, String::new()));
    let (outcome, because) =
        worst(Outcome::Unmet).or_else(|| worst(Outcome::Unknown)).unwrap_or_else(first);
    (outcome, because, sources)
}

fn judge_value(bound: &Bound, source: &Source) -> (Outcome, String) {
    let wanted = format!("{} {}", bound.comparison.words(), with_unit(bound.bound, bound.unit));
    let place = format!("{}, {}", source.evidence, source.measurement.place);
    let metric = &source.measurement.metric;
    let Some(value) = source.value else {
        let what = match source.measurement.value {
            None => "is not a number",
            Some(_) => "is in a unit that cannot be compared with the bound",
        };
        return (Outcome::Unknown, format!("{metric} {what}; it must be {wanted} ({place})"));
    };
    if let Some(minimum) = bound.minimum_sample
        && source.measurement.n.is_none_or(|n| n < minimum)
    {
        let n =
            source.measurement.n.map_or_else(|| "an unknown number of".into(), |n| n.to_string());
        let because =
            format!("{metric} stands on {n} samples, at least {minimum} are asked for ({place})");
        return (Outcome::Unknown, because);
    }
    let held = bound.comparison.met_by(value, bound.bound);
    let is = with_unit(value, bound.unit);
    let because = format!("{metric} is {is}, {wanted} is asked for ({place})");
    (if held { Outcome::Met } else { Outcome::Unmet }, because)
}

/// Nothing is open; whether that was looked for.
fn none_open(least: Severity, pieces: &Pieces<'_>) -> Judged {
    let read = pieces.iter().any(|(_, attached)| attached.evidence.reading.is_some());
    if read {
        (Outcome::Met, format!("no finding at or above {least} is open"), Vec::new())
    } else {
        (Outcome::Unknown, "no evidence was read for findings".into(), Vec::new())
    }
}

/// The first open finding at or above a severity in any standing evidence, in words. A severity
/// that cannot be told counts as the worst.
fn open_finding(release: &Release, least: Severity) -> Option<String> {
    let all = release.judged_evidence().flat_map(|(id, attached)| {
        let findings = attached.evidence.reading.iter().flat_map(|reading| &reading.findings);
        findings.map(move |finding| (id, finding))
    });
    let mut open = all
        .filter(|(_, finding)| finding.severity >= least && finding.state == FindingState::Open)
        .filter(|(id, finding)| {
            !release.closed_findings.contains_key(&((*id).clone(), finding.id.clone()))
        });
    let (id, first) = open.next()?;
    let more = match open.count() {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    Some(format!(
        "finding `{}` ({}, {}) is open in {id}, {}{more}",
        first.id, first.severity, first.rule, first.place
    ))
}

pub(super) fn checks_pass(pieces: &Pieces<'_>) -> Judged {
    let checks: Vec<_> = pieces
        .iter()
        .flat_map(|(id, attached)| {
            let checks = attached.evidence.reading.iter().flat_map(|reading| &reading.checks);
            checks.map(move |check| (*id, check))
        })
        .collect();
    if checks.is_empty() {
        return (Outcome::Unknown, "no evidence holds a check".into(), Vec::new());
    }
    let bad: Vec<_> =
        checks.iter().filter(|(_, check)| check.outcome != reading::Outcome::Pass).collect();
    match bad.as_slice() {
        [] => (Outcome::Met, format!("all {} checks passed", checks.len()), Vec::new()),
        [(id, first), ..] => {
            let because = format!(
                "{} of {} checks did not pass, first `{}` in {id}, {}",
                bad.len(),
                checks.len(),
                first.name,
                first.place
            );
            (Outcome::Unmet, because, Vec::new())
        }
    }
}

pub(super) fn blockers(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<Blocker> {
    let shut = statuses(release, plan, now).into_iter().filter(CriterionStatus::is_shut);
    shut.map(|status| {
        let reason = Reason::CriterionUnmet {
            criterion: status.criterion,
            title: status.title,
            because: status.because,
        };
        let mut blocker = Blocker::by_people(reason, release.requesters());
        if status.bound.is_none() {
            blocker.lifted_by.roles = plan.settings.may_close_findings.iter().cloned().collect();
        }
        blocker
    })
    .collect()
}

#[cfg(test)]
mod tests;
