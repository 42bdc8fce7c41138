//! Plain metrics in CSV: a header with `metric` and `value`, one measurement per row.
//!
//! Spreadsheets write this in a dozen ways. A byte order mark, Windows line ends and quoted numbers
//! are read; a decimal comma and a semicolon between fields are refused, because guessing between
//! 1,234 and 1.234 is how a gate opens by mistake.

use super::measured::{self, measurement, warn};
use super::quantity::Quantity;
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Completeness, Measurement, Place, Reading, Unit};

pub const READER: Reader = Reader {
    format: "metrics-csv",
    title: "Plain metrics, CSV",
    notes: &[
        "a header with `metric` and `value`, and any of `n`, `stderr`, `slice`, `task`, `unit`",
        "a percent sign sets the unit; a decimal comma is refused; `NaN` and an empty cell are no \
         value",
        "no row: a failed run; two values for one metric, task and slice are refused",
    ],
    recognises,
    read,
};

const COLUMNS: &[&str] = &["metric", "value", "n", "stderr", "slice", "task", "unit"];
const ALONE: &str = "separate fields with commas and write decimal points, as in `metric,value`";

fn recognises(upload: &Upload) -> bool {
    let head = upload.head();
    if head.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    let first = head.lines().next().unwrap_or_default().to_ascii_lowercase();
    let fields: Vec<&str> =
        first.split([',', ';', '\t']).map(|field| field.trim().trim_matches('"')).collect();
    // With a column `group` it is metrics by group, which has a reader of its own.
    fields.contains(&"metric") && fields.contains(&"value") && !fields.contains(&"group")
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let text = upload.text()?;
    let mut reading = Reading::new(READER.format);
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = rows.headers().map_err(|fault| broken(&fault))?.clone();
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    check_header(&mut reading, &columns)?;
    for (index, record) in rows.records().enumerate() {
        let fields = record.map_err(|fault| broken(&fault))?;
        let number = u32::try_from(index + 2).unwrap_or(u32::MAX);
        let row = Row { number, columns: &columns, fields: &fields };
        read_row(&mut reading, &row)?;
        if reading.measurements.len() > super::MAX_ENTRIES {
            return Err(super::too_many(reading.measurements.len()));
        }
    }
    if reading.measurements.is_empty() {
        let what = "the file holds no row".to_owned();
        reading.completeness = Completeness::Failed { what, place: Place::Line(1) };
    }
    measured::refuse_twins(&reading)?;
    measured::warn_of_mixed_scales(&mut reading);
    Ok(reading)
}

fn check_header(reading: &mut Reading, columns: &[String]) -> Result<(), Unreadable> {
    for wanted in ["metric", "value"] {
        match columns.iter().filter(|name| *name == wanted).count() {
            1 => {}
            0 => {
                return Err(Unreadable::at(
                    Place::Line(1),
                    "the fields are not separated by commas",
                )
                .help(ALONE));
            }
            _ => {
                let message = format!("the column `{wanted}` stands twice");
                return Err(Unreadable::at(Place::Line(1), message).help("keep one of them"));
            }
        }
    }
    for column in columns.iter().filter(|name| !COLUMNS.contains(&name.as_str())) {
        let place = Place::Cell { row: 1, column: cut(column) };
        warn(reading, place, format!("the column {} is not read", quoted(column)));
    }
    Ok(())
}

/// A row, counted as spreadsheets do: the header is row 1.
struct Row<'a> {
    number: u32,
    columns: &'a [String],
    fields: &'a csv::StringRecord,
}

impl Row<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.fields.get(at).map(str::trim).filter(|field| !field.is_empty())
    }

    fn place(&self, column: &str) -> Place {
        Place::Cell { row: self.number, column: column.to_owned() }
    }

    fn quantity(&self, column: &str) -> Result<Quantity, Unreadable> {
        Quantity::from_text(self.get(column).unwrap_or_default())
            .map_err(|fault| Unreadable::at(self.place(column), fault.message).help(fault.help))
    }
}

fn read_row(reading: &mut Reading, row: &Row) -> Result<(), Unreadable> {
    if row.fields.len() != row.columns.len() {
        let (found, wanted) = (row.fields.len(), row.columns.len());
        let message = format!("{found} fields where the header has {wanted}");
        return Err(Unreadable::at(row.place("metric"), message)
            .help("write decimal points, not commas, and quote text that holds a comma"));
    }
    let Some(metric) = row.get("metric") else {
        return Err(Unreadable::at(row.place("metric"), "the row names no metric")
            .help("name the metric, or remove the row"));
    };
    let n = row.get("n").map(str::parse::<u64>).transpose().map_err(|_| {
        Unreadable::at(row.place("n"), "`n` is not a count").help("write a whole number from 0")
    })?;
    let quantity = row.quantity("value")?;
    let one = Measurement {
        task: row.get("task").map(cut),
        slice: row.get("slice").map(cut),
        unit: unit(row, &quantity)?,
        n,
        stderr: row.quantity("stderr")?.number(),
        ..measurement(&cut(metric), row.place("value"))
    };
    measured::push(reading, one, quantity);
    Ok(())
}

fn unit(row: &Row, quantity: &Quantity) -> Result<Unit, Unreadable> {
    let stated = match row.get("unit").map(str::to_ascii_lowercase).as_deref() {
        None => return Ok(Unit::Unstated),
        Some("percent" | "%") => Unit::Percent,
        Some("fraction") => Unit::Fraction,
        Some("raw" | "number") => Unit::Unstated,
        Some(other) => {
            let message = format!("the unit {} is not known", quoted(other));
            return Err(Unreadable::at(row.place("unit"), message).help(
                "write `percent` or `fraction`, or leave the cell empty for a plain number",
            ));
        }
    };
    match quantity {
        Quantity::Number(_, Some(sign)) if *sign != stated => {
            Err(Unreadable::at(row.place("unit"), "the unit contradicts the percent sign")
                .help("leave one of them out"))
        }
        Quantity::Number(..) | Quantity::Nothing(_) => Ok(stated),
    }
}

fn broken(fault: &csv::Error) -> Unreadable {
    let line = fault.position().map_or(1, csv::Position::line);
    Unreadable::at(Place::Line(u32::try_from(line).unwrap_or(u32::MAX)), "not readable as CSV")
        .help(ALONE)
}
