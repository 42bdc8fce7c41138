//! The results in a card's `model-index`: claims of its author, without a unit.

use super::super::measured::{self, measurement, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::text::cut;
use countersign_core::reading::{Measurement, Reading};

/// Adds every value of the index.
pub fn read(reading: &mut Reading, front: &Node) {
    let at = At::root().key("model-index");
    let models = front.get("model-index").and_then(Node::list).unwrap_or_default();
    for (index, model) in models.iter().enumerate() {
        let at = at.index(index).key("results");
        let results = model.get("results").and_then(Node::list).unwrap_or_default();
        for (index, result) in results.iter().enumerate() {
            read_result(reading, result, &at.index(index));
        }
    }
    if reading.measurements.is_empty() && front.get("metrics").is_some() {
        let message = "`metrics` names metrics, but the card holds no value";
        warn(reading, At::root().key("metrics").place(), message);
    }
    measured::blank_twins(reading);
    measured::warn_of_mixed_scales(reading);
}

fn read_result(reading: &mut Reading, result: &Node, at: &At) {
    let text = |keys: &[&str]| result.find(keys).and_then(Node::scalar).map(|text| cut(&text));
    let task = text(&["dataset", "name"]).or_else(|| text(&["dataset", "type"]));
    let slice = [text(&["dataset", "config"]), text(&["dataset", "split"])];
    let slice = slice.into_iter().flatten().collect::<Vec<_>>().join("/");
    let metrics = result.get("metrics").and_then(Node::list).unwrap_or_default();
    for (index, metric) in metrics.iter().enumerate() {
        let at = at.key("metrics").index(index);
        let name = metric.get("type").or(metric.get("name")).and_then(Node::scalar);
        let Some(name) = name else {
            warn(reading, at.place(), "a metric without a `type` was not read");
            continue;
        };
        let quantity = Quantity::from_node(metric.get("value"))
            .unwrap_or_else(|fault| Quantity::Nothing(fault.message));
        let one = Measurement {
            task: task.clone(),
            slice: (!slice.is_empty()).then(|| slice.clone()),
            ..measurement(&cut(&name), at.key("value").place())
        };
        measured::push(reading, one, quantity);
    }
}
