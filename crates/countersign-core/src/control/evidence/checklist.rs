//! The gate's checklist as it stood before a deployment, with the times that prove the order
//!

use super::PartStatus;
use super::history::Moment;
use crate::assess::{self, GateReport, StepProgress};
use crate::control::Part;
use crate::framework::Held;
use crate::name::{CriterionName, EvidenceId, ItemName, StepName};
use crate::release::ReleaseEvent as E;
use jiff::Timestamp;
use serde::Serialize;

/// The checklist of a release at its deployment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ChecklistRecord {
    /// The policy and version it was judged by; `None` before it was submitted.
    pub policy: Option<String>,
    /// When it was submitted.
    pub submitted_at: Option<Timestamp>,
    /// When it was approved.
    pub decided_at: Option<Timestamp>,
    /// The items.
    pub items: Vec<ItemLine>,
    /// The steps of the runbook that come before the decision.
    pub steps: Vec<StepLine>,
    /// The criteria.
    pub criteria: Vec<CriterionLine>,
}

/// An item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemLine {
    /// Its name.
    pub item: ItemName,
    /// What was confirmed.
    pub title: String,
    /// `complete`, `not_applicable`, `waived` or `open`.
    pub state: String,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Its evidence.
    pub evidence: Vec<EvidenceId>,
}

/// A step of the runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepLine {
    /// Its name.
    pub step: StepName,
    /// Its title.
    pub title: String,
    /// When it was done; `None` when it was not.
    pub done_at: Option<Timestamp>,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionLine {
    /// Its name.
    pub criterion: CriterionName,
    /// What it asks.
    pub title: String,
    /// `met`, `unmet`, `unknown`, `not_applicable` or `waived`.
    pub outcome: assess::Outcome,
    /// Why, in one sentence.
    pub because: String,
}

pub(super) fn record(moment: &Moment<'_>) -> (ChecklistRecord, PartStatus) {
    let release = &moment.release;
    let events = moment.positions(belongs);
    let missing =
        |why: &str| PartStatus::new(Part::GateChecklist, Held::Missing, why, events.clone());
    let submitted_at = release.submitted.as_ref().map(|(at, _)| *at);
    let Some(plan) = &release.plan else {
        let why = "it ran before it was submitted, so there was no checklist to hold it to";
        return (ChecklistRecord::default(), missing(why));
    };
    let judged = release.decided_at.unwrap_or(moment.line.at);
    let Some(report) = assess::assess(release, None, judged) else {
        return (ChecklistRecord::default(), missing("there was no plan to judge it by"));
    };
    let record = ChecklistRecord {
        policy: Some(format!("{} {}", plan.policy.name, plan.policy.version)),
        submitted_at,
        decided_at: release.decided_at,
        items: items(moment, &report),
        steps: steps(moment, &report),
        criteria: criteria(&report),
    };
    let open = open(&record, &report);
    let status = match (open.is_empty(), release.decided_at) {
        (true, Some(decided)) if decided <= moment.line.at => {
            let because = "complete and approved before it ran";
            PartStatus::new(Part::GateChecklist, Held::Held, because, events)
        }
        (true, _) => missing("it ran before it was approved"),
        (false, _) => missing(&format!("open when it ran: {}", open.join(", "))),
    };
    (record, status)
}

/// The events that make up a checklist and its approval.
fn belongs(event: &E) -> bool {
    matches!(
        event,
        E::PrerequisiteConfirmed { .. }
            | E::ItemAnswered { .. }
            | E::Submitted { .. }
            | E::StepCompleted { .. }
            | E::FindingClosed { .. }
            | E::Approved { .. }
    )
}

fn items(moment: &Moment<'_>, report: &GateReport) -> Vec<ItemLine> {
    let line = |one: &assess::ItemStatus| ItemLine {
        item: one.item.clone(),
        title: one.title.clone(),
        state: one.state.clone(),
        answered_at: moment.release.answers.get(&one.item).map(|answered| answered.at),
        evidence: one.evidence.clone(),
    };
    report.items.iter().map(line).collect()
}

/// The work that comes before the decision; approval steps are in the approvals.
fn steps(moment: &Moment<'_>, report: &GateReport) -> Vec<StepLine> {
    let before = |one: &&assess::StepStatus| {
        let planned = moment.release.plan.as_ref().and_then(|plan| plan.step(&one.step));
        one.kind != "approval" && planned.is_some_and(|planned| !planned.after_decision)
    };
    let line = |one: &assess::StepStatus| StepLine {
        step: one.step.clone(),
        title: one.title.clone(),
        done_at: match &one.progress {
            StepProgress::Done { at, .. } => Some(*at),
            StepProgress::Ready
            | StepProgress::Waits { .. }
            | StepProgress::AfterDecision
            | StepProgress::DeliveryFailed { .. } => None,
        },
    };
    report.steps.iter().filter(before).map(line).collect()
}

fn criteria(report: &GateReport) -> Vec<CriterionLine> {
    let line = |one: &assess::CriterionStatus| CriterionLine {
        criterion: one.criterion.clone(),
        title: one.title.clone(),
        outcome: one.outcome,
        because: one.because.clone(),
    };
    report.criteria.iter().map(line).collect()
}

/// What was open, in words.
fn open(record: &ChecklistRecord, report: &GateReport) -> Vec<String> {
    let items = record.items.iter().filter(|one| one.state == "open");
    let steps = record.steps.iter().filter(|one| one.done_at.is_none());
    let criteria = report.criteria.iter().filter(|one| one.is_shut());
    let rules = report.approvals.iter().filter(|rule| !rule.satisfied());
    items
        .map(|one| format!("item {}", one.item))
        .chain(steps.map(|one| format!("step {}", one.step)))
        .chain(criteria.map(|one| format!("criterion {}", one.criterion)))
        .chain(rules.map(|rule| format!("approval by {}", rule.role)))
        .collect()
}
