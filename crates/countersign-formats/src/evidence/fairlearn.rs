//! Fairlearn's `MetricFrame.by_group`, written with `to_csv`: one row per group, one column per
//! metric. Fairlearn itself writes no file, so there is no mark of the tool to go by.

use super::groups::{self, Group, Groups};
use super::measured::{self, warn};
use super::quantity::Quantity;
use super::stated;
use super::table::{Row, Table, header};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Place, Reading};

pub const READER: Reader = Reader {
    format: "group-metrics-fairlearn",
    title: "Fairlearn `MetricFrame.by_group`, CSV",
    notes: &[
        "known by a column `selection_rate`, or by a column `count` beside an error rate or an \
         accuracy, behind a first column that names groups",
        "the columns before the first metric are the attributes; with several, a group is one \
         combination, `sex=female, age=young`",
        "`count` is the size of the group: add `count` to the metrics of the frame, else no least \
         sample can be shown",
        "measurements, differences, ratios and the four-fifths rule as for metrics by group, CSV",
        "a row for a combination that nobody belongs to has no values and leaves nothing to \
         compare: leave it out",
    ],
    recognises,
    read,
};

/// Metrics that only a comparison of groups holds beside a count.
const METRICS: &[&str] = &[
    "accuracy",
    "accuracy_score",
    "balanced_accuracy_score",
    "f1_score",
    "false_negative_rate",
    "false_positive_rate",
    "fnr",
    "fpr",
    "mean_absolute_error",
    "mean_prediction",
    "mean_squared_error",
    "precision_score",
    "recall_score",
    "roc_auc_score",
    "selection_rate",
    "tnr",
    "tpr",
    "true_negative_rate",
    "true_positive_rate",
    "zero_one_loss",
];
const COUNTS: &[&str] = &["count", "n"];
/// First columns of tables that compare something else than groups.
const NO_GROUPS: &[&str] =
    &["metric", "model", "model_id", "epoch", "step", "run", "seed", "task", "dataset", "id"];

fn recognises(upload: &Upload) -> bool {
    let header = header(upload);
    let named: Vec<&str> =
        header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let Some((first, rest)) = named.split_first() else { return false };
    let foreign = ["attribute_name", "metric", "value"];
    let group = !METRICS.contains(first)
        && !COUNTS.contains(first)
        && !NO_GROUPS.contains(&first.to_lowercase().as_str())
        && !named.iter().any(|name| foreign.contains(name));
    let counted = rest.iter().any(|name| COUNTS.contains(name));
    group
        && (rest.contains(&"selection_rate")
            || counted && rest.iter().any(|name| METRICS.contains(name)))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let table = Table::parse(upload.text()?)?;
    let mut reading = Reading::new(READER.format);
    let (attributes, metrics) = columns(&table);
    let size = COUNTS.iter().find(|name| table.has(name));
    if size.is_none() {
        let message = "no column `count`, so how many samples stand behind a value is not known";
        warn(&mut reading, Place::Line(1), message);
    }
    if table.is_empty() {
        stated::failed(&mut reading, "the file holds no row", Place::Line(1));
    }
    let attribute = cut(&attributes.join(" and "));
    let mut groups = Groups::default();
    for row in table.rows() {
        let level = level(&row, &attributes)?;
        let n = size.map_or(Ok(None), |column| row.count(column))?;
        for metric in &metrics {
            let group = Group {
                metric: cut(metric),
                attribute: attribute.clone(),
                level: level.clone(),
                variant: None,
                n,
                place: row.place(metric),
            };
            groups.push(group, row.quantity(metric)?)?;
        }
    }
    groups::push_all(&mut reading, groups)?;
    measured::warn_of_mixed_scales(&mut reading);
    Ok(reading)
}

/// The columns that name groups, and those that hold metrics. The first always names groups; a
/// further one does as long as it is not known as a metric and holds something else than numbers.
fn columns(table: &Table) -> (Vec<&str>, Vec<&str>) {
    let named: Vec<&str> =
        table.columns.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let names_groups = |column: &str| {
        let numeric = |row: Row| Quantity::from_text(row.get(column).unwrap_or_default()).is_ok();
        !METRICS.contains(&column) && !COUNTS.contains(&column) && !table.rows().all(numeric)
    };
    let more = named.iter().skip(1).take_while(|column| names_groups(column)).count();
    let (attributes, rest) = named.split_at((1 + more).min(named.len()));
    let metrics = rest.iter().copied().filter(|name| !COUNTS.contains(name)).collect();
    (attributes.to_vec(), metrics)
}

fn level(row: &Row, attributes: &[&str]) -> Result<String, Unreadable> {
    let mut parts = Vec::new();
    for column in attributes {
        let Some(level) = row.get(column) else {
            let message = format!("the row names no {}", quoted(column));
            return Err(Unreadable::at(row.place(column), message).help("name the group"));
        };
        parts.push(match attributes.len() {
            1 => level.to_owned(),
            _ => format!("{column}={level}"),
        });
    }
    Ok(cut(&parts.join(", ")))
}
