//! SQL lives in the store, as SQL, and never asks for more than it can name.

use super::no_faults;
use super::tree::{Source, sources};

/// How a statement begins.
const BEGINS: &[&str] =
    &["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM ", "CREATE TABLE", "PRAGMA "];

/// Statements that read without a bound, each with the reason.
const UNBOUNDED: &[(&str, &str)] = &[];

#[test]
fn sql_is_written_in_the_store_only() {
    let mut faults = Vec::new();
    for source in sources() {
        let in_store = source.path.starts_with("crates/countersign-store/");
        let in_bench = source.path.starts_with("bench/");
        if !in_store && !in_bench && !source.path.contains("/tests/it/tidy/") {
            faults.extend(statements(&source).map(|(at, _)| format!("{}:{at}", source.path)));
        }
    }
    no_faults("SQL outside `countersign-store`:", &faults);
}

#[test]
fn every_select_has_a_limit_or_names_a_key() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| it.in_sources_of("countersign-store")) {
        for (at, sql) in statements(source).filter(|(_, sql)| sql.starts_with("SELECT ")) {
            if !bounded(&sql) && !UNBOUNDED.iter().any(|(known, _)| sql.contains(known)) {
                faults.push(format!("{}:{at}: {sql}", source.path));
            }
        }
    }
    no_faults("a SELECT has neither LIMIT nor `key = …`:", &faults);
}

/// The SQL statements in a source, each on one line.
fn statements(source: &Source) -> impl Iterator<Item = (usize, String)> {
    let inline = |(at, literal): &(usize, String)| {
        (*at, literal.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let sql = |(_, text): &(usize, String)| BEGINS.iter().any(|begin| text.starts_with(begin));
    source.literals.iter().map(inline).filter(sql)
}

/// Whether the statement reads a bounded number of rows: a limit, or an equality on a parameter or
/// on a constant.
fn bounded(sql: &str) -> bool {
    let condition = sql.split_once(" WHERE ").map_or("", |(_, condition)| condition);
    sql.contains(" LIMIT ") || condition.contains(" = ?") || condition.contains(" = 1")
}
