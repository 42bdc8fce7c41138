//! Test reports for evaluation, bias and security that were conditions of the gate.

use super::PartStatus;
use super::history::Moment;
use crate::assess;
use crate::classification::{UnknownWord, word_enum};
use crate::control::{Control, Part};
use crate::digest::Sha256;
use crate::framework::Held;
use crate::name::{EvidenceId, ItemName};
use crate::reading::Completeness;
use crate::release::{ReleaseEvent as E, Target};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

word_enum! {
    /// What kind of test it is.
    TestKind {
        /// Of what it does.
        Evaluation = "evaluation", "Evaluation";
        /// Of bias and fairness.
        Bias = "bias", "Bias and fairness";
        /// Of security, attacks included.
        Security = "security", "Security";
    }
}

/// The tests of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestRecord {
    /// Which kind.
    pub kind: TestKind,
    /// Whether their results were there before the deployment.
    pub held: Held,
    /// Why, in one sentence.
    pub because: String,
    /// The checklist items that asked for them.
    pub items: Vec<ItemName>,
    /// The files.
    pub reports: Vec<TestReport>,
}

/// A file with test results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestReport {
    /// The piece of evidence.
    pub evidence: EvidenceId,
    /// The checklist item it was attached to.
    pub item: ItemName,
    /// The file's name.
    pub name: String,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// Its size in bytes.
    pub size: u64,
    /// The format a reader knew it by; `None` for a file no reader knows.
    pub format: Option<String>,
    /// Whether the run behind it was whole, as far as the file says: `whole`, `partial`, `failed`;
    /// `None` for a file no reader knows.
    pub run: Option<&'static str>,
    /// When it was attached.
    pub attached_at: Timestamp,
    /// The position in the log of the event that attached it.
    pub position: u64,
}

pub(super) fn records(control: &Control, moment: &Moment<'_>) -> (Vec<TestRecord>, PartStatus) {
    let tests = &control.tests;
    let kinds = [
        (TestKind::Evaluation, &tests.evaluation),
        (TestKind::Bias, &tests.bias),
        (TestKind::Security, &tests.security),
    ];
    let records: Vec<TestRecord> =
        kinds.into_iter().map(|(kind, items)| record(moment, kind, items)).collect();
    let events = records.iter().flat_map(|one| &one.reports).map(|report| report.position);
    let asked = records.iter().flat_map(|one| &one.items).cloned().collect::<BTreeSet<_>>();
    let answered = moment
        .positions(|event| matches!(event, E::ItemAnswered { item, .. } if asked.contains(item)));
    let events = events.chain(answered).collect();
    let status = status(&records, events);
    (records, status)
}

fn status(records: &[TestRecord], events: Vec<u64>) -> PartStatus {
    let of = |held: Held| records.iter().filter(move |one| one.held == held);
    let told = |held: Held| {
        let told: Vec<String> =
            of(held).map(|one| format!("{}: {}", one.kind, one.because)).collect();
        told.join("; ")
    };
    let (held, because) = if of(Held::Missing).next().is_some() {
        (Held::Missing, told(Held::Missing))
    } else if of(Held::Held).next().is_some() {
        (Held::Held, told(Held::Held))
    } else {
        // Nothing was tested, and nobody asked for it: that is no test result.
        (Held::NotAsked, "its policy asks for no test of such a change".to_owned())
    };
    PartStatus::new(Part::TestReports, held, because, events)
}

fn record(moment: &Moment<'_>, kind: TestKind, items: &BTreeSet<ItemName>) -> TestRecord {
    let judged = moment.release.decided_at.unwrap_or(moment.line.at);
    let report = assess::assess(&moment.release, None, judged);
    let Some(report) = report else {
        let because = "it ran before any test was asked for".to_owned();
        let (items, reports) = (Vec::new(), Vec::new());
        return TestRecord { kind, held: Held::Missing, because, items, reports };
    };
    let asked: Vec<&assess::ItemStatus> =
        report.items.iter().filter(|one| items.contains(&one.item)).collect();
    let in_state = |state: &str| {
        let such = asked.iter().filter(|one| one.state == state);
        such.map(|one| one.item.to_string()).collect::<Vec<_>>()
    };
    let (open, waived) = (in_state("open"), in_state("waived"));
    let reports: Vec<TestReport> =
        asked.iter().flat_map(|one| reports(moment, &one.item)).collect();
    let (held, because) = if asked.is_empty() {
        (Held::NotAsked, "its policy does not ask such a change for it".to_owned())
    } else if !open.is_empty() {
        (Held::Missing, format!("{} was open when it ran", open.join(", ")))
    } else if !waived.is_empty() {
        (Held::Missing, format!("{} was waived by an exception", waived.join(", ")))
    } else if asked.iter().all(|one| one.state == "not_applicable") {
        (Held::NotApplicable, "answered as not applicable, with a reason".to_owned())
    } else {
        let count = reports.len();
        let plural = if count == 1 { "" } else { "s" };
        (Held::Held, format!("{count} report{plural} attached before it ran"))
    };
    let items = asked.iter().map(|one| one.item.clone()).collect();
    TestRecord { kind, held, because, items, reports }
}

fn reports(moment: &Moment<'_>, item: &ItemName) -> Vec<TestReport> {
    let target = Target::Item(item.clone());
    let attached = moment.release.evidence_for(&target);
    let report = |(id, one): (&EvidenceId, &crate::release::Attached)| {
        let evidence = &one.evidence;
        let reading = evidence.reading.as_ref();
        let positions = moment.positions(
            |event| matches!(event, E::EvidenceAttached { evidence } if &evidence.id == id),
        );
        Some(TestReport {
            evidence: id.clone(),
            item: item.clone(),
            name: evidence.name.clone(),
            sha256: evidence.sha256,
            size: evidence.size,
            format: reading.map(|reading| reading.format.clone()),
            run: reading.map(|reading| match reading.completeness {
                Completeness::Whole => "whole",
                Completeness::Partial { .. } => "partial",
                Completeness::Failed { .. } => "failed",
            }),
            attached_at: one.at,
            position: positions.first().copied()?,
        })
    };
    attached.filter_map(report).collect()
}
