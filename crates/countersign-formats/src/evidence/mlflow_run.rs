//! A run of MLflow, as `GET /api/2.0/mlflow/runs/get` answers: its metrics, parameters and end.

use super::measured::{self, measurement, warn};
use super::node::{At, Node};
use super::quantity::Quantity;
use super::stated::{fact, failed, list, partial, text};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Measurement, Reading};

pub const READER: Reader = Reader {
    format: "mlflow-run",
    title: "MLflow run, REST",
    notes: &[
        "each entry of `data.metrics` is a measurement, with `dataset_name` as task where it is \
         given; a metric written at several steps is here with its last value only, and that is \
         warned of",
        "`FINISHED` is a whole run, `RUNNING` and `SCHEDULED` a partial one, `FAILED`, `KILLED`, a \
         deleted run and one without metrics a failed one",
        "parameters, tags, data sets with their digests and the models the run wrote are facts; of \
         MLflow's own tags only name, commit and kind of source are shown",
        "an error the server answered with is refused",
    ],
    recognises,
    read,
};

const ERROR: &[&str] = &["error_code", "message", "sqlstate", "error_class", "stack_trace"];
const TAGS: &[&str] = &["mlflow.runName", "mlflow.source.git.commit", "mlflow.source.type"];

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        root.find(&["run", "info"]).is_some_and(|info| info.object().is_some()) || is_error(root)
    })
}

fn is_error(root: &Node) -> bool {
    root.get("error_code").is_some()
        && root.object().is_some_and(|it| it.iter().all(|(key, _)| ERROR.contains(&key)))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    if is_error(root) {
        let code = text(root, "error_code").unwrap_or_default();
        let message = format!("MLflow answered with the error {}", quoted(&code));
        return Err(Unreadable::at(At::root().key("error_code").place(), message)
            .help("ask again, for a run that exists, and attach that answer"));
    }
    let Some(run) = root.get("run") else {
        return Err(Unreadable::at(At::root().key("run").place(), "the file holds no run"));
    };
    let at = At::root().key("run");
    let mut reading = Reading::new(READER.format);
    reading.tool = Some("mlflow".to_owned());
    info(&mut reading, run, &at);
    metrics(&mut reading, run, &at)?;
    pairs(&mut reading, run, (&at, "params", "param"));
    pairs(&mut reading, run, (&at, "tags", "tag"));
    made_of(&mut reading, run, &at);
    Ok(reading)
}

fn info(reading: &mut Reading, run: &Node, at: &At) {
    let at = at.key("info");
    let said = |key: &str| run.find(&["info", key]).and_then(Node::scalar).map(|it| cut(&it));
    reading.generated_at = said("end_time").or(said("start_time"));
    reading.claimed_subject = said("run_name").or(said("run_id"));
    for key in ["run_id", "run_name", "experiment_id", "status", "start_time", "end_time"] {
        fact(reading, key, &said(key).unwrap_or_default(), at.key(key).place());
    }
    let place = at.key("status").place();
    match said("status").as_deref() {
        Some("FINISHED") => {}
        Some(status @ ("FAILED" | "KILLED")) => {
            failed(reading, format!("the run's status is {status}"), place);
        }
        Some(status) => partial(reading, format!("the run's status is {}", quoted(status)), place),
        None => partial(reading, "the run states no status", at.place()),
    }
    if said("lifecycle_stage").is_some_and(|stage| stage != "active") {
        failed(reading, "the run has been deleted", at.key("lifecycle_stage").place());
    }
}

fn metrics(reading: &mut Reading, run: &Node, at: &At) -> Result<(), Unreadable> {
    let at = at.keys(&["data", "metrics"]);
    let metrics = match run.find(&["data", "metrics"]) {
        Some(Node::List(metrics)) => metrics.as_slice(),
        None => &[],
        Some(other) => {
            let message = format!("`metrics` is {}, not a list", other.kind());
            return Err(Unreadable::at(at.place(), message).help("attach the answer of `runs/get`"));
        }
    };
    if metrics.is_empty() {
        failed(reading, "the run holds no metric", at.place());
    }
    for (index, metric) in metrics.iter().enumerate() {
        let at = at.index(index);
        let Some(key) = text(metric, "key") else {
            return Err(Unreadable::at(at.place(), "the metric has no `key`")
                .help("attach the answer of `runs/get` as it came"));
        };
        let place = at.key("value");
        let quantity = Quantity::from_node(metric.get("value"))
            .map_err(|fault| measured::unreadable(&place, fault))?;
        let step = metric.get("step").and_then(Node::count).filter(|step| *step > 0);
        if let Some(step) = step {
            let message =
                format!("{} is the value at step {step}; earlier ones are not here", quoted(&key));
            warn(reading, at.key("step").place(), message);
        }
        let one = Measurement {
            task: text(metric, "dataset_name").map(|it| cut(&it)),
            slice: text(metric, "model_id").map(|it| cut(&it)),
            ..measurement(&cut(&key), place.place())
        };
        measured::push(reading, one, quantity);
    }
    measured::blank_twins(reading);
    measured::warn_of_mixed_scales(reading);
    Ok(())
}

/// Parameters or tags: pairs of `key` and `value`.
fn pairs(reading: &mut Reading, run: &Node, (at, key, name): (&At, &str, &str)) {
    let at = at.keys(&["data", key]);
    let pairs = run.get("data").map(|data| list(data, key)).unwrap_or_default();
    for (index, pair) in pairs.iter().enumerate() {
        let key = text(pair, "key").unwrap_or_default();
        if !key.starts_with("mlflow.") || TAGS.contains(&key.as_str()) {
            let value = text(pair, "value").unwrap_or_default();
            fact(reading, &format!("{name} {key}"), &value, at.index(index).place());
        }
    }
}

/// The data sets that went in and the models that came out.
fn made_of(reading: &mut Reading, run: &Node, at: &At) {
    let inputs = run.get("inputs").map(|it| list(it, "dataset_inputs")).unwrap_or_default();
    for (index, input) in inputs.iter().enumerate() {
        let at = at.keys(&["inputs", "dataset_inputs"]).index(index).key("dataset");
        let Some(dataset) = input.get("dataset") else { continue };
        let name = text(dataset, "name").unwrap_or_default();
        let digest = text(dataset, "digest").map(|it| format!(" digest {it}")).unwrap_or_default();
        fact(reading, "dataset", &format!("{name}{digest}"), at.place());
    }
    let outputs = run.get("outputs").map(|it| list(it, "model_outputs")).unwrap_or_default();
    for (index, output) in outputs.iter().enumerate() {
        let at = at.keys(&["outputs", "model_outputs"]).index(index);
        fact(reading, "model_id", &text(output, "model_id").unwrap_or_default(), at.place());
    }
}
