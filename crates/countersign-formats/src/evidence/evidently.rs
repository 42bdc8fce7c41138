//! Evidently: the report of a run as JSON, in the layout of 0.7.
//!
//! A value means what its method says: a small p-value is drift, a small distance is none. The
//! file states no direction, so the tests it holds are read as they stand.

mod value;

use super::measured::{failed, partial, warn};
use super::node::{At, Node};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Check, Outcome, Reading};
use std::collections::BTreeSet;

pub const READER: Reader = Reader {
    format: "evidently",
    title: "Evidently",
    notes: &[
        "the layout of 0.7: each metric is a measurement named by its type (`ValueDrift`), with the \
         column as task and its other settings as slice",
        "a metric of several values is several measurements: `DriftedColumnsCount.share`, \
         `MeanValue.std`, a label behind the point; tables are not read and are warned of",
        "a p-value is warned of: smaller means more drift, so bound it from below",
        "each test is a check: `SUCCESS` passes, `FAIL` and `WARNING`, a test that is not critical, \
         fail, `ERROR` and anything else is an error",
        "a test in error, or a metric that could not be computed: a partial run; neither metric \
         nor test: a failed one",
        "neither tool version, time nor model stands in the file; the layout before 0.7 is refused",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        let (Some(metrics), tests) = (list(root, "metrics"), list(root, "tests")) else {
            return old_tests(root);
        };
        match metrics.iter().find(|metric| metric.object().is_some_and(|it| !it.is_empty())) {
            Some(first) => first.get("metric_name").is_some() || is_old(first),
            None => tests.is_some() && metrics.iter().all(|metric| metric.object().is_some()),
        }
    })
}

fn list<'a>(root: &'a Node, key: &str) -> Option<&'a [Node]> {
    root.get(key).and_then(Node::list)
}

/// A metric as reports had it before 0.7.
fn is_old(metric: &Node) -> bool {
    metric.get("metric").is_some() && metric.get("result").is_some()
}

/// A test suite as it was written before 0.7.
fn old_tests(root: &Node) -> bool {
    list(root, "tests").is_some() && root.find(&["summary", "all_passed"]).is_some()
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let metrics = list(root, "metrics").unwrap_or_default();
    if metrics.iter().any(is_old) || old_tests(root) {
        let message = "the layout of Evidently before 0.7 is not read";
        return Err(Unreadable::at(At::root().place(), message)
            .help("write the report with Evidently 0.7 or later"));
    }
    let mut reading = Reading::new(READER.format);
    reading.tool = Some(READER.format.to_owned());
    for (index, metric) in metrics.iter().enumerate() {
        value::read(&mut reading, metric, &At::root().key("metrics").index(index))?;
    }
    value::told_apart(&mut reading);
    let tests = list(root, "tests").unwrap_or_default();
    for (index, test) in tests.iter().enumerate() {
        check(&mut reading, test, &At::root().key("tests").index(index))?;
    }
    if reading.is_empty() {
        let place = At::root().key("metrics").place();
        failed(&mut reading, "the file holds neither a value nor a test", place);
    }
    tested(&mut reading, metrics, tests);
    Ok(reading)
}

fn check(reading: &mut Reading, test: &Node, at: &At) -> Result<(), Unreadable> {
    let said = |key: &str| test.get(key).and_then(Node::scalar).unwrap_or_default();
    let Some(status) = test.get("status").and_then(Node::text) else {
        return Err(Unreadable::at(at.key("status").place(), "the test has no `status`")
            .help("attach the report as Evidently wrote it"));
    };
    let why = said("description");
    let (outcome, detail) = match status {
        "SUCCESS" => (Outcome::Pass, String::new()),
        "FAIL" => (Outcome::Fail, why),
        "WARNING" => (Outcome::Fail, format!("not critical: {why}")),
        "SKIPPED" => (Outcome::Skip, why),
        "ERROR" => (Outcome::Error, why),
        other => (Outcome::Error, format!("the status {} is not known", quoted(other))),
    };
    if outcome == Outcome::Error {
        let what = format!("{} ended in an error", quoted(&said("name")));
        partial(reading, what, at.key("status").place());
    }
    let (name, detail) = (cut(&said("name")), cut(&detail));
    reading.checks.push(Check { name, outcome, detail, place: at.place() });
    Ok(())
}

/// Warns of a test about a metric that does not stand in the file.
fn tested(reading: &mut Reading, metrics: &[Node], tests: &[Node]) {
    let ids: BTreeSet<&str> =
        metrics.iter().filter_map(|metric| metric.get("id")?.text()).collect();
    for (index, test) in tests.iter().enumerate() {
        let id = test.find(&["metric_config", "metric_id"]).and_then(Node::text);
        if id.is_some_and(|id| !ids.contains(id)) {
            let place = At::root().key("tests").index(index).key("metric_config").place();
            warn(reading, place, "the metric that was tested does not stand in the file");
        }
    }
}
