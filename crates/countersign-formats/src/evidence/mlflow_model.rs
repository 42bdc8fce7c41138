//! MLflow's `MLmodel`: what a model directory holds and how it is loaded.
//!
//! A model that is stored as a pickle runs whatever its author put into it when it is loaded, so
//! that is a finding and no mere fact.

use super::json;
use super::measured::warn;
use super::node::{At, Node, Object};
use super::stated::{fact, fact_under, text};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::yaml;
use super::{Reader, Upload};
use countersign_core::reading::{Finding, FindingState, Reading, Severity};

pub const READER: Reader = Reader {
    format: "mlflow-model",
    title: "MLflow `MLmodel`",
    notes: &[
        "versions, identifiers, run, flavours, loader, signature (columns or tensors) and size are \
         facts; `model_id`, else `model_uuid`, is what the file claims to be",
        "finding `mlflow.pickle`, high: a flavour whose `serialization_format` is `pickle`, \
         `cloudpickle`, `dill` or `joblib`, that has a `cloudpickle_version`, or that names a file \
         ending in one of these: loading it runs code",
        "a loader outside MLflow, code shipped along, trusted `skops` types, an unknown \
         serialization, a missing or broken signature are warned of",
    ],
    recognises,
    read,
};

const RUNS_CODE: &[&str] = &["pickle", "cloudpickle", "dill", "joblib"];
const FILES: &[&str] = &[".pkl", ".pickle", ".cloudpickle", ".dill", ".joblib"];
const HOLDS_DATA: &[&str] = &["skops", "onnx", "json", "safetensors", "ubj", "h5", "keras"];
const BESIDE: &[&str] =
    &["mlflow_version:", "model_uuid:", "model_id:", "utc_time_created:", "signature:"];

fn recognises(upload: &Upload) -> bool {
    let head = upload.head();
    let starts = |key: &str| head.lines().any(|line| line.starts_with(key));
    !head.trim_start().starts_with(['{', '[', '<'])
        && !head.starts_with("---")
        && starts("flavors:")
        && BESIDE.iter().any(|key| starts(key))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = yaml::parse(upload.text()?, 1)?;
    let mut reading = Reading::new(READER.format);
    reading.tool = Some("mlflow".to_owned());
    reading.tool_version = text(&root, "mlflow_version").map(|it| cut(&it));
    reading.generated_at = text(&root, "utc_time_created").map(|it| cut(&it));
    for key in ["model_id", "model_uuid", "run_id"] {
        identifier(&mut reading, &root, key);
    }
    for key in ["artifact_path", "model_size_bytes", "prompts", "mlflow_version"] {
        fact_under(&mut reading, key, &root, (&At::root(), key));
    }
    let at = At::root().key("flavors");
    let flavors = root.get("flavors").and_then(Node::object).filter(|all| !all.is_empty());
    let Some(flavors) = flavors else {
        return Err(Unreadable::at(at.place(), "the file names no flavour")
            .help("attach the `MLmodel` as MLflow wrote it"));
    };
    for (name, flavor) in flavors.iter() {
        let at = at.key(name);
        let Some(entries) = flavor.object() else {
            let message = format!("the flavour {} is {}", quoted(name), flavor.kind());
            return Err(
                Unreadable::at(at.place(), message).help("attach the `MLmodel` as MLflow wrote it")
            );
        };
        read_flavor(&mut reading, name, entries, &at);
    }
    signature(&mut reading, &root);
    if root.get("run_id").is_none() {
        let message = "no `run_id`, so the model cannot be traced to the run that made it";
        warn(&mut reading, At::root().place(), message);
    }
    Ok(reading)
}

/// An identifier; one that YAML takes for a number has lost its spelling and is not shown.
fn identifier(reading: &mut Reading, root: &Node, key: &str) {
    let at = At::root().key(key);
    match root.get(key) {
        Some(Node::Text(id)) => {
            fact(reading, key, id, at.place());
            if key != "run_id" && reading.claimed_subject.is_none() {
                reading.claimed_subject = Some(cut(id));
            }
        }
        Some(other) => {
            let message = format!("`{key}` is {}, not a name; put it in quotes", other.kind());
            warn(reading, at.place(), message);
        }
        None => {}
    }
}

fn read_flavor(reading: &mut Reading, name: &str, entries: &Object, at: &At) {
    fact(reading, "flavor", name, at.place());
    for (key, value) in entries.iter() {
        let at = at.key(key);
        match value {
            Node::Object(inner) if key == "env" => {
                for (kind, file) in inner.iter() {
                    let value = file.scalar().unwrap_or_default();
                    fact(reading, &format!("{name} env {kind}"), &value, at.key(kind).place());
                }
            }
            Node::Object(_) | Node::List(_) | Node::Null => {}
            plain => {
                let value = plain.scalar().unwrap_or_default();
                fact(reading, &format!("{name} {key}"), &value, at.place());
            }
        }
        look_at(reading, name, (key, value), &at);
    }
    if let Some((key, why)) = runs_code(entries) {
        reading.findings.push(Finding {
            id: cut(&format!("mlflow.pickle {name}")),
            rule: "mlflow.pickle".to_owned(),
            severity: Severity::High,
            severity_from: format!("every pickle is high: `{key}` {}", quoted(&why)),
            state: FindingState::Open,
            message: cut(&format!("loading the flavour {name} runs code from a pickle ({why})")),
            place: at.key(key).place(),
        });
    }
}

/// What a person should see in one entry of a flavour.
fn look_at(reading: &mut Reading, flavor: &str, (key, value): (&str, &Node), at: &At) {
    let said = value.scalar().unwrap_or_default();
    let empty = match value {
        Node::List(items) => items.is_empty(),
        Node::Object(entries) => entries.is_empty(),
        _ => said.is_empty(),
    };
    if empty {
        return;
    }
    let known = |list: &[&str]| list.contains(&said.to_lowercase().as_str());
    let message = match key {
        "loader_module" if !said.starts_with("mlflow.") => {
            format!("{flavor} is loaded by {}, which is not MLflow's", quoted(&said))
        }
        "code" => format!("{flavor} ships code that is imported when the model is loaded"),
        "skops_trusted_types" => format!("{flavor} trusts types that `skops` would refuse"),
        "serialization_format" if !known(RUNS_CODE) && !known(HOLDS_DATA) => {
            format!("the serialization {} is not known here", quoted(&said))
        }
        _ => return,
    };
    warn(reading, at.place(), message);
}

/// The entry that says that loading this flavour unpickles something: how it is stored, or else
/// the name of a file.
fn runs_code(entries: &Object) -> Option<(&str, String)> {
    let stored = |key: &str, said: &str| {
        key == "cloudpickle_version" || key == "serialization_format" && RUNS_CODE.contains(&said)
    };
    let named = |_: &str, said: &str| FILES.iter().any(|extension| said.ends_with(extension));
    let first = |says: &dyn Fn(&str, &str) -> bool| {
        entries.iter().find_map(|(key, value)| {
            let said = value.scalar()?;
            says(key, &said.to_lowercase()).then_some((key, said))
        })
    };
    first(&stored).or_else(|| first(&named))
}

/// Inputs and outputs: JSON in a string, columns or tensors.
fn signature(reading: &mut Reading, root: &Node) {
    let at = At::root().key("signature");
    let Some(signature) = root.get("signature") else {
        return warn(
            reading,
            At::root().place(),
            "no signature: what the model takes is not stated",
        );
    };
    for key in ["inputs", "outputs", "params"] {
        let at = at.key(key);
        let Some(node) = signature.get(key) else { continue };
        let parsed = match node {
            Node::Text(text) => json::parse(text).ok(),
            other => Some(other.clone()),
        };
        match parsed.as_ref().and_then(Node::list) {
            Some(items) => {
                let shown: Vec<String> = items.iter().map(column).collect();
                let value = format!("{}: {}", items.len(), shown.join(", "));
                fact(reading, &format!("signature {key}"), &value, at.place());
            }
            None => {
                warn(reading, at.place(), format!("the signature's `{key}` cannot be read"));
            }
        }
    }
}

fn column(item: &Node) -> String {
    let tensor = item.get("tensor-spec");
    let kind = tensor.and_then(|it| text(it, "dtype")).or(text(item, "type")).unwrap_or_default();
    let shape = tensor.and_then(|it| it.get("shape")).and_then(Node::list).map(|sizes| {
        let sizes: Vec<String> = sizes.iter().filter_map(Node::scalar).collect();
        format!("[{}]", sizes.join(", "))
    });
    let name = text(item, "name").map(|name| format!("{name} ")).unwrap_or_default();
    format!("{name}{kind}{}", shape.unwrap_or_default())
}
