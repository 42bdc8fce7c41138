//! The rows of a results file: one case against one prompt each.

use super::super::ids::Ids;
use super::super::measured::{partial, warn};
use super::super::node::{At, Node};
use super::super::text::cut;
use super::super::unreadable::Unreadable;
use super::provider;
use countersign_core::reading::{Check, Finding, FindingState, Outcome, Reading, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// What promptfoo writes when an assertion could not be run.
const THROWN: &[&str] = &["threw error", "Python code execution failed"];

/// The severities of promptfoo's plugins and what they count as.
pub const PROMPTFOO_SEVERITIES: &[(&str, Severity)] = &[
    ("critical", Severity::Critical),
    ("high", Severity::High),
    ("medium", Severity::Medium),
    ("low", Severity::Low),
    ("informational", Severity::Info),
];

/// One row.
pub struct Row {
    name: String,
    outcome: Outcome,
    /// The outcome as promptfoo counts it.
    counted: Outcome,
    detail: String,
    plugin: Option<String>,
    strategy: Option<String>,
    severity: Option<String>,
    case: Option<u64>,
    at: At,
}

impl Row {
    /// Reads a row; with several prompts its name says which one it met.
    pub fn read(row: &Node, at: At, prompts: usize) -> Result<Self, Unreadable> {
        let Some((outcome, counted)) = outcome(row) else {
            let kind = row.get("success").map_or("nothing", Node::kind);
            let message = format!("`success` is {kind}, not a truth value");
            return Err(Unreadable::at(at.key("success").place(), message)
                .help("attach the file as promptfoo wrote it"));
        };
        let about = |key: &str| {
            let own = row.find(&["metadata", key]);
            own.or_else(|| row.find(&["testCase", "metadata", key])).and_then(Node::scalar)
        };
        let said = row.find(&["gradingResult", "reason"]).or_else(|| row.get("error"));
        Ok(Self {
            name: name(row, prompts),
            outcome,
            counted,
            detail: cut(&said.and_then(Node::scalar).unwrap_or_default()),
            plugin: about("pluginId"),
            strategy: about("strategyId"),
            severity: about("severity"),
            case: row.get("testIdx").and_then(Node::count),
            at,
        })
    }

    /// Adds the row as a check, and says what is odd about it.
    pub fn note(&self, reading: &mut Reading) {
        let contradicts = self.outcome == Outcome::Error && self.counted == Outcome::Pass;
        let detail = match self.outcome {
            Outcome::Pass => String::new(),
            Outcome::Skip => "the case asserts nothing".to_owned(),
            Outcome::Error if contradicts => {
                let what = format!("`{}` counts as a success and was graded a failure", self.name);
                partial(reading, what.clone(), self.at.place());
                cut(&what)
            }
            Outcome::Fail | Outcome::Error => self.detail.clone(),
        };
        if self.outcome == Outcome::Skip {
            let message = format!("`{}` asserts nothing, so it proves nothing", self.name);
            warn(reading, self.at.place(), message);
        }
        if self.counted != Outcome::Pass && THROWN.iter().any(|said| self.detail.contains(said)) {
            let message = format!("an assertion of `{}` could not be run", self.name);
            warn(reading, self.at.place(), message);
        }
        let (name, outcome, place) = (self.name.clone(), self.outcome, self.at.place());
        reading.checks.push(Check { name, outcome, detail, place });
    }
}

/// How a row went, to us and as promptfoo counts it; nothing for a row that does not say.
fn outcome(row: &Node) -> Option<(Outcome, Outcome)> {
    let Some(Node::Bool(success)) = row.get("success") else { return None };
    let reason = row.get("failureReason").and_then(Node::count);
    let graded = row.find(&["gradingResult", "pass"]);
    if !success {
        let ungraded = reason.is_none() && graded.is_none() && row.get("error").is_some();
        let error = reason == Some(2) || ungraded;
        let outcome = if error { Outcome::Error } else { Outcome::Fail };
        return Some((outcome, outcome));
    }
    let contradicts =
        reason.is_some_and(|reason| reason != 0) || graded == Some(&Node::Bool(false));
    let any =
        |keys: &[&str]| row.find(keys).and_then(Node::list).is_some_and(|list| !list.is_empty());
    let asserted = any(&["gradingResult", "componentResults"]) || any(&["testCase", "assert"]);
    let outcome = match (contradicts, asserted) {
        (true, _) => Outcome::Error,
        (false, true) => Outcome::Pass,
        (false, false) => Outcome::Skip,
    };
    Some((outcome, Outcome::Pass))
}

fn name(row: &Node, prompts: usize) -> String {
    let number = |key: &str| row.get(key).and_then(Node::scalar).unwrap_or_default();
    let described = row.find(&["testCase", "description"]).or_else(|| row.get("description"));
    let described = described.and_then(Node::text).filter(|text| !text.trim().is_empty());
    let name = described.map_or_else(|| format!("test {}", number("testIdx")), str::to_owned);
    if prompts < 2 {
        return cut(&name);
    }
    let provider = provider(row).unwrap_or_default();
    cut(&format!("{name} [{provider}, prompt {}]", number("promptIdx")))
}

/// What the rows come to.
#[derive(Default)]
pub struct Tally {
    /// How many there are.
    pub rows: u64,
    counted: BTreeMap<&'static str, u64>,
    all_rows: Vec<Row>,
    red_team: bool,
}

/// The rows of one plugin, or of all.
pub struct Attacks {
    /// The plugin; `None` for all.
    pub plugin: Option<String>,
    /// How many attacks succeeded.
    pub succeeded: u64,
    /// How many were judged.
    pub judged: u64,
    /// Where the first stands.
    pub at: At,
}

impl Tally {
    /// Adds a row.
    pub fn add(&mut self, row: Row) {
        self.rows += 1;
        *self.counted.entry(key(row.counted)).or_default() += 1;
        self.red_team |= row.plugin.is_some();
        self.all_rows.push(row);
    }

    /// How many cases were run, however often each.
    pub fn cases(&self) -> u64 {
        let numbers: BTreeSet<u64> = self.all_rows.iter().filter_map(|row| row.case).collect();
        if numbers.is_empty() { self.rows } else { numbers.len() as u64 }
    }

    /// How many rows promptfoo counts under this outcome.
    pub fn stated(&self, outcome: Outcome) -> u64 {
        self.counted.get(key(outcome)).copied().unwrap_or_default()
    }

    /// Adds a finding for each failed row of a red team.
    pub fn findings(&self, reading: &mut Reading) {
        let mut ids = Ids::default();
        let failed = |row: &&Row| self.red_team && row.outcome == Outcome::Fail;
        for row in self.all_rows.iter().filter(failed) {
            let plugin = row.plugin.clone().unwrap_or_else(|| "(no plugin)".into());
            let strategy = row.strategy.as_ref().map(|it| format!(" {it}")).unwrap_or_default();
            let (severity, severity_from) = severity(row.severity.as_deref());
            reading.findings.push(Finding {
                id: ids.claim(cut(&format!("{plugin}{strategy}, {}", row.name))),
                rule: cut(&plugin),
                severity,
                severity_from,
                state: FindingState::Open,
                message: row.detail.clone(),
                place: row.at.place(),
            });
        }
    }

    /// How many attacks succeeded: of all, then of each plugin. Nothing but in a red team.
    pub fn attacks(&self) -> Vec<Attacks> {
        let mut all: BTreeMap<Option<&String>, Attacks> = BTreeMap::new();
        for row in self.all_rows.iter().filter(|row| row.plugin.is_some()) {
            let judged = matches!(row.outcome, Outcome::Pass | Outcome::Fail);
            for plugin in [None, row.plugin.as_ref()] {
                let entry = all.entry(plugin).or_insert_with(|| Attacks {
                    plugin: plugin.cloned(),
                    succeeded: 0,
                    judged: 0,
                    at: row.at.clone(),
                });
                entry.judged += u64::from(judged);
                entry.succeeded += u64::from(row.outcome == Outcome::Fail);
            }
        }
        all.into_values().collect()
    }
}

fn key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Error => "error",
        Outcome::Skip => "skip",
    }
}

fn severity(stated: Option<&str>) -> (Severity, String) {
    let known = |it: &&(&str, Severity)| stated.is_some_and(|said| said.eq_ignore_ascii_case(it.0));
    let severity = PROMPTFOO_SEVERITIES.iter().find(known).map_or(Severity::Unknown, |it| it.1);
    let from = stated.map_or_else(
        || "no `severity` is stated".to_owned(),
        |stated| cut(&format!("`severity` {stated}")),
    );
    (severity, from)
}
