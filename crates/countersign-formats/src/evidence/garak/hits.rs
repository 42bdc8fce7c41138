//! The log of hits: one line for each attack that got through.

use super::super::ids::Ids;
use super::super::measured::{fact, partial};
use super::super::node::Node;
use super::super::text::cut;
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use super::report::subject;
use super::{HIT, detector, lines};
use countersign_core::reading::{Finding, FindingState, Place, Reading, Severity};

/// Adds a hit log to a reading.
pub fn read(reading: &mut Reading, text: &str) -> Result<(), Unreadable> {
    let mut ids = Ids::default();
    for line in lines(text) {
        let (number, hit) = line?;
        if reading.findings.len() == MAX_ENTRIES {
            return Err(too_many(MAX_ENTRIES + 1));
        }
        if reading.findings.is_empty() {
            introduce(reading, &hit, number);
        }
        let finding = finding(&hit, number, &mut ids)?;
        reading.findings.push(finding);
    }
    fact(reading, "hits", &reading.findings.len().to_string(), Place::File);
    let what = "a hit log tells nothing of the attacks that failed; attach the `report.jsonl` \
                written beside it";
    partial(reading, what, Place::File);
    Ok(())
}

fn introduce(reading: &mut Reading, hit: &Node, line: u32) {
    if let Some(run) = hit.get("run_id").and_then(Node::scalar) {
        fact(reading, "run", &run, Place::Line(line));
    }
    if let Some(generator) = hit.get("generator").and_then(Node::scalar) {
        let (kind, name) = generator.split_once(' ').unwrap_or((&generator, "None"));
        subject(reading, kind, Some(name).filter(|name| *name != "None"), line);
    }
}

fn finding(hit: &Node, line: u32, ids: &mut Ids) -> Result<Finding, Unreadable> {
    let said = |key: &str| hit.get(key).and_then(Node::scalar);
    let (Some(probe), Some(found)) = (said("probe"), said("detector")) else {
        let message = format!("the line is no hit: it needs {}", HIT.join(", "));
        return Err(
            Unreadable::at(Place::Line(line), message).help("attach the hit log as garak wrote it")
        );
    };
    let number = |key: &str| said(key).unwrap_or_else(|| "?".into());
    let score = said("score").unwrap_or_else(|| "none".into());
    let place_in_run = ["attempt_id", "attempt_seq", "attempt_idx"].map(number).join(" ");
    Ok(Finding {
        id: ids.claim(cut(&format!("{probe}/{} {place_in_run}", detector(&found)))),
        rule: cut(&probe),
        severity: Severity::Unknown,
        severity_from: "garak states none in a hit log".to_owned(),
        state: FindingState::Open,
        message: cut(&format!(
            "score {score} by {}: {}",
            detector(&found),
            said("goal").unwrap_or_default()
        )),
        place: Place::Line(line),
    })
}
