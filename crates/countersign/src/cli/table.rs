//! Tables: lists that a pipe can cut into columns, and documents that wrap to the terminal.

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;

/// The width of a document when no terminal says otherwise, in columns.
const PLAIN_WIDTH: u16 = 100;

/// A column of a list: its heading, and where its word stands in an item.
pub type Column = (&'static str, &'static str);

/// Items as a list, or one line that says that there are none.
pub fn list(items: &[Value], columns: &[Column], none: &str) -> String {
    if items.is_empty() {
        return none.to_owned();
    }
    let rows = items.iter().map(|item| columns.iter().map(|(_, at)| shown(item, at)).collect());
    let heads: Vec<&str> = columns.iter().map(|(head, _)| *head).collect();
    lines(&heads, rows.collect())
}

/// Rows as a list: no borders, one line each unless a terminal is too narrow.
pub fn lines(heads: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match console::Term::stdout().size_checked() {
        Some((_, width)) => {
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(width.max(40));
        }
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    table.set_header(heads.iter().map(|head| head.to_uppercase()));
    for row in rows {
        table.add_row(row);
    }
    unpadded(&table)
}

/// Rows with borders, wrapped: for reading.
pub fn boxed(heads: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    let width = console::Term::stdout().size_checked().map_or(PLAIN_WIDTH, |(_, width)| width);
    table.set_width(width.clamp(60, 160));
    table.set_header(heads.to_vec());
    for row in rows {
        table.add_row(row);
    }
    unpadded(&table)
}

fn unpadded(table: &Table) -> String {
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    let indent =
        if lines.iter().all(|line| line.is_empty() || line.starts_with(' ')) { 1 } else { 0 };
    lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Labels and words, one each line; what is empty is left out.
pub fn facts(value: &Value, columns: &[Column]) -> String {
    let width = columns.iter().map(|(label, _)| label.len()).max().unwrap_or_default();
    let told = columns.iter().map(|(label, at)| (label, shown(value, at)));
    let told = told.filter(|(_, word)| !word.is_empty());
    told.map(|(label, word)| format!("{label:<width$}  {word}")).collect::<Vec<_>>().join("\n")
}

/// The word at a place in a value as a list shows it: a moment to the minute.
fn shown(value: &Value, pointer: &str) -> String {
    moment(&word(value, pointer))
}

/// The word at a place in a value, for people: nothing is empty, several are listed.
pub fn word(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => "yes".into(),
        Some(Value::Bool(false)) => "no".into(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(all)) => {
            all.iter().map(|one| word(one, "")).collect::<Vec<_>>().join(", ")
        }
        Some(other @ Value::Object(_)) => other.to_string(),
    }
}

/// A moment of the API as people read it, to the minute; any other text as it is.
pub fn moment(text: &str) -> String {
    read(text, "%Y-%m-%d %H:%M UTC").unwrap_or_else(|| text.to_owned())
}

/// The same to the second, where a minute would be too coarse.
pub fn precise(text: &str) -> String {
    read(text, "%Y-%m-%d %H:%M:%S UTC").unwrap_or_else(|| text.to_owned())
}

fn read(text: &str, form: &str) -> Option<String> {
    let is_moment = text.len() >= 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T';
    let moment: jiff::Timestamp = is_moment.then(|| text.parse().ok()).flatten()?;
    Some(moment.strftime(form).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_one_line_for_each_item() {
        let items = [
            serde_json::json!({"name": "a", "roles": ["x", "y"], "on": true}),
            serde_json::json!({"name": "long", "roles": [], "on": null}),
        ];
        let columns = [("name", "/name"), ("roles", "/roles"), ("on", "/on")];
        assert_eq!(list(&items, &columns, "none"), "NAME  ROLES  ON\na     x, y   yes\nlong");
        assert_eq!(list(&[], &columns, "none"), "none");
    }

    #[test]
    fn a_moment_is_shown_to_the_minute_and_other_words_as_they_are() {
        let item = serde_json::json!({"at": "2026-05-11T09:00:59.123456789Z", "id": "r-2026Z"});
        assert_eq!(shown(&item, "/at"), "2026-05-11 09:00 UTC");
        assert_eq!(shown(&item, "/id"), "r-2026Z");
    }
}
