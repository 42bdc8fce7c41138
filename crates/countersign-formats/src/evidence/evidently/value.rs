//! The values of one metric.

use super::super::measured::{self, measurement, partial, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use countersign_core::reading::{Direction, Measurement, Reading};
use std::collections::BTreeSet;

const TYPE: &str = "evidently:metric_v2:";
/// How deep values lie: a kind of value, then a label.
const DEPTH: usize = 2;

/// Adds the values of a metric.
pub fn read(reading: &mut Reading, metric: &Node, at: &At) -> Result<(), Unreadable> {
    let Some(object) = metric.object() else {
        return Err(Unreadable::at(at.place(), format!("{} is no metric", metric.kind()))
            .help("attach the report as Evidently wrote it"));
    };
    if object.is_empty() {
        let what = "a metric could not be computed";
        warn(reading, at.place(), what);
        partial(reading, what, at.place());
        return Ok(());
    }
    let Some(name) = metric.get("metric_name").and_then(Node::text) else {
        return Err(Unreadable::at(at.key("metric_name").place(), "the metric has no name")
            .help("attach the report as Evidently wrote it"));
    };
    let stated = metric.find(&["config", "type"]).and_then(Node::text);
    let kind = stated.map_or(name, |stated| stated.strip_prefix(TYPE).unwrap_or(stated));
    let direction = is_p_value(metric).then_some(Direction::HigherIsBetter);
    if direction.is_some() {
        let message = format!("{} is a p-value: smaller means more drift", quoted(name));
        warn(reading, at.key("value").place(), message);
    }
    let like = Measurement {
        task: metric.find(&["config", "column"]).and_then(Node::scalar).map(|it| cut(&it)),
        slice: settings(metric),
        direction,
        ..measurement(&cut(kind), at.place())
    };
    values(reading, &like, object.get("value"), (&at.key("value"), DEPTH))
}

fn is_p_value(metric: &Node) -> bool {
    let method = metric.find(&["config", "method"]).and_then(Node::text);
    method.is_some_and(|method| method.ends_with("p_value"))
}

/// What a metric was set to, but for its type and column.
fn settings(metric: &Node) -> Option<String> {
    let all = metric.get("config")?.object()?.iter();
    let shown = all.filter(|(key, _)| !matches!(*key, "type" | "column"));
    let shown: Vec<String> =
        shown.filter_map(|(key, value)| Some(format!("{key}={}", value.scalar()?))).collect();
    (!shown.is_empty()).then(|| cut(&shown.join(", ")))
}

fn values(
    reading: &mut Reading,
    like: &Measurement,
    value: Option<&Node>,
    (at, deeper): (&At, usize),
) -> Result<(), Unreadable> {
    match value {
        Some(Node::Object(parts)) if deeper > 0 => {
            for (key, part) in parts.iter() {
                let metric = cut(&format!("{}.{key}", like.metric));
                let like = Measurement { metric, ..like.clone() };
                values(reading, &like, Some(part), (&at.key(key), deeper - 1))?;
            }
        }
        Some(Node::Object(_) | Node::List(_)) => {
            warn(reading, at.place(), format!("the table of `{}` is not read", like.metric));
        }
        single => {
            let quantity =
                Quantity::from_node(single).map_err(|fault| measured::unreadable(at, fault))?;
            let one = Measurement { place: at.place(), ..like.clone() };
            measured::push(reading, one, quantity);
        }
    }
    Ok(())
}

/// Puts the place behind the slice of metrics that have everything else in common, so that each
/// keeps its value and its name.
pub fn told_apart(reading: &mut Reading) {
    let mut seen = BTreeSet::new();
    for one in &mut reading.measurements {
        let name = (one.metric.clone(), one.task.clone(), one.slice.clone());
        if !seen.insert(name) {
            let slice = one.slice.take().unwrap_or_default();
            one.slice = Some(cut(&format!("{slice} ({})", one.place)));
        }
    }
}
