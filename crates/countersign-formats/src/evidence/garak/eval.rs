//! One `eval` of a report: how often one detector found that one probe got through.

use super::super::node::Node;
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use super::detector;
use countersign_core::reading::Place;

/// One `eval`.
#[derive(Debug)]
pub struct Eval {
    /// The probe.
    pub probe: String,
    /// The detector.
    pub detector: String,
    /// Outputs that held out.
    pub passed: u64,
    /// Outputs that were hit.
    pub fails: u64,
    /// Outputs that could not be judged.
    pub nones: u64,
    /// Outputs judged.
    pub evaluated: u64,
    /// Outputs judged or not, if the report says.
    pub processed: Option<u64>,
    /// garak's own interval, in words.
    pub interval: Option<String>,
    /// Its line.
    pub line: u32,
}

impl Eval {
    /// Reads the entry on this line.
    pub fn read(entry: &Node, line: u32) -> Result<Self, Unreadable> {
        let name = |key: &str| {
            entry
                .get(key)
                .and_then(Node::text)
                .filter(|name| !name.is_empty())
                .ok_or_else(|| fault(line, format!("the `eval` names no {}", quoted(key))))
        };
        let passed = needed(entry, "passed", line)?;
        let evaluated = match count(entry, "total_evaluated", line)? {
            Some(evaluated) => evaluated,
            None => needed(entry, "total", line)?,
        };
        let fails = match count(entry, "fails", line)? {
            Some(fails) => fails,
            None => evaluated
                .checked_sub(passed)
                .ok_or_else(|| fault(line, format!("{passed} of {evaluated} outputs passed")))?,
        };
        Ok(Self {
            probe: cut(name("probe")?),
            detector: cut(detector(name("detector")?)),
            passed,
            fails,
            nones: count(entry, "nones", line)?.unwrap_or_default(),
            evaluated,
            processed: count(entry, "total_processed", line)?,
            interval: interval(entry),
            line,
        })
    }

    /// Why its counts cannot all be right.
    pub fn contradiction(&self) -> Option<String> {
        let judged = self.passed.saturating_add(self.fails);
        if judged != self.evaluated {
            return Some(format!(
                "{} passed and {} failed of {} evaluated",
                self.passed, self.fails, self.evaluated
            ));
        }
        let all = judged.saturating_add(self.nones);
        let processed = self.processed.filter(|processed| *processed != all)?;
        Some(format!("{all} outputs are accounted for of {processed} processed"))
    }

    /// Its line as a place.
    pub fn place(&self) -> Place {
        Place::Line(self.line)
    }
}

fn needed(entry: &Node, key: &str, line: u32) -> Result<u64, Unreadable> {
    count(entry, key, line)?
        .ok_or_else(|| fault(line, format!("the `eval` has no {}", quoted(key))))
}

fn count(entry: &Node, key: &str, line: u32) -> Result<Option<u64>, Unreadable> {
    match entry.get(key) {
        None => Ok(None),
        Some(value) => value.count().map(Some).ok_or_else(|| {
            fault(line, format!("{} is {}, not a count", quoted(key), value.kind()))
        }),
    }
}

/// The level is a string in 0.14 and a number from 0.17 on.
fn interval(entry: &Node) -> Option<String> {
    let said = |key: &str| entry.get(key).and_then(Node::scalar);
    let (lower, upper) = (said("confidence_lower")?, said("confidence_upper")?);
    let level = said("confidence").unwrap_or_else(|| "unstated".into());
    let method = said("confidence_method").map(|it| format!(", {it}")).unwrap_or_default();
    Some(format!("{lower} to {upper} at {level}{method}"))
}

fn fault(line: u32, message: String) -> Unreadable {
    Unreadable::at(Place::Line(line), message).help("attach the report as garak wrote it")
}
