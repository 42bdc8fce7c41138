//! The model card inside a component: parameters, measurements and considerations.

use super::super::measured::{self, measurement};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::stated::{fact, fact_under, list, text};
use super::super::text::cut;
use super::component::Component;
use countersign_core::reading::{Measurement, Reading};

const CONSIDERED: &[&str] = &["users", "useCases", "technicalLimitations", "performanceTradeoffs"];
const ASSESSED: &[(&str, &[&str])] = &[
    ("ethicalConsiderations", &["name", "mitigationStrategy"]),
    ("fairnessAssessments", &["groupAtRisk", "benefits", "harms", "mitigationStrategy"]),
];

/// Adds the card, if the model has one.
pub fn read(reading: &mut Reading, model: &Component, prefix: &str) {
    let Some(card) = model.node.get("modelCard") else { return };
    let at = model.at.key("modelCard");
    parameters(reading, card, &at.key("modelParameters"), prefix);
    let metrics = card.get("quantitativeAnalysis");
    let metrics = metrics.map(|it| list(it, "performanceMetrics")).unwrap_or_default();
    let metrics_at = at.keys(&["quantitativeAnalysis", "performanceMetrics"]);
    for (index, metric) in metrics.iter().enumerate() {
        performance(reading, metric, &metrics_at.index(index), &model.name);
    }
    considerations(reading, card, &at.key("considerations"), prefix);
    energy(reading, card, &at, &model.name);
    for (index, property) in list(card, "properties").iter().enumerate() {
        let name = text(property, "name").unwrap_or_default();
        let value = text(property, "value").unwrap_or_default();
        let place = at.key("properties").index(index).place();
        fact(reading, &format!("{prefix}property {name}"), &value, place);
    }
}

fn parameters(reading: &mut Reading, card: &Node, at: &At, prefix: &str) {
    let Some(parameters) = card.get("modelParameters") else { return };
    for key in ["task", "architectureFamily", "modelArchitecture"] {
        fact_under(reading, &format!("{prefix}{key}"), parameters, (at, key));
    }
    if let Some(approach) = parameters.get("approach") {
        fact_under(reading, &format!("{prefix}approach"), approach, (&at.key("approach"), "type"));
    }
    for (index, dataset) in list(parameters, "datasets").iter().enumerate() {
        let at = at.key("datasets").index(index);
        fact(reading, &format!("{prefix}datasets"), &dataset_of(dataset), at.place());
        for key in ["classification", "sensitiveData"] {
            fact_under(reading, &format!("{prefix}datasets {key}"), dataset, (&at, key));
        }
    }
    for key in ["inputs", "outputs"] {
        for (index, one) in list(parameters, key).iter().enumerate() {
            let at = at.key(key).index(index);
            fact_under(reading, &format!("{prefix}{key}"), one, (&at, "format"));
        }
    }
}

/// A data set by name and address, or by the component it refers to.
pub fn dataset_of(dataset: &Node) -> String {
    let url = dataset.find(&["contents", "url"]).and_then(Node::scalar);
    let url = url.map(|url| format!(" {url}")).unwrap_or_default();
    let name = text(dataset, "name").or(text(dataset, "ref")).unwrap_or_default();
    format!("{name}{url}").trim().to_owned()
}

fn performance(reading: &mut Reading, metric: &Node, at: &At, model: &str) {
    let name = text(metric, "type").unwrap_or_else(|| "(no type)".to_owned());
    let quantity = Quantity::from_node(metric.get("value"))
        .unwrap_or_else(|fault| Quantity::Nothing(fault.message));
    let one = Measurement {
        task: Some(cut(model)),
        slice: text(metric, "slice").map(|it| cut(&it)),
        ..measurement(&cut(&name), at.key("value").place())
    };
    measured::push(reading, one, quantity);
    if let Some(interval) = metric.get("confidenceInterval") {
        let of = |key: &str| text(interval, key).unwrap_or_else(|| "?".to_owned());
        let value = format!("{} to {}", of("lowerBound"), of("upperBound"));
        let place = at.key("confidenceInterval").place();
        fact(reading, &format!("{name} confidence interval"), &value, place);
    }
}

fn considerations(reading: &mut Reading, card: &Node, at: &At, prefix: &str) {
    let Some(considerations) = card.get("considerations") else { return };
    for key in CONSIDERED {
        fact_under(reading, &format!("{prefix}{key}"), considerations, (at, key));
    }
    for (key, parts) in ASSESSED {
        for (index, one) in list(considerations, key).iter().enumerate() {
            let said: Vec<String> = parts.iter().filter_map(|part| text(one, part)).collect();
            let place = at.key(key).index(index).place();
            fact(reading, &format!("{prefix}{key}"), &said.join("; "), place);
        }
    }
}

/// Energy and CO₂ by activity, each with the schema's own unit in the metric's name.
fn energy(reading: &mut Reading, card: &Node, at: &At, model: &str) {
    let keys = ["considerations", "environmentalConsiderations"];
    let consumed = card.find(&keys).map(|it| list(it, "energyConsumptions")).unwrap_or_default();
    for (index, one) in consumed.iter().enumerate() {
        let at = at.keys(&keys).key("energyConsumptions").index(index);
        let activity = text(one, "activity").unwrap_or_else(|| "other".to_owned());
        for (key, kind) in [
            ("activityEnergyCost", "energy"),
            ("co2CostEquivalent", "co2"),
            ("co2CostOffset", "co2_offset"),
        ] {
            let Some(cost) = one.get(key) else { continue };
            let quantity = Quantity::from_node(cost.get("value"))
                .unwrap_or_else(|fault| Quantity::Nothing(fault.message));
            let unit = text(cost, "unit").unwrap_or_else(|| "without unit".to_owned());
            let metric =
                format!("{activity}_{kind}_{unit}").to_lowercase().replace(['-', ' '], "_");
            let place = at.keys(&[key, "value"]).place();
            let task = Some(cut(model));
            let one = Measurement { task, ..measurement(&cut(&metric), place) };
            measured::push(reading, one, quantity);
        }
    }
}
