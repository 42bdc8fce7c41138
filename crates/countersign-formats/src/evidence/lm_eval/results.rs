//! A results file, of either layout.

use super::super::measured::{self, measurement, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::text::{cut, quoted};
use super::subject;
use countersign_core::reading::{Completeness, Direction, Measurement, Reading};

/// Whether this tree is a results file.
pub fn recognises(root: &Node) -> bool {
    let tasks = root.get("results").and_then(Node::object);
    tasks.is_some_and(|tasks| tasks.iter().all(|(_, task)| task.object().is_some()))
        && (root.get("lm_eval_version").is_some()
            || (root.get("versions").is_some() && root.get("config").is_some()))
}

/// Adds the file to a reading.
pub fn read(reading: &mut Reading, root: &Node) {
    subject::read(reading, root);
    let modern = is_modern(root);
    for section in ["results", "groups"] {
        let tasks = root.get(section).and_then(Node::object);
        for (task, metrics) in tasks.into_iter().flat_map(|tasks| tasks.iter()) {
            let again = section == "groups" && root.find(&["results", task]).is_some();
            if !again {
                read_task(reading, &Task { root, section, name: task, metrics, modern });
            }
        }
    }
    reading.completeness = if reading.measurements.is_empty() {
        let place = At::root().key("results").place();
        Completeness::Failed { what: "the file holds no result".into(), place }
    } else {
        completeness(root)
    };
    if !modern {
        let message = "the layout of 2022 and 2023 states neither direction nor sample counts";
        warn(reading, At::root().place(), message);
    }
}

/// Today's layout, by any of the keys it brought or a metric with a filter.
fn is_modern(root: &Node) -> bool {
    let keys = ["lm_eval_version", "n-samples", "higher_is_better", "configs", "n-shot"];
    let filtered = |task: &Node| {
        task.object().is_some_and(|metrics| metrics.iter().any(|(key, _)| key.contains(',')))
    };
    let tasks = root.get("results").and_then(Node::object);
    keys.iter().any(|key| root.get(key).is_some())
        || tasks.is_some_and(|tasks| tasks.iter().any(|(_, task)| filtered(task)))
}

struct Task<'a> {
    root: &'a Node,
    section: &'a str,
    name: &'a str,
    metrics: &'a Node,
    modern: bool,
}

fn read_task(reading: &mut Reading, task: &Task) {
    let at = At::root().keys(&[task.section, task.name]);
    let before = reading.measurements.len();
    let metrics = task.metrics.object();
    for (key, value) in metrics.into_iter().flat_map(|metrics| metrics.iter()) {
        let Some((metric, filter)) = task.metric(key, value) else { continue };
        let place = at.key(key);
        let quantity = Quantity::from_node(Some(value))
            .unwrap_or_else(|fault| Quantity::Nothing(fault.message));
        let stderr = match filter {
            Some(filter) => format!("{metric}_stderr,{filter}"),
            None => format!("{metric}_stderr"),
        };
        let stderr = Quantity::from_node(task.metrics.get(&stderr)).ok();
        let one = Measurement {
            task: Some(cut(task.name)),
            slice: filter.map(cut),
            direction: task.direction(metric),
            n: task.samples(key),
            stderr: stderr.and_then(|stderr| stderr.number()),
            ..measurement(&cut(metric), place.place())
        };
        measured::push(reading, one, quantity);
    }
    if reading.measurements.len() == before && !is_group(task.root, task.name) {
        warn(reading, at.place(), format!("{} has no metric", quoted(task.name)));
    }
}

/// A group of tasks, whose own row may hold nothing.
fn is_group(root: &Node, name: &str) -> bool {
    let subtasks = root.find(&["group_subtasks", name]).and_then(Node::list);
    root.find(&["groups", name]).is_some() || subtasks.is_some_and(|tasks| !tasks.is_empty())
}

impl Task<'_> {
    /// Metric and filter of a key; `None` for names, counts and standard errors.
    fn metric<'k>(&self, key: &'k str, value: &Node) -> Option<(&'k str, Option<&'k str>)> {
        let plain = || matches!(value, Node::Number(_) | Node::NoNumber(_)).then_some((key, None));
        let (metric, filter) = match key.split_once(',') {
            Some((metric, filter)) => (metric, Some(filter)),
            None if self.modern => return None,
            None => plain()?,
        };
        let nested = matches!(value, Node::Object(_) | Node::List(_));
        (!metric.trim().is_empty() && !metric.ends_with("_stderr") && !nested)
            .then_some((metric, filter))
    }

    fn direction(&self, metric: &str) -> Option<Direction> {
        match self.root.find(&["higher_is_better", self.name, metric])? {
            Node::Bool(true) => Some(Direction::HigherIsBetter),
            Node::Bool(false) => Some(Direction::LowerIsBetter),
            _ => None,
        }
    }

    /// How many samples stand behind a metric: of a task all that were used, of a group those of
    /// the metric.
    fn samples(&self, key: &str) -> Option<u64> {
        let of_task = self.root.find(&["n-samples", self.name, "effective"]);
        let of_metric = || self.metrics.find(&["sample_count", key]);
        of_task.or_else(of_metric).and_then(Node::count)
    }
}

/// Whether every task used all its samples. A limit without counts leaves that open.
fn completeness(root: &Node) -> Completeness {
    let at = At::root().key("n-samples");
    let tasks = root.get("n-samples").and_then(Node::object);
    for (task, counts) in tasks.into_iter().flat_map(|tasks| tasks.iter()) {
        let count = |key| counts.get(key).and_then(Node::count);
        let (original, effective) = (count("original"), count("effective"));
        if original.is_none() || original != effective {
            let shown = |count: Option<u64>| count.map_or("unknown".into(), |it| it.to_string());
            let (used, all) = (shown(effective), shown(original));
            let what = format!("{used} of {all} samples of {}", quoted(task));
            return Completeness::Partial { what, place: at.keys(&[task, "effective"]).place() };
        }
    }
    let results = root.get("results").and_then(Node::object);
    let uncounted = results
        .into_iter()
        .flat_map(|tasks| tasks.iter())
        .any(|(task, _)| root.find(&["n-samples", task]).is_none() && !is_group(root, task));
    match root.find(&["config", "limit"]) {
        Some(limit) if uncounted => {
            let what = format!("run with a limit of {}", limit.scalar().unwrap_or_default());
            let place = At::root().keys(&["config", "limit"]).place();
            Completeness::Partial { what, place }
        }
        _ => Completeness::Whole,
    }
}
