//! A reading as text: what the file is, then every measurement, finding, check and fact with the
//! place it was read from.

use super::super::table::lines;
use countersign_core::reading::{
    Check, Completeness, Direction, Fact, Finding, FindingState, Measurement, Outcome, Reading,
    Unit,
};

/// Everything a reader found.
pub fn text(reading: &Reading) -> String {
    let mut parts = vec![head(reading)];
    let mut part = |title: &str, count: usize, table: String| {
        if count > 0 {
            parts.push(format!("{count} {title}{}\n{table}", if count == 1 { "" } else { "s" }));
        }
    };
    let (m, f, c, x) = (&reading.measurements, &reading.findings, &reading.checks, &reading.facts);
    part("measurement", m.len(), measurements(m));
    part("finding", f.len(), findings(f));
    part("check", c.len(), checks(c));
    part("fact", x.len(), facts(x));
    let warnings = reading.warnings.iter();
    let warnings: Vec<String> =
        warnings.map(|one| format!("warning: {} ({})", one.message, one.place)).collect();
    if !warnings.is_empty() {
        parts.push(warnings.join("\n"));
    }
    parts.join("\n\n")
}

fn head(reading: &Reading) -> String {
    let mut lines = vec![format!("format      {}", reading.format)];
    let mut line = |label: &str, value: Option<String>| {
        lines.extend(value.map(|value| format!("{label:<12}{value}")));
    };
    let tool = reading.tool.as_ref().map(|tool| match &reading.tool_version {
        Some(version) => format!("{tool} {version}"),
        None => tool.clone(),
    });
    line("tool", tool);
    line("written", reading.generated_at.clone());
    line("claims", reading.claimed_subject.clone());
    line(
        "run",
        Some(match &reading.completeness {
            Completeness::Whole => "whole".into(),
            Completeness::Partial { what, place } => {
                format!("partial: {what} ({place}); satisfies no criterion")
            }
            Completeness::Failed { what, place } => {
                format!("failed: {what} ({place}); satisfies no criterion")
            }
        }),
    );
    lines.join("\n")
}

fn measurements(all: &[Measurement]) -> String {
    let row = |one: &Measurement| {
        let unit = match one.unit {
            Unit::Percent => "%",
            Unit::Fraction => "fraction",
            Unit::Unstated => "unstated",
        };
        let better = match one.direction {
            Some(Direction::HigherIsBetter) => "higher",
            Some(Direction::LowerIsBetter) => "lower",
            None => "",
        };
        vec![
            one.metric.clone(),
            one.task.clone().unwrap_or_default(),
            one.slice.clone().unwrap_or_default(),
            one.value.map_or("no number".into(), |value| value.to_string()),
            unit.into(),
            better.into(),
            one.n.map(|n| n.to_string()).unwrap_or_default(),
            one.stderr.map(|stderr| stderr.to_string()).unwrap_or_default(),
            one.place.to_string(),
        ]
    };
    let heads = ["metric", "task", "slice", "value", "unit", "better", "n", "stderr", "place"];
    filled(&heads, all.iter().map(row).collect())
}

fn findings(all: &[Finding]) -> String {
    let row = |one: &Finding| {
        let state = match one.state {
            FindingState::Open => "open",
            FindingState::Suppressed => "suppressed",
            FindingState::Absent => "absent",
        };
        let severity = format!("{} (from {})", one.severity, one.severity_from);
        let message = first_line(&one.message);
        vec![
            severity,
            state.into(),
            one.rule.clone(),
            message,
            one.place.to_string(),
            one.id.clone(),
        ]
    };
    let heads = ["severity", "state", "rule", "message", "place", "finding"];
    lines(&heads, all.iter().map(row).collect())
}

fn checks(all: &[Check]) -> String {
    let row = |one: &Check| {
        let outcome = match one.outcome {
            Outcome::Pass => "pass",
            Outcome::Fail => "FAIL",
            Outcome::Error => "ERROR",
            Outcome::Skip => "skipped",
        };
        vec![outcome.into(), one.name.clone(), first_line(&one.detail), one.place.to_string()]
    };
    filled(&["outcome", "check", "why", "place"], all.iter().map(row).collect())
}

fn facts(all: &[Fact]) -> String {
    let row = |one: &Fact| vec![one.name.clone(), first_line(&one.value), one.place.to_string()];
    lines(&["fact", "value", "place"], all.iter().map(row).collect())
}

/// A list without the columns that are empty in every row.
fn filled(heads: &[&str], rows: Vec<Vec<String>>) -> String {
    let used: Vec<usize> = (0..heads.len())
        .filter(|at| rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let heads: Vec<&str> = used.iter().map(|at| heads[*at]).collect();
    let pick = |row: Vec<String>| used.iter().map(|at| row[*at].clone()).collect();
    lines(&heads, rows.into_iter().map(pick).collect())
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
