//! AI packages and data set packages: their properties, metrics and energy.

use super::super::measured::{self, measurement, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::stated::{fact, fact_under, list, text};
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use countersign_core::reading::{Measurement, Reading};

type Package<'a> = (&'a Node, &'a At);

/// Properties of every package.
const PACKAGE: &[&str] = &[
    "description",
    "releaseTime",
    "software_packageVersion",
    "software_downloadLocation",
    "software_primaryPurpose",
    "software_copyrightText",
];
/// Properties of AI packages; the profile's prefix is left out of the fact's name.
const AI: &[&str] = &[
    "ai_autonomyType",
    "ai_domain",
    "ai_informationAboutApplication",
    "ai_informationAboutTraining",
    "ai_limitation",
    "ai_modelDataPreprocessing",
    "ai_modelExplainability",
    "ai_safetyRiskAssessment",
    "ai_standardCompliance",
    "ai_typeOfModel",
    "ai_useSensitivePersonalInformation",
];
const DATASET: &[&str] = &[
    "dataset_anonymizationMethodUsed",
    "dataset_confidentialityLevel",
    "dataset_dataCollectionProcess",
    "dataset_dataPreprocessing",
    "dataset_datasetAvailability",
    "dataset_datasetNoise",
    "dataset_datasetSize",
    "dataset_datasetType",
    "dataset_datasetUpdateMechanism",
    "dataset_hasSensitivePersonalInformation",
    "dataset_intendedUse",
    "dataset_knownBias",
];
const PRESENCE: &[&str] = &["yes", "no", "noAssertion"];
/// Closed vocabularies of SPDX 3.0.1.
const VOCABULARIES: &[(&str, &[&str])] = &[
    ("ai_autonomyType", PRESENCE),
    ("ai_useSensitivePersonalInformation", PRESENCE),
    ("ai_safetyRiskAssessment", &["low", "medium", "high", "serious"]),
    ("dataset_hasSensitivePersonalInformation", PRESENCE),
    ("dataset_confidentialityLevel", &["clear", "green", "amber", "red"]),
    (
        "dataset_datasetAvailability",
        &["clickthrough", "directDownload", "query", "registration", "scrapingScript"],
    ),
];
const UNITS: &[(&str, &str)] = &[("kilowattHour", "kwh"), ("megajoule", "mj")];

/// A package's name, which every package must have.
pub fn name(node: &Node, at: &At) -> Result<String, Unreadable> {
    text(node, "name").map(|name| cut(&name)).ok_or_else(|| {
        Unreadable::at(at.key("name").place(), "the package has no `name`")
            .help("name every package of the document")
    })
}

/// Adds an AI package.
pub fn read(
    reading: &mut Reading,
    (node, at): Package,
    (name, prefix): (&str, &str),
) -> Result<(), Unreadable> {
    vocabularies(node, at)?;
    fact(reading, "model", name, at.place());
    properties(reading, (node, at), (PACKAGE, prefix));
    properties(reading, (node, at), (AI, prefix));
    hashes(reading, (node, at), prefix);
    for (key, said) in
        [("ai_hyperparameter", "hyperparameter"), ("ai_metricDecisionThreshold", "threshold")]
    {
        for (index, entry) in list(node, key).iter().enumerate() {
            let name = text(entry, "key").unwrap_or_default();
            let place = at.key(key).index(index).place();
            let value = text(entry, "value").unwrap_or_default();
            fact(reading, &format!("{prefix}{said} {name}"), &value, place);
        }
    }
    for (index, entry) in list(node, "ai_metric").iter().enumerate() {
        metric(reading, entry, &at.key("ai_metric").index(index), name)?;
    }
    energy(reading, (node, at), name);
    sensitive(reading, (node, at), "ai_useSensitivePersonalInformation");
    if let Some(risk @ ("high" | "serious")) =
        node.get("ai_safetyRiskAssessment").and_then(Node::text)
    {
        let place = at.key("ai_safetyRiskAssessment").place();
        warn(reading, place, format!("the document assesses the safety risk as {risk}"));
    }
    Ok(())
}

/// Adds a data set package.
pub fn read_dataset(reading: &mut Reading, package: Package, name: &str) -> Result<(), Unreadable> {
    let (node, at) = package;
    vocabularies(node, at)?;
    fact(reading, "dataset", name, at.place());
    let prefix = format!("{name} ");
    properties(reading, package, (PACKAGE, &prefix));
    properties(reading, package, (DATASET, &prefix));
    hashes(reading, package, &prefix);
    sensitive(reading, package, "dataset_hasSensitivePersonalInformation");
    Ok(())
}

fn properties(reading: &mut Reading, (node, at): Package, (keys, prefix): (&[&str], &str)) {
    for key in keys {
        let name = key.split_once('_').map_or(*key, |(_, name)| name);
        fact_under(reading, &format!("{prefix}{name}"), node, (at, key));
    }
}

fn vocabularies(node: &Node, at: &At) -> Result<(), Unreadable> {
    for (key, words) in VOCABULARIES {
        let Some(said) = node.get(key) else { continue };
        if !said.text().is_some_and(|said| words.contains(&said)) {
            let said = said.scalar().unwrap_or_else(|| said.kind().to_owned());
            let message = format!("{} is no word for `{key}`", quoted(&said));
            return Err(Unreadable::at(at.key(key).place(), message)
                .help(format!("write one of {}", words.join(", "))));
        }
    }
    Ok(())
}

fn hashes(reading: &mut Reading, (node, at): Package, prefix: &str) {
    for (index, hash) in list(node, "verifiedUsing").iter().enumerate() {
        let algorithm = text(hash, "algorithm").unwrap_or_default();
        let place = at.key("verifiedUsing").index(index).place();
        let value = text(hash, "hashValue").unwrap_or_default();
        fact(reading, &format!("{prefix}hash {algorithm}"), &value, place);
    }
}

fn metric(reading: &mut Reading, entry: &Node, at: &At, model: &str) -> Result<(), Unreadable> {
    let Some(key) = text(entry, "key") else {
        return Err(Unreadable::at(at.place(), "the metric has no `key`")
            .help("write `{\"type\": \"DictionaryEntry\", \"key\": \"f1\", \"value\": \"0.9\"}`"));
    };
    let quantity = match entry.get("value") {
        Some(Node::Text(said)) if said.trim_start().starts_with(['[', '(', '{']) => {
            Quantity::Nothing("its value is a list, not one number".to_owned())
        }
        value => {
            Quantity::from_node(value).unwrap_or_else(|fault| Quantity::Nothing(fault.message))
        }
    };
    let one =
        Measurement { task: Some(cut(model)), ..measurement(&cut(&key), at.key("value").place()) };
    measured::push(reading, one, quantity);
    Ok(())
}

fn energy(reading: &mut Reading, (node, at): Package, model: &str) {
    let Some(consumed) = node.get("ai_energyConsumption") else { return };
    for (key, activity) in [
        ("ai_trainingEnergyConsumption", "training"),
        ("ai_finetuningEnergyConsumption", "finetuning"),
        ("ai_inferenceEnergyConsumption", "inference"),
    ] {
        for (index, one) in list(consumed, key).iter().enumerate() {
            let at = at.keys(&["ai_energyConsumption", key]).index(index);
            let unit = text(one, "ai_energyUnit").unwrap_or_else(|| "no unit".to_owned());
            let short = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, short)| *short);
            let metric = format!("{activity}_energy_{}", short.unwrap_or(&unit).replace(' ', "_"));
            let place = at.key("ai_energyQuantity").place();
            let quantity = Quantity::from_node(one.get("ai_energyQuantity"))
                .unwrap_or_else(|fault| Quantity::Nothing(fault.message));
            let task = Some(cut(model));
            let one = Measurement { task, ..measurement(&cut(&metric), place) };
            measured::push(reading, one, quantity);
        }
    }
}

/// Personal information that is there, or that nobody ruled out.
fn sensitive(reading: &mut Reading, (node, at): Package, key: &str) {
    let name = text(node, "name").unwrap_or_default();
    let message = match node.get(key).and_then(Node::text) {
        Some("no") => return,
        Some("yes") => "holds or uses sensitive personal information",
        _ => "is not said to be free of sensitive personal information",
    };
    let place = if node.get(key).is_some() { at.key(key).place() } else { at.place() };
    warn(reading, place, format!("{} {message}", quoted(&name)));
}
