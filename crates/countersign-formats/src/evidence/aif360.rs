//! AIF360's `MetricJSONExplainer`: one JSON object per metric, and the number only inside an
//! English sentence.
//!
//! Where the object also holds the counts, the metric is worked out from them and has to agree.

use super::groups::close;
use super::json;
use super::measured::{self, measurement, warn};
use super::node::Node;
use super::quantity::Quantity;
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, Reader, Upload, too_many};
use countersign_core::decimal::Decimal;
use countersign_core::reading::{Measurement, Place, Reading};

pub const READER: Reader = Reader {
    format: "group-metrics-aif360",
    title: "AIF360 `MetricJSONExplainer`",
    notes: &[
        "one object per line, or one object alone; the value is the number behind the last colon of \
         `message`, and a message without one is a metric without a value",
        "with the counts of the privileged and the unprivileged group beside it, the value has to be \
         what they give, and `n` is the smaller group; without them a warning says that it is \
         only a sentence",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    let first = upload.head().trim_start();
    if !first.starts_with('{') {
        return false;
    }
    json::first_value(first).is_some_and(|node| {
        ["metric", "message", "ideal"]
            .iter()
            .all(|key| node.get(key).is_some_and(|value| value.text().is_some()))
    })
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut reading = Reading::new(READER.format);
    reading.tool = Some("aif360".to_owned());
    if let Some(node) = upload.json_tree() {
        read_one(&mut reading, node, 1)?;
        return Ok(reading);
    }
    for (line, number) in upload.text()?.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let node = json::parse(line)
            .map_err(|fault| Unreadable { place: Place::Line(number), ..fault })?;
        read_one(&mut reading, &node, number)?;
        if reading.measurements.len() > MAX_ENTRIES {
            return Err(too_many(reading.measurements.len()));
        }
    }
    measured::refuse_twins(&reading)?;
    Ok(reading)
}

fn read_one(reading: &mut Reading, node: &Node, line: u32) -> Result<(), Unreadable> {
    let said = |key: &str| node.get(key).and_then(Node::text);
    let (Some(metric), Some(message)) = (said("metric"), said("message")) else {
        let message = "the line has no `metric` with a `message`";
        return Err(Unreadable::at(Place::Line(line), message)
            .help("attach what `MetricJSONExplainer` returned, one object per line"));
    };
    let mut quantity = in_message(message);
    let sides = [side(node, "Unprivileged"), side(node, "Privileged")];
    let n = sides.iter().flatten().map(|(_, size)| *size).min();
    let ours = match &sides {
        [Some(unprivileged), Some(privileged)] => worked_out(metric, *unprivileged, *privileged),
        _ => None,
    };
    match (&quantity, ours) {
        (Quantity::Number(stated, _), Some(ours)) if !close(*stated, ours) => {
            let why = format!("the message states {stated}, and the counts give {ours}");
            quantity = Quantity::Nothing(why);
        }
        (Quantity::Number(..), None) => {
            let message =
                format!("{} is only a sentence: no counts stand behind it", quoted(metric));
            warn(reading, Place::Line(line), message);
        }
        (Quantity::Number(..) | Quantity::Nothing(_), _) => {}
    }
    let one = Measurement { n, ..measurement(&cut(metric), Place::Line(line)) };
    measured::push(reading, one, quantity);
    Ok(())
}

/// The number behind the last colon of a sentence.
fn in_message(message: &str) -> Quantity {
    let last = message.rsplit(':').next().unwrap_or_default();
    match Quantity::from_text(last) {
        Ok(quantity) => quantity,
        Err(_) => Quantity::Nothing("its message ends in no number".to_owned()),
    }
}

/// Hits and size of one side, by the names AIF360 gives them: `numPositivePredictionsPrivileged` of
/// `numPrivileged`, `numTruePositivesPrivileged` of `numPositivesPrivileged`.
fn side(node: &Node, side: &str) -> Option<(u64, u64)> {
    let count = |name: &str| node.get(&format!("num{name}{side}")).and_then(Node::count);
    let pairs = [
        ("TruePositives", "Positives"),
        ("FalsePositives", "Negatives"),
        ("FalseNegatives", "Positives"),
        ("TrueNegatives", "Negatives"),
        ("PositivePredictions", ""),
        ("Positives", "Instances"),
        ("Positives", ""),
    ];
    pairs.iter().find_map(|(hits, size)| Some((count(hits)?, count(size)?)))
}

/// A ratio or a difference of the two shares, as the metric's name says; `None` for any other.
fn worked_out(metric: &str, unprivileged: (u64, u64), privileged: (u64, u64)) -> Option<Decimal> {
    let of = |(hits, size): (u64, u64)| measured::share(hits, size).number();
    let (low, high) = (of(unprivileged)?, of(privileged)?);
    let metric = metric.to_lowercase();
    if metric.contains("difference") {
        low.minus(high)
    } else if metric.contains("impact") || metric.contains("ratio") {
        low.over(high)
    } else {
        None
    }
}
