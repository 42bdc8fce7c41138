//! Hugging Face `.eval_results/*.yaml`: benchmark scores beside a model, the successor of a card's
//! `model-index`.
//!
//! The format names neither metric nor unit. The metric is therefore called `score`, the task is
//! the data set's id and the slice the task inside it; the unit stays unstated, and a file that
//! mixes 20.9 with 0.412 is warned of.

use super::measured::{self, measurement, warn};
use super::node::{At, Node};
use super::quantity::Quantity;
use super::text::cut;
use super::unreadable::Unreadable;
use super::yaml;
use super::{Reader, Upload};
use countersign_core::reading::{Completeness, Fact, Measurement, Reading};

pub const READER: Reader = Reader {
    format: "hf-eval-results",
    title: "Hugging Face `.eval_results`",
    notes: &[
        "each entry is a measurement `score` with the data set as task and `task_id` as slice",
        "the unit is never stated; values above 1 beside values up to 1 are warned of",
        "source, date, revision and notes are facts; `verifyToken` is not checked and is warned of",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    let head = upload.head();
    (upload.has_extension("yaml") || upload.has_extension("yml"))
        && head.trim_start().starts_with(['-', '['])
        && head.contains("dataset:")
        && head.contains("value:")
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut reading = Reading::new(READER.format);
    let root = yaml::parse(upload.text()?, 1)?;
    let Some(entries) = root.list() else {
        return Err(Unreadable::at(At::root().place(), format!("{} is no list", root.kind()))
            .help("write a list of entries, each with `dataset` and `value`"));
    };
    for (index, entry) in entries.iter().enumerate() {
        read_entry(&mut reading, entry, &At::root().index(index))?;
    }
    if entries.is_empty() {
        let what = "the file holds no result".to_owned();
        reading.completeness = Completeness::Failed { what, place: At::root().place() };
    }
    measured::refuse_twins(&reading)?;
    measured::warn_of_mixed_scales(&mut reading);
    Ok(reading)
}

fn read_entry(reading: &mut Reading, entry: &Node, at: &At) -> Result<(), Unreadable> {
    let Some(dataset) = entry.find(&["dataset", "id"]).and_then(Node::scalar) else {
        return Err(Unreadable::at(
            at.key("dataset").place(),
            "the entry has no `dataset` with an `id`",
        )
        .help("name the data set, for example `dataset: {id: cais/hle}`"));
    };
    let place = at.key("value");
    let quantity = Quantity::from_node(entry.get("value"))
        .map_err(|fault| measured::unreadable(&place, fault))?;
    let one = Measurement {
        task: Some(cut(&dataset)),
        slice: entry.find(&["dataset", "task_id"]).and_then(Node::scalar).map(|it| cut(&it)),
        ..measurement("score", place.place())
    };
    measured::push(reading, one, quantity);
    for (name, keys) in [
        ("revision", &["dataset", "revision"][..]),
        ("date", &["date"]),
        ("source", &["source", "url"]),
        ("notes", &["notes"]),
    ] {
        if let Some(value) = entry.find(keys).and_then(Node::scalar) {
            let (name, place) = (format!("{dataset} {name}"), at.keys(keys).place());
            reading.facts.push(Fact { name: cut(&name), value: cut(&value), place });
        }
    }
    let source = entry.get("source");
    if source.is_some() && source.and_then(|source| source.get("url")).is_none() {
        warn(reading, at.key("source").place(), "the source has no `url`");
    }
    if entry.get("verifyToken").is_some() {
        let message = "`verifyToken` is not checked here; the value counts as claimed";
        warn(reading, at.key("verifyToken").place(), message);
    }
    Ok(())
}
