//! The page: totals first, then every requirement with its claims, then what is open.

use std::collections::BTreeMap;
use std::fmt::Write;

type Claims = BTreeMap<String, Vec<String>>;

/// Writes the page.
pub fn write(titles: &[(String, String)], claims: &Claims) -> String {
    let (statements, invariants): (Vec<_>, Vec<_>) =
        titles.iter().partition(|(number, _)| number.starts_with("R-"));
    let mut page = String::from(
        "# Requirements and what covers them\n\n\
         This page is written by a test from the numbers that tests and stories name; `UPDATE_EXPECT=1 \
         cargo test -p countersign --test it requirements` writes it anew. Titles are in \
         [requirements.toml](requirements.toml).\n\n",
    );
    let covered = |all: &[&(String, String)]| {
        all.iter().filter(|(number, _)| claims.contains_key(number)).count()
    };
    writeln!(
        page,
        "Covered: **{} of {} requirements** and **{} of {} invariants**.\n",
        covered(&statements),
        statements.len(),
        covered(&invariants),
        invariants.len()
    )
    .unwrap();
    let skipped = |(number, _): &&(String, String)| {
        claims.get(number).is_some_and(|places| places.iter().all(|place| needs_samples(place)))
    };
    let skipped = titles.iter().filter(skipped).count();
    writeln!(
        page,
        "A place marked * runs only where `COUNTERSIGN_SHARED` names a folder of samples; {skipped} \
         numbers are covered by such places alone.\n"
    )
    .unwrap();
    section(&mut page, "Requirements", &statements, claims);
    section(&mut page, "Invariants", &invariants, claims);
    open(&mut page, titles, claims);
    page
}

fn section(page: &mut String, heading: &str, titles: &[&(String, String)], claims: &Claims) {
    writeln!(page, "## {heading}\n\n| Number | Title | Covered by |\n|---|---|---|").unwrap();
    for (number, title) in titles {
        if let Some(places) = claims.get(number) {
            let places: Vec<String> = places.iter().map(|place| link(place)).collect();
            writeln!(page, "| {number} | {title} | {} |", places.join("<br>")).unwrap();
        }
    }
    page.push('\n');
}

/// Whether the place reads samples that are not part of the repository.
fn needs_samples(place: &str) -> bool {
    place.split("::").next().is_some_and(|path| path.ends_with("shared.rs"))
}

fn link(place: &str) -> String {
    let (path, name) = place.split_once("::").unwrap_or((place, ""));
    let short = path.trim_start_matches("crates/");
    let shown = if name.is_empty() { short.to_owned() } else { format!("{short}::{name}") };
    let mark = if needs_samples(place) { " *" } else { "" };
    format!("[`{shown}`](../../{path}){mark}")
}

fn open(page: &mut String, titles: &[(String, String)], claims: &Claims) {
    page.push_str(
        "## Open\n\nNo test or story claims these yet.\n\n| Number | Title |\n|---|---|\n",
    );
    for (number, title) in titles.iter().filter(|(number, _)| !claims.contains_key(number)) {
        writeln!(page, "| {number} | {title} |").unwrap();
    }
}
