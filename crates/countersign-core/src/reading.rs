//! What a reader finds in a piece of evidence: measurements, findings and checks, each with the
//! place in the file it came from. Criteria read only this, never the file.

use crate::decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Everything one file said, in one shape whatever tool wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The format's name, for example `sarif-2.1.0`.
    pub format: String,
    /// The tool that wrote the file, if the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<String>,
    /// That tool's version, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool_version: Option<String>,
    /// When the tool says the file was made, as the file writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated_at: Option<String>,
    /// What the file says it measured: a model name, path or digest. A claim, never proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_subject: Option<String>,
    /// Whether the run behind the file was whole.
    pub completeness: Completeness,
    /// Numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurements: Vec<Measurement>,
    /// Defects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Passes and failures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Plain facts worth showing and comparing, such as a model card's licence and base model.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What the reader noticed that does not spoil the file but that a person should see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

impl Reading {
    /// A whole reading of this format, with nothing in it yet.
    pub fn new(format: &str) -> Self {
        Self {
            format: format.to_owned(),
            tool: None,
            tool_version: None,
            generated_at: None,
            claimed_subject: None,
            completeness: Completeness::Whole,
            measurements: Vec::new(),
            findings: Vec::new(),
            checks: Vec::new(),
            facts: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// How many measurements, findings and checks were read.
    pub fn len(&self) -> usize {
        self.measurements.len() + self.findings.len() + self.checks.len()
    }

    /// True when the file yielded no measurement, finding or check.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether a run was whole. Only a whole run can satisfy a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Completeness {
    /// The tool says it finished, or the format has no notion of a partial run.
    Whole,
    /// Part of the work was done: a limit, fewer samples than planned, skipped shards.
    Partial {
        /// What was cut, in words: "5 of 20 samples".
        what: String,
        /// Where the file says so.
        place: Place,
    },
    /// The run failed, was cancelled, or did not happen at all.
    Failed {
        /// What went wrong, in words.
        what: String,
        /// Where the file says so.
        place: Place,
    },
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A JSON Pointer (RFC 6901) into a JSON file, or into the front matter read as JSON. In an
    /// archive the member's name and `#` stand before it: `header.json#/results`.
    Pointer(String),
    /// A line, counted from 1.
    Line(u32),
    /// A cell of a table: row counted from 1 with the header as row 1, and the column's name.
    Cell {
        /// Row, the header being row 1.
        row: u32,
        /// The column's name.
        column: String,
    },
    /// The file as a whole.
    File,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pointer(pointer) => f.write_str(pointer),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Cell { row, column } => write!(f, "row {row}, column `{column}`"),
            Self::File => f.write_str("the whole file"),
        }
    }
}

/// A number read from evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurement {
    /// The metric as the tool names it: `acc`, `hallucination_rate`.
    pub metric: String,
    /// The task, data set or suite it was measured on, if named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// The filter, group or slice, if named: `strict-match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slice: Option<String>,
    /// The value; `None` when the file holds NaN, an infinity or nothing. Never a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// The unit, as far as the file states it.
    pub unit: Unit,
    /// Which way is better, as far as the file states it. Shown, never relied on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// How many samples stand behind the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// The standard error, in the value's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stderr: Option<Decimal>,
    /// Where in the file the value stands.
    pub place: Place,
}

/// The unit a file states for a number. Files rarely do; the criterion says what to assume.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Per hundred.
    Percent,
    /// Between 0 and 1, stated to be so.
    Fraction,
    /// The file does not say.
    Unstated,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    HigherIsBetter,
    /// Less is better.
    LowerIsBetter,
}

/// A defect read from evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// A name that stays the same from scan to scan where the tool gives one, else rule and place.
    pub id: String,
    /// The tool's rule.
    pub rule: String,
    /// How bad, by the mapping of the tool's own scale.
    pub severity: Severity,
    /// What in the file the severity was taken from, in words: "`security-severity` 9.8".
    pub severity_from: String,
    /// Whether it stands.
    pub state: FindingState,
    /// What the tool says, cut at 300 characters.
    pub message: String,
    /// Where in the file it stands.
    pub place: Place,
}

/// How bad a finding is. `Unknown` counts as the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Minor.
    Low,
    /// Should be fixed.
    Medium,
    /// Must be fixed soon.
    High,
    /// Must be fixed now.
    Critical,
    /// The file does not say; treated as the worst.
    Unknown,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
            Self::Unknown => "unknown",
        })
    }
}

/// Whether a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// It stands.
    Open,
    /// The file says somebody accepted it.
    Suppressed,
    /// The file says it is gone.
    Absent,
}

/// A pass or a failure read from evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The check's name: `suite.test_name`, or a reader's own such as `model_card.base_model`.
    pub name: String,
    /// How it went.
    pub outcome: Outcome,
    /// Why, in the tool's or the reader's words, cut at 300 characters; empty when it passed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Where in the file it stands.
    pub place: Place,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It held.
    Pass,
    /// It did not hold.
    Fail,
    /// It could not be run to its end.
    Error,
    /// It was not run.
    Skip,
}

/// A plain fact worth showing: `license` = `apache-2.0`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The fact's name: `base_model`.
    pub name: String,
    /// Its value as text, cut at 300 characters.
    pub value: String,
    /// Where in the file it stands.
    pub place: Place,
}

/// Something a person should see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// In words, lower case, no full stop.
    pub message: String,
    /// Where in the file.
    pub place: Place,
}
