//! The result as a table, or as JSON.

use crate::figure::Row;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::json;

/// A table for people.
pub fn text(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(["", "measured", "limit", "ours", "ratio", "target", "holds", "note"]);
    for row in rows {
        let unit = |value: f64| row.unit.text(value);
        table.add_row([
            row.part.clone(),
            row.what.clone(),
            row.limit.map(unit).unwrap_or_default(),
            unit(row.ours),
            row.ratio().map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
            row.target.map(|target| target_text(row, target)).unwrap_or_default(),
            row.holds()
                .map(|holds| if holds { "yes" } else { "NO" }.to_owned())
                .unwrap_or_default(),
            row.note.clone(),
        ]);
    }
    for column in 2..6 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

fn target_text(row: &Row, target: f64) -> String {
    let sign = if row.unit.grows() { "≥" } else { "≤" };
    format!("{sign} {}", row.unit.text(target))
}

/// The same for programs.
pub fn json(rows: &[Row]) -> serde_json::Value {
    let rows = rows.iter().map(|row| {
        json!({
            "part": row.part, "measured": row.what, "unit": row.unit, "limit": row.limit,
            "ours": row.ours, "ratio": row.ratio(), "target": row.target, "holds": row.holds(),
            "note": row.note,
        })
    });
    json!({ "rows": rows.collect::<Vec<_>>() })
}
