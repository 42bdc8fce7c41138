//! A CSV file with a header, as the tools that work with data frames write it.
//!
//! The first column may be the frame's index, without a name; it is left out. A count may be
//! written as `957.0`, because a frame keeps one kind of number.

use super::quantity::Quantity;
use super::text::quoted;
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, Upload, too_many};
use countersign_core::decimal::Decimal;
use countersign_core::reading::Place;

/// More columns than any table of metrics has.
const MAX_COLUMNS: usize = 1_000;
const ALONE: &str = "separate fields with commas and write decimal points";

/// A file taken apart.
pub struct Table {
    /// The header, trimmed.
    pub columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

/// A row, counted as spreadsheets do: the header is row 1.
pub struct Row<'a> {
    table: &'a Table,
    number: u32,
    fields: &'a csv::StringRecord,
}

/// The header of what may be a CSV file; empty for JSON, XML and text without commas.
pub fn header(upload: &Upload) -> Vec<String> {
    let head = upload.head();
    let first = head.lines().next().unwrap_or_default();
    if head.trim_start().starts_with(['{', '[', '<']) || !first.contains([',', ';', '\t']) {
        return Vec::new();
    }
    first.split([',', ';', '\t']).map(|field| field.trim().trim_matches('"').to_owned()).collect()
}

impl Table {
    /// The rows of a text, each as long as the header.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|fault| broken(&fault))?;
        let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        if columns.len() < 2 {
            let message = "the fields are not separated by commas";
            return Err(Unreadable::at(Place::Line(1), message).help(ALONE));
        }
        if columns.len() > MAX_COLUMNS {
            let message = format!("{} columns, more than {MAX_COLUMNS}", columns.len());
            return Err(Unreadable::at(Place::Line(1), message)
                .help("attach a table with one column per metric"));
        }
        for (index, name) in columns.iter().enumerate() {
            if !name.is_empty() && columns[..index].contains(name) {
                let message = format!("the column {} stands twice", quoted(name));
                return Err(Unreadable::at(Place::Line(1), message).help("keep one of them"));
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|fault| broken(&fault))?;
            let line = u32::try_from(rows.len() + 2).unwrap_or(u32::MAX);
            if record.len() != columns.len() {
                let (found, wanted) = (record.len(), columns.len());
                let message = format!("{found} fields where the header has {wanted}");
                return Err(Unreadable::at(Place::Line(line), message)
                    .help("write decimal points, not commas, and quote text that holds a comma"));
            }
            rows.push(record);
            if rows.len() > MAX_ENTRIES {
                return Err(too_many(rows.len()));
            }
        }
        Ok(Self { columns, rows })
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().zip(2..).map(|(fields, number)| Row { table: self, number, fields })
    }

    /// Whether there is a column of this name.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Row<'_> {
    /// What stands in a column, when it is there and not empty.
    pub fn get(&self, column: &str) -> Option<&str> {
        let at = self.table.columns.iter().position(|name| name == column)?;
        self.fields.get(at).map(str::trim).filter(|field| !field.is_empty())
    }

    /// The cell of this row in a column.
    pub fn place(&self, column: &str) -> Place {
        Place::Cell { row: self.number, column: column.to_owned() }
    }

    /// The cell as a number, or as none.
    pub fn quantity(&self, column: &str) -> Result<Quantity, Unreadable> {
        Quantity::from_text(self.get(column).unwrap_or_default())
            .map_err(|fault| Unreadable::at(self.place(column), fault.message).help(fault.help))
    }

    /// The cell as a number, when it is one.
    pub fn number(&self, column: &str) -> Option<Decimal> {
        self.quantity(column).ok().and_then(|quantity| quantity.number())
    }

    /// The cell as a count from 0; `None` when it is empty or `NaN`.
    pub fn count(&self, column: &str) -> Result<Option<u64>, Unreadable> {
        let Some(number) = self.quantity(column)?.number() else { return Ok(None) };
        number.to_string().parse().map(Some).map_err(|_| {
            let message = format!("{} is not a count", quoted(&number.to_string()));
            Unreadable::at(self.place(column), message).help("write a whole number from 0")
        })
    }
}

fn broken(fault: &csv::Error) -> Unreadable {
    let line = fault.position().map_or(1, csv::Position::line);
    Unreadable::at(Place::Line(u32::try_from(line).unwrap_or(u32::MAX)), "not readable as CSV")
        .help(ALONE)
}
