//! The report of a scan: issues by detector and level.

use super::super::measured::failed;
use super::super::node::{At, Node};
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use super::{entries, fault};
use countersign_core::reading::{Check, Finding, FindingState, Outcome, Place, Reading, Severity};

/// Giskard's levels and what they count as.
pub const GISKARD_LEVELS: &[(&str, Severity)] =
    &[("major", Severity::High), ("medium", Severity::Medium), ("minor", Severity::Low)];

/// Detectors are classes whose names end so.
const DETECTOR: &str = "Detector";

/// Objects only; each named like a detector, or one of them with a level.
pub fn is_scan(root: &Node) -> bool {
    let Some(object) = root.object().filter(|object| !object.is_empty()) else { return false };
    let has_level =
        |detector: &Node| GISKARD_LEVELS.iter().any(|(level, _)| detector.get(level).is_some());
    object.iter().all(|(_, detector)| detector.object().is_some())
        && (object.iter().all(|(name, _)| name.ends_with(DETECTOR))
            || object.iter().any(|(_, detector)| has_level(detector)))
}

/// Adds a scan to a reading.
pub fn read(reading: &mut Reading, root: &Node) -> Result<(), Unreadable> {
    for (name, levels, at) in entries(root) {
        let Some(levels) = levels.object() else {
            return Err(fault(&at, format!("{} stands for a detector", levels.kind())));
        };
        let before = reading.findings.len();
        for (level, issues) in levels.iter() {
            let at = at.key(level);
            let Some(issues) = issues.list() else {
                return Err(fault(&at, format!("{} stands for a list of issues", issues.kind())));
            };
            for (index, issue) in issues.iter().enumerate() {
                let finding = finding((name, level, index), issue, &at.index(index))?;
                reading.findings.push(finding);
            }
        }
        let found = reading.findings.len() - before;
        let (outcome, detail) = match found {
            0 => (Outcome::Pass, String::new()),
            found => (Outcome::Fail, format!("it found {found}")),
        };
        if reading.len() > MAX_ENTRIES {
            return Err(too_many(reading.len()));
        }
        reading.checks.push(Check { name: cut(name), outcome, detail, place: at.place() });
    }
    if reading.checks.is_empty() {
        failed(reading, "no detector ran", Place::File);
    }
    Ok(())
}

fn finding(
    (detector, level, index): (&str, &str, usize),
    issue: &Node,
    at: &At,
) -> Result<Finding, Unreadable> {
    let Some(text) = issue.text() else {
        return Err(fault(at, format!("{} stands for an issue", issue.kind())));
    };
    let known = GISKARD_LEVELS.iter().find(|(one, _)| *one == level);
    Ok(Finding {
        id: cut(&format!("{detector} {level} {}", index + 1)),
        rule: cut(detector),
        severity: known.map_or(Severity::Unknown, |(_, severity)| *severity),
        severity_from: format!("level {}", quoted(level)),
        state: FindingState::Open,
        message: cut(text),
        place: at.place(),
    })
}
