//! The per-sample log: one JSON object per line, per document and filter.

use super::super::json;
use super::super::measured::{self, measurement};
use super::super::node::Node;
use super::super::quantity::Quantity;
use super::super::text::cut;
use super::super::unreadable::Unreadable;
use countersign_core::reading::{Completeness, Fact, Measurement, Place, Reading};
use std::collections::{BTreeMap, BTreeSet};

/// Whether this is a line of such a log.
pub fn is_line(line: &Node) -> bool {
    line.get("doc_id").is_some()
        && ["filtered_resps", "resps"].iter().any(|key| line.get(key).is_some())
}

/// Means and counts of one metric under one filter.
#[derive(Default)]
struct Total {
    sum: f64,
    n: u64,
    first_line: u32,
    nothing: Option<String>,
}

/// Adds the log to a reading.
pub fn read(reading: &mut Reading, text: &str) -> Result<(), Unreadable> {
    let (mut totals, mut documents, mut lines) = (BTreeMap::new(), BTreeSet::new(), 0_u64);
    for (index, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let line = json::parse(text)
            .map_err(|fault| Unreadable { place: Place::Line(number), ..fault })?;
        let Some(document) = line.get("doc_id").and_then(Node::scalar) else {
            return Err(Unreadable::at(Place::Line(number), "the line has no `doc_id`")
                .help("attach the log as the harness wrote it"));
        };
        documents.insert(document);
        lines += 1;
        add(&mut totals, &line, number);
    }
    for (name, value) in [("documents", documents.len().to_string()), ("lines", lines.to_string())]
    {
        reading.facts.push(Fact { name: name.into(), value, place: Place::Line(1) });
    }
    for ((metric, filter), total) in totals {
        let quantity = total
            .nothing
            .map_or_else(|| measured::mean(total.sum, total.n as f64), Quantity::Nothing);
        let one = Measurement {
            slice: (!filter.is_empty()).then_some(filter),
            n: Some(total.n),
            ..measurement(&metric, Place::Line(total.first_line))
        };
        measured::push(reading, one, quantity);
    }
    reading.completeness = Completeness::Partial {
        what: "a per-sample log does not say how many samples were planned; attach the \
               `results_….json` written beside it"
            .into(),
        place: Place::File,
    };
    Ok(())
}

/// Only metrics the line names itself are counted, so that a document id is never averaged.
fn add(totals: &mut BTreeMap<(String, String), Total>, line: &Node, number: u32) {
    let filter = line.get("filter").and_then(Node::scalar).unwrap_or_default();
    let metrics = line.get("metrics").and_then(Node::list).unwrap_or_default();
    for metric in metrics.iter().filter_map(Node::text) {
        let total = totals.entry((cut(metric), cut(&filter))).or_default();
        total.n += 1;
        if total.n == 1 {
            total.first_line = number;
        }
        match line.get(metric) {
            Some(Node::Number(value)) => total.sum += value.to_f64(),
            Some(Node::Bool(value)) => total.sum += f64::from(u8::from(*value)),
            other => {
                let kind = other.map_or("nothing", Node::kind);
                total.nothing.get_or_insert_with(|| format!("line {number} holds {kind}"));
            }
        }
    }
}
