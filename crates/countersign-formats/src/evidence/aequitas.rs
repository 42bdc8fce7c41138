//! Aequitas tables in CSV: group metrics, disparities against a reference group, and the tool's own
//! verdicts on parity. Each is the one before with more columns.
//!
//! The counts of the confusion matrix stand in the table, so its rates and disparities are worked
//! out again and have to agree.

mod columns;
mod counts;

use self::columns::{DISPARITY, PARITIES, RATES, REFERENCE, known};
use super::groups::{self, Group, Groups};
use super::measured::{self, measurement, warn};
use super::quantity::Quantity;
use super::stated;
use super::table::{Row, Table, header};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::decimal::Decimal;
use countersign_core::reading::{Measurement, Outcome, Place, Reading};
use std::collections::{BTreeMap, BTreeSet};

pub const READER: Reader = Reader {
    format: "group-metrics-aequitas",
    title: "Aequitas tables, CSV",
    notes: &[
        "each rate is a measurement with `attribute_name` as task and `attribute_value` as slice; \
         `n` is what the rate is a share of: of `tpr` the positives of the group, of `precision` \
         those predicted positive, of `accuracy` and `pprev` the whole group",
        "differences, ratios and the four-fifths rule as for metrics by group, CSV; `pprev` is the \
         selection rate, and `ppr` a share of all that were selected, not of the group",
        "each `…_disparity` is a measurement as the tool states it; each `… Parity` and `… Fairness` \
         is a check; the reference groups are facts",
        "a rate or disparity that the counts of the row do not give has no value; counts that do \
         not add up, or groups that do not add up to `total_entities`: a partial run",
        "several models or thresholds in one file are kept apart in the slice",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    let header = header(upload);
    let has = |name: &str| header.iter().any(|column| column == name);
    has("attribute_name") && has("attribute_value") && (has("group_size") || has("score_threshold"))
}

/// A row with what names it.
struct Entry<'a> {
    row: Row<'a>,
    attribute: String,
    level: String,
    variant: Option<String>,
}

/// Attribute, group, and model with threshold.
type Name<'a> = (&'a str, &'a str, Option<&'a str>);
type ByName<'a> = BTreeMap<Name<'a>, &'a Entry<'a>>;

impl Entry<'_> {
    fn name(&self) -> Name<'_> {
        (&self.attribute, &self.level, self.variant.as_deref())
    }

    fn slice(&self) -> String {
        match &self.variant {
            Some(variant) => cut(&format!("{}, {variant}", self.level)),
            None => self.level.clone(),
        }
    }
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let table = Table::parse(upload.text()?)?;
    let mut reading = Reading::new(READER.format);
    reading.tool = Some("aequitas".to_owned());
    for column in table.columns.iter().filter(|column| !known(column)) {
        let place = Place::Cell { row: 1, column: cut(column) };
        warn(&mut reading, place, format!("the column {} is not read", quoted(column)));
    }
    let entries = entries(&mut reading, &table)?;
    if entries.is_empty() {
        stated::failed(&mut reading, "the file holds no row", Place::Line(1));
    }
    counts::check(&mut reading, &entries)?;
    let mut groups = Groups::default();
    for entry in &entries {
        for rate in RATES.iter().filter(|rate| table.has(rate.column)) {
            let quantity = entry.row.quantity(rate.column)?;
            let quantity = counts::agreeing(&entry.row, rate, quantity)?;
            let n = entry.row.count(rate.of)?;
            groups.push(group(entry, rate.column, n), quantity)?;
        }
    }
    groups::push_all(&mut reading, groups)?;
    let by_name: ByName = entries.iter().map(|entry| (entry.name(), entry)).collect();
    for entry in &entries {
        disparities(&mut reading, entry, &by_name)?;
        parities(&mut reading, entry)?;
    }
    measured::refuse_twins(&reading)?;
    Ok(reading)
}

fn group(entry: &Entry, metric: &str, n: Option<u64>) -> Group {
    Group {
        metric: metric.to_owned(),
        attribute: entry.attribute.clone(),
        level: entry.level.clone(),
        variant: entry.variant.clone(),
        n,
        place: entry.row.place(metric),
    }
}

/// The rows with their names; model and threshold name a row only where the file holds several.
fn entries<'a>(reading: &mut Reading, table: &'a Table) -> Result<Vec<Entry<'a>>, Unreadable> {
    let subject = |row: &Row| {
        let of = |column: &str| row.get(column).unwrap_or("?").to_owned();
        (of("model_id"), of("score_threshold"))
    };
    let subjects: BTreeSet<_> = table.rows().map(|row| subject(&row)).collect();
    if let (1, Some(row)) = (subjects.len(), table.rows().next()) {
        for column in ["model_id", "score_threshold"] {
            stated::fact(reading, column, row.get(column).unwrap_or_default(), row.place(column));
        }
    }
    let mut entries = Vec::new();
    for row in table.rows() {
        let named = |column: &str| {
            row.get(column).map(cut).ok_or_else(|| {
                let message = format!("the row has no `{column}`");
                Unreadable::at(row.place(column), message)
                    .help("attach the table as Aequitas wrote it")
            })
        };
        let (attribute, level) = (named("attribute_name")?, named("attribute_value")?);
        let (model, threshold) = subject(&row);
        let variant = (subjects.len() > 1).then(|| cut(&format!("model {model} at {threshold}")));
        entries.push(Entry { row, attribute, level, variant });
    }
    Ok(entries)
}

/// What the tool says a group's rate is, measured by that of the reference group.
fn disparities(reading: &mut Reading, entry: &Entry, all: &ByName) -> Result<(), Unreadable> {
    for rate in RATES {
        let column = format!("{}{DISPARITY}", rate.column);
        let named = format!("{}{REFERENCE}", rate.column);
        let reference = entry.row.get(&named);
        if let Some(reference) = reference.filter(|it| *it == entry.level) {
            let name = format!("reference of {} by {}", rate.column, entry.attribute);
            stated::fact(reading, &name, reference, entry.row.place(&named));
        }
        if entry.row.get(&column).is_none() {
            continue;
        }
        let mut quantity = entry.row.quantity(&column)?;
        let of = reference.and_then(|level| {
            all.get(&(entry.attribute.as_str(), level, entry.variant.as_deref())).copied()
        });
        let rate_of = |entry: &Entry| entry.row.number(rate.column);
        let ours = of.and_then(|of| rate_of(entry)?.over(rate_of(of)?));
        if of.is_some_and(|of| rate_of(of) == Some(Decimal::ZERO)) {
            quantity = Quantity::Nothing("the rate of the reference group is 0".to_owned());
        }
        if let (Quantity::Number(stated, _), Some(ours)) = (&quantity, ours)
            && !groups::close(*stated, ours)
        {
            let why = format!("the table states {stated}, and its rates give {ours}");
            quantity = Quantity::Nothing(why);
        }
        let one = Measurement {
            task: Some(entry.attribute.clone()),
            slice: Some(entry.slice()),
            n: entry.row.count(rate.of)?,
            ..measurement(&column, entry.row.place(&column))
        };
        measured::push(reading, one, quantity);
    }
    Ok(())
}

fn parities(reading: &mut Reading, entry: &Entry) -> Result<(), Unreadable> {
    for column in PARITIES {
        let Some(said) = entry.row.get(column) else { continue };
        let place = entry.row.place(column);
        let outcome = match said.to_ascii_lowercase().as_str() {
            "true" => Outcome::Pass,
            "false" => Outcome::Fail,
            "nan" | "none" => Outcome::Error,
            _ => {
                let message = format!("{} is neither `True` nor `False`", quoted(said));
                return Err(
                    Unreadable::at(place, message).help("attach the table as Aequitas wrote it")
                );
            }
        };
        let why = match outcome {
            Outcome::Pass => String::new(),
            Outcome::Fail | Outcome::Error | Outcome::Skip => {
                format!("Aequitas says {said} of {} {}", entry.attribute, entry.slice())
            }
        };
        let name = format!("{}={} {column}", entry.attribute, entry.slice());
        stated::check(reading, &name, outcome, (&why, place));
    }
    Ok(())
}
