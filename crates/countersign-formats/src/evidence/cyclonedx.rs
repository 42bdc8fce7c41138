//! CycloneDX bills of materials, and what they say of models: ML-BOM 1.5, 1.6 and 1.7 in JSON.
//!
//! A bill can satisfy the schema and say nothing: the schema's own example fills every field with a
//! description of the field. So content is checked, not presence.

mod card;
mod component;
mod declarations;
mod emptiness;
mod vulnerability;

pub use emptiness::EMPTY_PHRASES;

use self::component::Component;
use super::measured::{self, warn};
use super::node::{At, Node};
use super::stated::{fact, fact_under, list, text};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "cyclonedx",
    title: "CycloneDX ML-BOM, JSON",
    notes: &[
        "versions 1.5, 1.6 and 1.7; a component without `type` or `name`, an unknown type and a \
         `bom-ref` that stands twice are refused",
        "of each `machine-learning-model`: licence, hashes, ancestors and the whole model card are \
         facts, and each entry of `performanceMetrics` is a measurement with the model as task",
        "energy and CO₂ are measurements such as `training_energy_kwh` and `training_co2_tco2eq`",
        "`ml_bom.license`, `ml_bom.hashes`, `ml_bom.datasets`, `ml_bom.performance` (a metric with \
         a number), `ml_bom.intended_use`, `ml_bom.limitations`: every model has it, and not as a \
         placeholder; `ml_bom.no_placeholders`: nothing is left to be filled in",
        "`vulnerabilities` are findings with the worst of their ratings; `resolved` is gone, \
         `false_positive` and `not_affected` are suppressed",
        "`declarations`: assessors, claims and signatories are facts; `conformance` and \
         `confidence` are measurements with the requirement as task; counter claims are warned of",
        "signatures in the bill are not checked, and that is warned of",
    ],
    recognises,
    read,
};

const VERSIONS: &[&str] = &["1.5", "1.6", "1.7"];

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        let schema = text(root, "$schema").unwrap_or_default();
        root.get("bomFormat").is_some() || schema.contains("cyclonedx.org/schema/bom")
    })
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    check_head(root)?;
    let mut reading = Reading::new(READER.format);
    head(&mut reading, root);
    let components = component::all(root)?;
    // What the bill is about is no part of the list.
    let about = usize::from(root.find(&["metadata", "component"]).is_some());
    let listed = components.len().saturating_sub(about).to_string();
    fact(&mut reading, "components", &listed, At::root().key("components").place());
    let models: Vec<&Component> = components.iter().filter(|it| it.is_model()).collect();
    for one in components.iter().filter(|it| it.kind == "data") {
        fact(&mut reading, "data", &one.name, one.at.place());
    }
    for model in &models {
        let prefix = if models.len() > 1 { format!("{} ", model.name) } else { String::new() };
        component::read(&mut reading, model, &prefix);
        card::read(&mut reading, model, &prefix);
    }
    if let [model] = models.as_slice() {
        reading.claimed_subject = Some(cut(&model.name));
    }
    if models.is_empty() {
        warn(&mut reading, At::root().place(), "the bill lists no machine-learning model");
    } else {
        emptiness::check(&mut reading, &models);
    }
    vulnerability::read(&mut reading, root);
    declarations::read(&mut reading, root);
    compositions(&mut reading, root);
    measured::blank_twins(&mut reading);
    if root.get("signature").is_some() {
        let place = At::root().key("signature").place();
        warn(&mut reading, place, "the signature in the bill is not checked");
    }
    Ok(reading)
}

fn check_head(root: &Node) -> Result<(), Unreadable> {
    let fault = |key: &str, message: String, help: &str| {
        Err(Unreadable::at(At::root().key(key).place(), message).help(help))
    };
    let format = text(root, "bomFormat").unwrap_or_default();
    if format != "CycloneDX" {
        let message = format!("`bomFormat` is {}, not `CycloneDX`", quoted(&format));
        return fault("bomFormat", message, "attach the bill as its tool wrote it");
    }
    let version = text(root, "specVersion").unwrap_or_default();
    if !VERSIONS.contains(&version.as_str()) {
        let message = format!("CycloneDX version {} is not read", quoted(&version));
        return fault("specVersion", message, "write the bill as CycloneDX 1.6 or 1.7");
    }
    match root.get("version") {
        Some(version) if version.count().is_none_or(|count| count == 0) => {
            let message = "`version` is not a whole number from 1".to_owned();
            fault("version", message, "write `1` for the first version of a bill")
        }
        _ => Ok(()),
    }
}

fn head(reading: &mut Reading, root: &Node) {
    let at = At::root();
    for key in ["specVersion", "serialNumber", "version"] {
        fact_under(reading, key, root, (&at, key));
    }
    reading.generated_at =
        root.find(&["metadata", "timestamp"]).and_then(Node::scalar).map(|it| cut(&it));
    let tools = root.find(&["metadata", "tools"]);
    let tool = tools.and_then(|tools| match tools {
        Node::List(tools) => tools.first(),
        other => other.get("components")?.item(0),
    });
    if let Some(tool) = tool {
        reading.tool = text(tool, "name").map(|it| cut(&it));
        reading.tool_version = text(tool, "version").map(|it| cut(&it));
    }
}

/// Warns where the bill itself says that it is not complete.
fn compositions(reading: &mut Reading, root: &Node) {
    for (index, composition) in list(root, "compositions").iter().enumerate() {
        let aggregate = text(composition, "aggregate").unwrap_or_default();
        if aggregate.starts_with("incomplete") || aggregate == "unknown" {
            let at = At::root().key("compositions").index(index).key("aggregate");
            warn(reading, at.place(), format!("the bill calls itself {}", quoted(&aggregate)));
        }
    }
}
