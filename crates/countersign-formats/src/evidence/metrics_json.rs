//! Plain metrics in JSON: what a script of one's own writes when no tool has a format.
//!
//! Three layouts. An object of numbers: `{"rouge_l": 0.41}`. An object of objects:
//! `{"hallucination_rate": {"value": "3.1%", "n": 500}}`. A list, alone or under `metrics`, of
//! objects that each name their `metric`. Because people write these by hand, a fault is refused
//! with its place rather than read around.

use super::garak;
use super::measured::{self, measurement, warn};
use super::node::{At, Node, Object};
use super::quantity::Quantity;
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Completeness, Direction, Fact, Measurement, Reading, Unit};

pub const READER: Reader = Reader {
    format: "metrics-json",
    title: "Plain metrics, JSON",
    notes: &[
        "`{\"rouge_l\": 0.41}`, `{\"rouge_l\": {\"value\": 0.41, \"n\": 50}}`, or a list of \
         `{\"metric\": \"rouge_l\", \"value\": 0.41}`, alone or under `metrics`",
        "beside `value`: `n`, `n_total`, `stderr`, `task`, `slice`, `unit` (`percent`, `fraction`), \
         `direction` (`higher`, `lower`)",
        "beside the metrics: `model`, `tool`, `tool_version`, `generated_at` as text, \
         `complete` as a truth value",
        "`n` below `n_total`, or `complete` false: a partial run",
        "two values for one metric, task and slice are refused",
    ],
    recognises,
    read,
};

const ABOUT: &[&str] = &["model", "tool", "tool_version", "generated_at", "complete"];
const FIELDS: &[&str] =
    &["metric", "value", "n", "n_total", "stderr", "task", "slice", "unit", "direction"];

fn recognises(upload: &Upload) -> bool {
    match upload.json_tree() {
        Some(Node::List(items)) => is_metric_list(items),
        Some(Node::Object(object)) => match object.get("metrics") {
            Some(Node::List(items)) => is_metric_list(items),
            _ => is_flat(object) && !upload.json_tree().is_some_and(garak::is_line),
        },
        _ => false,
    }
}

fn is_metric_list(items: &[Node]) -> bool {
    items.first().is_some_and(|first| {
        // With a `group` it is metrics by group, which has a reader of its own.
        first.get("metric").is_some_and(|metric| metric.text().is_some())
            && first.get("group").is_none()
            && first.object().is_some_and(|object| object.get("value").is_some())
    })
}

/// Numbers, or objects with a `value`, and nothing that only another format has.
fn is_flat(object: &Object) -> bool {
    let metrics = || object.iter().filter(|(key, _)| !ABOUT.contains(key));
    let has_value = |node: &Node| match node {
        Node::Number(_) | Node::NoNumber(_) => true,
        Node::Text(text) => Quantity::from_text(text).is_ok_and(|it| it.number().is_some()),
        Node::Object(object) => object.get("value").is_some(),
        Node::Null | Node::Bool(_) | Node::List(_) => false,
    };
    let foreign = |node: &Node| match node {
        Node::List(_) => true,
        Node::Object(object) => object.get("value").is_none(),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::NoNumber(_) | Node::Text(_) => false,
    };
    // A metric with a sentence about it is AIF360's; its counts are no metrics.
    let explained = object.get("metric").is_some() && object.get("message").is_some();
    !explained
        && metrics().any(|(_, node)| has_value(node))
        && !metrics().any(|(_, node)| foreign(node))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut reading = Reading::new(READER.format);
    let root = upload.json()?;
    match root {
        Node::List(items) => read_list(&mut reading, items, &At::root())?,
        Node::Object(object) => {
            about(&mut reading, object);
            match root.get("metrics").and_then(Node::list) {
                Some(items) => read_list(&mut reading, items, &At::root().key("metrics"))?,
                None => read_flat(&mut reading, object)?,
            }
        }
        _ => return Err(Unreadable::at(At::root().place(), "neither an object nor a list")),
    }
    measured::refuse_twins(&reading)?;
    measured::warn_of_mixed_scales(&mut reading);
    Ok(reading)
}

/// What the file says about itself.
pub fn about(reading: &mut Reading, object: &Object) {
    let text = |key: &str| object.get(key).and_then(Node::scalar).map(|text| cut(&text));
    reading.tool = text("tool");
    reading.tool_version = text("tool_version");
    reading.generated_at = text("generated_at");
    reading.claimed_subject = text("model");
    if object.get("complete").is_some_and(|node| *node != Node::Bool(true)) {
        let place = At::root().key("complete").place();
        reading.completeness =
            Completeness::Partial { what: "the file does not call itself complete".into(), place };
    }
}

fn read_flat(reading: &mut Reading, object: &Object) -> Result<(), Unreadable> {
    for (key, node) in object.iter().filter(|(key, _)| !ABOUT.contains(key)) {
        let at = At::root().key(key);
        match node {
            Node::Object(_) => read_one(reading, key, node, &at)?,
            _ => match Quantity::from_node(Some(node)) {
                Ok(quantity) => measured::push(reading, measurement(key, at.place()), quantity),
                Err(fault) if fault.ambiguous => {
                    return Err(measured::unreadable(&at, fault));
                }
                Err(fault) => {
                    let value = cut(&node.scalar().unwrap_or_default());
                    reading.facts.push(Fact { name: key.to_owned(), value, place: at.place() });
                    warn(reading, at.place(), format!("no measurement: {}", fault.message));
                }
            },
        }
    }
    Ok(())
}

fn read_list(reading: &mut Reading, items: &[Node], at: &At) -> Result<(), Unreadable> {
    for (index, item) in items.iter().enumerate() {
        let at = at.index(index);
        let Some(metric) = item.get("metric").and_then(Node::text).filter(|it| !it.is_empty())
        else {
            return Err(Unreadable::at(at.place(), "the entry has no `metric`")
                .help("give every entry a `metric` and a `value`"));
        };
        read_one(reading, metric, item, &at)?;
    }
    Ok(())
}

fn read_one(reading: &mut Reading, metric: &str, node: &Node, at: &At) -> Result<(), Unreadable> {
    let Some(value) = node.object().and_then(|object| object.get("value")) else {
        return Err(Unreadable::at(at.place(), format!("{} has no `value`", quoted(metric)))
            .help("write `null` for a value that could not be measured"));
    };
    warn_of_unknown_fields(reading, node, at);
    let text = |key: &str| node.get(key).and_then(Node::scalar).map(|text| cut(&text));
    let n = sample(node, "n", at)?;
    shortfall(reading, n, sample(node, "n_total", at)?, at);
    let stderr = Quantity::from_node(node.get("stderr"))
        .map_err(|fault| measured::unreadable(&at.key("stderr"), fault))?;
    let place = at.key("value");
    let quantity =
        Quantity::from_node(Some(value)).map_err(|fault| measured::unreadable(&place, fault))?;
    let one = Measurement {
        task: text("task"),
        slice: text("slice"),
        unit: stated_unit(node, at, &quantity)?,
        direction: stated_direction(node, at)?,
        n,
        stderr: stderr.number(),
        ..measurement(metric, place.place())
    };
    measured::push(reading, one, quantity);
    Ok(())
}

fn sample(node: &Node, key: &str, at: &At) -> Result<Option<u64>, Unreadable> {
    match node.get(key) {
        None => Ok(None),
        Some(value) => value.count().map(Some).ok_or_else(|| {
            Unreadable::at(at.key(key).place(), format!("`{key}` is not a count"))
                .help("write a whole number from 0")
        }),
    }
}

/// Fewer samples than planned make the whole file partial: a criterion reads files, not lines.
fn shortfall(reading: &mut Reading, n: Option<u64>, n_total: Option<u64>, at: &At) {
    if let Some(total) = n_total.filter(|total| n.is_none_or(|n| n != *total)) {
        let done = n.map_or("an unknown number".to_owned(), |n| n.to_string());
        let what = format!("{done} of {total} samples");
        reading.completeness = Completeness::Partial { what, place: at.key("n_total").place() };
    }
}

fn stated_unit(node: &Node, at: &At, quantity: &Quantity) -> Result<Unit, Unreadable> {
    let stated = match node.get("unit").map(|unit| unit.text()) {
        None => None,
        Some(Some("percent" | "%")) => Some(Unit::Percent),
        Some(Some("fraction")) => Some(Unit::Fraction),
        Some(Some("raw" | "number" | "")) => Some(Unit::Unstated),
        Some(other) => {
            let message = format!("the unit {} is not known", quoted(other.unwrap_or("")));
            return Err(Unreadable::at(at.key("unit").place(), message)
                .help("write `percent` or `fraction`, or leave `unit` out for a plain number"));
        }
    };
    match (stated, quantity) {
        (Some(unit), Quantity::Number(_, Some(sign))) if unit != *sign => {
            Err(Unreadable::at(at.key("unit").place(), "the unit contradicts the percent sign")
                .help("leave one of them out"))
        }
        (stated, _) => Ok(stated.unwrap_or(Unit::Unstated)),
    }
}

fn stated_direction(node: &Node, at: &At) -> Result<Option<Direction>, Unreadable> {
    match node.get("direction").map(|direction| direction.text()) {
        None => Ok(None),
        Some(Some("higher" | "higher_is_better")) => Ok(Some(Direction::HigherIsBetter)),
        Some(Some("lower" | "lower_is_better")) => Ok(Some(Direction::LowerIsBetter)),
        Some(_) => Err(Unreadable::at(at.key("direction").place(), "the direction is not known")
            .help("write `higher` or `lower`, or leave it out")),
    }
}

fn warn_of_unknown_fields(reading: &mut Reading, node: &Node, at: &At) {
    let unknown = node.object().into_iter().flat_map(Object::iter);
    let unknown: Vec<_> = unknown.filter(|(key, _)| !FIELDS.contains(key)).collect();
    for (key, _) in unknown {
        warn(reading, at.key(key).place(), format!("the field {} is not read", quoted(key)));
    }
}
