//! A model or a version of one in MLflow's registry, as `registered-models/get` and
//! `model-versions/get` answer. The registry measures nothing; what it says are facts.

use super::measured::warn;
use super::node::{At, Node};
use super::stated::{fact, fact_under, failed, list, partial, text};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "mlflow-registry",
    title: "MLflow registry, REST",
    notes: &[
        "name, version, status, source, run, aliases and tags are facts; `registered-models/get` \
         gives those of each latest version",
        "a version that is not `READY`: a partial run, or a failed one for `FAILED_REGISTRATION`; a \
         model without a version: a failed one",
        "a stage other than `None` is warned of: stages have no meaning any more, aliases and tags \
         have taken their place",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        ["model_version", "registered_model"].iter().any(|key| {
            root.get(key).is_some_and(|it| it.get("name").is_some() && it.object().is_some())
        })
    })
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let mut reading = Reading::new(READER.format);
    reading.tool = Some("mlflow".to_owned());
    if let Some(version) = root.get("model_version") {
        read_version(&mut reading, version, &At::root().key("model_version"))?;
        return Ok(reading);
    }
    let at = At::root().key("registered_model");
    let Some(model) = root.get("registered_model") else {
        return Err(Unreadable::at(At::root().place(), "neither a model nor a version of one"));
    };
    fact_under(&mut reading, "model", model, (&at, "name"));
    reading.claimed_subject = text(model, "name").map(|it| cut(&it));
    for (index, alias) in list(model, "aliases").iter().enumerate() {
        let said = |key: &str| text(alias, key).unwrap_or_default();
        let value = format!("{} of version {}", said("alias"), said("version"));
        fact(&mut reading, "alias", &value, at.key("aliases").index(index).place());
    }
    tags(&mut reading, model, &at);
    let versions = list(model, "latest_versions");
    if versions.is_empty() {
        failed(&mut reading, "the model has no version", at.key("latest_versions").place());
    }
    for (index, version) in versions.iter().enumerate() {
        read_version(&mut reading, version, &at.key("latest_versions").index(index))?;
    }
    Ok(reading)
}

fn read_version(reading: &mut Reading, version: &Node, at: &At) -> Result<(), Unreadable> {
    let (Some(name), Some(number)) = (text(version, "name"), text(version, "version")) else {
        return Err(Unreadable::at(at.place(), "the version has no `name` or no `version`")
            .help("attach the registry's answer as it came"));
    };
    let subject = cut(&format!("{name} version {number}"));
    fact(reading, "version", &subject, at.key("version").place());
    reading.claimed_subject = Some(subject);
    reading.generated_at = text(version, "last_updated_timestamp").map(|it| cut(&it));
    for key in ["status", "source", "run_id", "aliases", "current_stage", "description"] {
        fact_under(reading, key, version, (at, key));
    }
    tags(reading, version, at);
    let place = at.key("status").place();
    match text(version, "status").as_deref() {
        Some("READY") => {}
        Some("FAILED_REGISTRATION") => failed(reading, "the registration failed", place),
        Some(other) => partial(reading, format!("the version is {}", quoted(other)), place),
        None => partial(reading, "the version states no status", at.place()),
    }
    if let Some(stage) = text(version, "current_stage").filter(|stage| stage != "None") {
        let message = format!("the stage {} means nothing any more; use an alias", quoted(&stage));
        warn(reading, at.key("current_stage").place(), message);
    }
    Ok(())
}

fn tags(reading: &mut Reading, node: &Node, at: &At) {
    for (index, tag) in list(node, "tags").iter().enumerate() {
        let key = text(tag, "key").unwrap_or_default();
        let place = at.key("tags").index(index).place();
        fact(reading, &format!("tag {key}"), &text(tag, "value").unwrap_or_default(), place);
    }
}
