//! The scores of a log and their metrics.

use super::super::measured::{self, measurement, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::text::cut;
use super::super::unreadable::Unreadable;
use super::header::Log;
use countersign_core::decimal::Decimal;
use countersign_core::reading::{Measurement, Reading};

const STDERR: &str = "stderr";
/// The metrics `stderr` is the standard error of.
const MEANS: &[&str] = &["accuracy", "mean"];

/// Adds the metrics of every score.
pub fn read(reading: &mut Reading, log: &Log) -> Result<(), Unreadable> {
    let scores = log.find(&["results", "scores"]).and_then(Node::list).unwrap_or_default();
    for (index, score) in scores.iter().enumerate() {
        read_one(reading, log, score, &log.at(&["results", "scores"]).index(index))?;
    }
    measured::blank_twins(reading);
    Ok(())
}

fn read_one(reading: &mut Reading, log: &Log, score: &Node, at: &At) -> Result<(), Unreadable> {
    let Some(metrics) = score.get("metrics").and_then(Node::object) else {
        return Err(Unreadable::at(at.place(), "the score has no `metrics`")
            .help("attach the log as Inspect wrote it"));
    };
    let joined = MEANS.iter().any(|mean| metrics.get(mean).is_some());
    let stderr = metrics.get(STDERR).filter(|_| joined);
    let stderr = stderr.and_then(|node| standard_error(reading, node, at));
    for (key, metric) in metrics.iter().filter(|(key, _)| !joined || *key != STDERR) {
        let place = at.keys(&["metrics", key, "value"]);
        let quantity = Quantity::from_node(metric.get("value"))
            .map_err(|fault| measured::unreadable(&place, fault))?;
        let one = Measurement {
            task: log.find(&["eval", "task"]).and_then(Node::scalar).map(|task| cut(&task)),
            slice: Some(slice(score)),
            n: samples(log, score),
            stderr: stderr.filter(|_| MEANS.contains(&key)),
            ..measurement(&cut(key), place.place())
        };
        measured::push(reading, one, quantity);
    }
    Ok(())
}

fn standard_error(reading: &mut Reading, node: &Node, at: &At) -> Option<Decimal> {
    let place = at.keys(&["metrics", STDERR, "value"]).place();
    match Quantity::from_node(node.get("value")) {
        Ok(Quantity::Number(value, _)) => Some(value),
        Ok(Quantity::Nothing(why)) => {
            warn(reading, place, format!("the standard error has no value: {why}"));
            None
        }
        Err(fault) => {
            warn(reading, place, format!("the standard error has no value: {}", fault.message));
            None
        }
    }
}

/// The score's name, told apart from its namesakes by scorer and reducer.
fn slice(score: &Node) -> String {
    let said = |key: &str| score.get(key).and_then(Node::scalar).unwrap_or_default();
    let (name, scorer, reducer) = (said("name"), said("scorer"), said("reducer"));
    let name = if scorer.is_empty() || scorer == name { name } else { format!("{scorer}/{name}") };
    match reducer.as_str() {
        "" | "mean" => cut(&name),
        reducer => cut(&format!("{name} ({reducer})")),
    }
}

fn samples(log: &Log, score: &Node) -> Option<u64> {
    let stated = score.get("scored_samples").and_then(Node::count);
    stated.or_else(|| {
        let completed = log.count(&["results", "completed_samples"])?;
        let each = completed / log.epochs().unwrap_or(1);
        Some(log.count(&["eval", "dataset", "samples"]).map_or(each, |all| each.min(all)))
    })
}
