//! Metrics by group in CSV: what a script of one's own writes, because the libraries for fairness
//! write no file.

use super::groups::{self, Group, Groups};
use super::measured::{self, warn};
use super::stated;
use super::table::{Row, Table, header};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Place, Reading};

pub const READER: Reader = Reader {
    format: "group-metrics-csv",
    title: "Metrics by group, CSV",
    notes: &[
        "a header with `group`, `metric` and `value`, and any of `attribute`, `n`, `model`; one row \
         per group and metric, for example `sex,female,selection_rate,0.47,957`",
        "each value is a measurement with the attribute as task (`group` where there is none) and \
         the group as slice",
        "added per metric and attribute: `METRIC_difference`, the highest value less the lowest, \
         and `METRIC_ratio`, the lowest over the highest, with the size of the smallest group as \
         `n`; a group without a value leaves both without one",
        "`four_fifths.METRIC.ATTRIBUTE`: of `selection_rate` and `pprev` the ratio is at least 0.8",
        "no row: a failed run; two values for one metric and group are refused",
    ],
    recognises,
    read,
};

const COLUMNS: &[&str] = &["attribute", "group", "metric", "value", "n", "model"];

fn recognises(upload: &Upload) -> bool {
    let header: Vec<String> = header(upload).iter().map(|name| name.to_lowercase()).collect();
    ["group", "metric", "value"].iter().all(|name| header.iter().any(|column| column == name))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut table = Table::parse(upload.text()?)?;
    for column in &mut table.columns {
        *column = column.to_lowercase();
    }
    let mut reading = Reading::new(READER.format);
    for column in table.columns.iter().filter(|it| !COLUMNS.contains(&it.as_str())) {
        if !column.is_empty() {
            let place = Place::Cell { row: 1, column: cut(column) };
            warn(&mut reading, place, format!("the column {} is not read", quoted(column)));
        }
    }
    let mut groups = Groups::default();
    for row in table.rows() {
        let group = Group {
            metric: cell(&row, "metric")?,
            attribute: cut(row.get("attribute").unwrap_or("group")),
            level: cell(&row, "group")?,
            variant: row.get("model").map(|model| cut(&format!("model {model}"))),
            n: row.count("n")?,
            place: row.place("value"),
        };
        groups.push(group, row.quantity("value")?)?;
    }
    if table.is_empty() {
        stated::failed(&mut reading, "the file holds no row", Place::Line(1));
    }
    groups::push_all(&mut reading, groups)?;
    measured::warn_of_mixed_scales(&mut reading);
    Ok(reading)
}

fn cell(row: &Row, column: &str) -> Result<String, Unreadable> {
    row.get(column).map(cut).ok_or_else(|| {
        Unreadable::at(row.place(column), format!("the row names no {column}"))
            .help("name it, or remove the row")
    })
}
