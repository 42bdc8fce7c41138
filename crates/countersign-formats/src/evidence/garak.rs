//! garak: the report of a run (`report.jsonl`), and the log of its hits (`hitlog.jsonl`).
//!
//! A run has ended only when the report says so, and zero evaluations are no clean run. garak gives
//! no severity of its own; its grades of one to five are mapped by a table.

mod eval;
mod hits;
mod report;

pub use report::GARAK_GRADES;

use super::json;
use super::node::Node;
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Place, Reading};

pub const READER: Reader = Reader {
    format: "garak",
    title: "garak",
    notes: &[
        "a report: each `eval` is a measurement `attack_success_rate`, fails by outputs evaluated, \
         worked out by us as a fraction, with the probe as task and the detector as slice; `n` is \
         the number of outputs evaluated; garak's own confidence interval is a fact",
        "each `eval` is a check as well: a pass without a single hit; an error when nothing was \
         evaluated, or when outputs could not be judged and no other was hit",
        "each `eval` with a hit is a finding; its severity is the worse of garak's grades \
         (`…_defcon`) in the `digest`; without a grade it is `unknown`, which counts as the worst",
        "no `completion`, a probe with attempts and no `eval`, outputs that could not be judged, \
         counts that disagree with each other or with the attempts in the report: a partial run; \
         no `eval`, or none with an output that was judged: a failed one",
        "counts of older versions are read: `total` for `total_evaluated`, no `fails`, a detector \
         that begins with `detector.`",
        "a hit log: each line is a finding of unknown severity with its score, and the run is \
         partial, because it tells nothing of the attacks that failed: attach the report",
    ],
    recognises,
    read,
};

const ENTRIES: &[&str] = &[
    "start_run setup",
    "config",
    "init",
    "payload_init",
    "plugin_cache",
    "attempt",
    "tree_data",
    "eval",
    "probe_summary",
    "completion",
    "completed",
    "digest",
];
const HIT: &[&str] = &["probe", "detector", "score", "generator", "attempt_id"];

/// What kind of file a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Report,
    HitLog,
}

/// Whether this is a line of a report or a hit log.
pub fn is_line(line: &Node) -> bool {
    kind(line).is_some()
}

fn kind(line: &Node) -> Option<Kind> {
    let entry = line.get("entry_type").and_then(Node::text);
    if entry.is_some_and(|entry| ENTRIES.contains(&entry)) {
        return Some(Kind::Report);
    }
    let object = line.object()?;
    HIT.iter().all(|key| object.get(key).is_some()).then_some(Kind::HitLog)
}

fn recognises(upload: &Upload) -> bool {
    upload.first_line().is_some_and(is_line)
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut reading = Reading::new(READER.format);
    reading.tool = Some(READER.format.to_owned());
    let text = upload.text()?;
    match upload.first_line().and_then(kind) {
        Some(Kind::HitLog) => hits::read(&mut reading, text)?,
        Some(Kind::Report) | None => report::read(&mut reading, text)?,
    }
    Ok(reading)
}

/// The lines that hold something, with their numbers; read one at a time.
fn lines(text: &str) -> impl Iterator<Item = Result<(u32, Node), Unreadable>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let place = Place::Line(number);
        match json::parse(line) {
            Ok(node) => Ok((number, node)),
            Err(fault) => Err(Unreadable { place, ..fault }),
        }
    })
}

/// A detector's name; older versions put `detector.` before it.
fn detector(name: &str) -> &str {
    name.strip_prefix("detector.").unwrap_or(name)
}
