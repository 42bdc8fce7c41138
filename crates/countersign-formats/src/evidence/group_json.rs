//! Metrics by group in JSON: a list of values, or the table of a Fairlearn `MetricFrame` as people
//! put it into a file.

use super::groups::{self, Group, Groups, WorkedOut};
use super::measured::{self, measurement, warn};
use super::metrics_json::about;
use super::node::{At, Node};
use super::quantity::Quantity;
use super::stated;
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, Reader, Upload, too_many};
use countersign_core::reading::{Measurement, Reading};

pub const READER: Reader = Reader {
    format: "group-metrics-json",
    title: "Metrics by group, JSON",
    notes: &[
        "a list, alone or under `groups` or `metrics`, of `{\"attribute\": \"sex\", \"group\": \"female\", \
         \"metric\": \"selection_rate\", \"value\": 0.47, \"n\": 957}`; `attribute` and `n` may be \
         left out",
        "or `{\"attribute\": \"sex\", \"by_group\": {\"female\": {\"selection_rate\": 0.47, \
         \"count\": 957}}}`, with the values of everybody under `overall`",
        "measurements, differences, ratios and the four-fifths rule as for CSV",
        "other numbers beside `by_group` (`equalized_odds_difference`) are measurements as the file \
         states them; a stated `difference`, `ratio`, `demographic_parity_difference` or \
         `demographic_parity_ratio` that the groups do not give is warned of",
        "beside the groups: `model`, `tool`, `tool_version`, `generated_at`, `complete`",
    ],
    recognises,
    read,
};

const ABOUT: &[&str] = &["model", "tool", "tool_version", "generated_at", "complete", "attribute"];
const COUNTS: &[&str] = &["count", "n"];

fn recognises(upload: &Upload) -> bool {
    let Some(root) = upload.json_tree() else { return false };
    let tables = root.get("by_group").and_then(Node::object);
    listed(root).is_some()
        || tables
            .is_some_and(|it| !it.is_empty() && it.iter().all(|(_, row)| row.object().is_some()))
}

/// The list of values, with its place.
fn listed(root: &Node) -> Option<(&[Node], At)> {
    let (items, at) = match root {
        Node::List(items) => (items.as_slice(), At::root()),
        other => {
            let key = ["groups", "metrics"].into_iter().find(|key| other.get(key).is_some())?;
            (other.get(key)?.list()?, At::root().key(key))
        }
    };
    let first = items.first()?;
    (first.get("group").is_some() && first.get("metric").is_some()).then_some((items, at))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let mut reading = Reading::new(READER.format);
    if let Some(object) = root.object() {
        about(&mut reading, object);
    }
    match listed(root) {
        Some((items, at)) => read_list(&mut reading, items, &at)?,
        None => read_table(&mut reading, root)?,
    }
    measured::warn_of_mixed_scales(&mut reading);
    Ok(reading)
}

fn read_list(reading: &mut Reading, items: &[Node], at: &At) -> Result<(), Unreadable> {
    let mut groups = Groups::default();
    for (index, item) in items.iter().enumerate() {
        let at = at.index(index);
        let named = |key: &str| {
            stated::text(item, key).map(|text| cut(&text)).ok_or_else(|| {
                Unreadable::at(at.place(), format!("the entry has no `{key}`"))
                    .help("give every entry a `group`, a `metric` and a `value`")
            })
        };
        let group = Group {
            metric: named("metric")?,
            attribute: stated::text(item, "attribute").map_or("group".into(), |it| cut(&it)),
            level: named("group")?,
            variant: None,
            n: count(item, "n", &at)?,
            place: at.key("value").place(),
        };
        groups.push(group, quantity(item, "value", &at)?)?;
    }
    groups::push_all(reading, groups)
}

fn read_table(reading: &mut Reading, root: &Node) -> Result<(), Unreadable> {
    let attribute = stated::text(root, "attribute").unwrap_or_else(|| "group".into());
    if root.get("attribute").is_none() {
        let message = "the file does not say what tells its groups apart; write `attribute`";
        warn(reading, At::root().key("by_group").place(), message);
    }
    let mut groups = Groups::default();
    let rows = root.get("by_group").and_then(Node::object);
    for (level, row) in rows.into_iter().flat_map(|rows| rows.iter()) {
        let at = At::root().keys(&["by_group", level]);
        for (metric, n, quantity) in row_of(row, &at)? {
            let group = Group {
                metric: cut(&metric),
                attribute: cut(&attribute),
                level: cut(level),
                variant: None,
                n,
                place: at.key(&metric).place(),
            };
            groups.push(group, quantity)?;
        }
    }
    groups::push_all(reading, groups)?;
    let task = Some(cut(&attribute));
    if let Some(row) = root.get("overall") {
        let at = At::root().key("overall");
        for (metric, n, quantity) in row_of(row, &at)? {
            let slice = Some("overall".to_owned());
            let place = at.key(&metric).place();
            let one =
                Measurement { task: task.clone(), slice, n, ..measurement(&cut(&metric), place) };
            measured::push(reading, one, quantity);
        }
    }
    stated_beside(reading, root, task.as_deref())
}

/// The metrics of one row, each with the size of its group.
fn row_of(row: &Node, at: &At) -> Result<Vec<(String, Option<u64>, Quantity)>, Unreadable> {
    let Some(object) = row.object() else {
        let message = format!("{} where a row of metrics should stand", row.kind());
        return Err(Unreadable::at(at.place(), message).help("write `{\"accuracy\": 0.9}`"));
    };
    let size = COUNTS.iter().find(|key| row.get(key).is_some());
    let n = size.map_or(Ok(None), |key| count(row, key, at))?;
    if object.len() > MAX_ENTRIES {
        return Err(too_many(object.len()));
    }
    let metrics = object.iter().filter(|(key, _)| !COUNTS.contains(key));
    metrics.map(|(key, _)| Ok((key.to_owned(), n, quantity(row, key, at)?))).collect()
}

/// What the file itself says its groups differ by.
fn stated_beside(reading: &mut Reading, root: &Node, task: Option<&str>) -> Result<(), Unreadable> {
    let ours = WorkedOut::of(reading);
    for kind in ["difference", "ratio"] {
        let all = root.get(kind).and_then(Node::object);
        for (metric, node) in all.into_iter().flat_map(|all| all.iter()) {
            if let Node::Number(number) = node {
                let place = At::root().keys(&[kind, metric]).place();
                ours.compare(reading, &format!("{metric}_{kind}"), *number, place);
            }
        }
    }
    for (key, node) in root.object().into_iter().flat_map(|object| object.iter()) {
        let at = At::root().key(key);
        match node {
            _ if ABOUT.contains(&key) => {}
            Node::Number(number) => {
                let kind = key.strip_prefix("demographic_parity_");
                if let Some(kind @ ("difference" | "ratio")) = kind {
                    ours.compare(reading, &format!("selection_rate_{kind}"), *number, at.place());
                }
                let task = task.map(str::to_owned);
                let one = Measurement { task, ..measurement(&cut(key), at.place()) };
                measured::push(reading, one, Quantity::Number(*number, None));
            }
            Node::NoNumber(_) => {
                let quantity = quantity(root, key, &At::root())?;
                measured::push(reading, measurement(&cut(key), at.place()), quantity);
            }
            _ if ["by_group", "overall", "difference", "ratio"].contains(&key) => {}
            _ => warn(reading, at.place(), format!("the field {} is not read", quoted(key))),
        }
    }
    measured::refuse_twins(reading)
}

fn quantity(node: &Node, key: &str, at: &At) -> Result<Quantity, Unreadable> {
    Quantity::from_node(node.get(key)).map_err(|fault| measured::unreadable(&at.key(key), fault))
}

/// A count, which may be written `957.0`.
fn count(node: &Node, key: &str, at: &At) -> Result<Option<u64>, Unreadable> {
    match node.get(key) {
        None | Some(Node::NoNumber(_)) => Ok(None),
        Some(value) => value.count().map(Some).ok_or_else(|| {
            Unreadable::at(at.key(key).place(), format!("`{key}` is not a count"))
                .help("write a whole number from 0")
        }),
    }
}
