//! Sets of records: their fields, their splits, and the files they are taken from.

use super::super::node::{At, Node};
use super::super::stated::{fact, list, text};
use super::super::text::quoted;
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use super::{Fault, is_a, known_files, references};
use countersign_core::reading::Reading;
use std::collections::BTreeSet;

/// Adds the sets of records and what is wrong with them.
pub fn read(reading: &mut Reading, root: &Node, faults: &mut Vec<Fault>) -> Result<(), Unreadable> {
    let at = At::root().key("recordSet");
    if let Some(other) = root.get("recordSet").filter(|it| it.list().is_none()) {
        let message = format!("`recordSet` is {}, not a list", other.kind());
        return Err(
            Unreadable::at(at.place(), message).help("attach the description as its tool wrote it")
        );
    }
    let sets = list(root, "recordSet");
    let fields = sets.iter().map(|set| list(set, "field").len()).sum::<usize>();
    if sets.len() + fields > MAX_ENTRIES {
        return Err(too_many(sets.len() + fields));
    }
    fact(reading, "recordSet", &sets.len().to_string(), at.place());
    let known: BTreeSet<String> = known_files(root).into_iter().collect();
    for (index, set) in sets.iter().enumerate() {
        let at = at.index(index);
        let name = text(set, "@id").or(text(set, "name")).unwrap_or_default();
        if set.get("@id").is_none() {
            faults.push((
                at.key("@id"),
                format!("the set of records {} has no `@id`", quoted(&name)),
            ));
        }
        let fields = list(set, "field");
        let value = format!("{} fields", fields.len());
        fact(reading, &format!("records {name}"), &value, at.place());
        for (index, field) in fields.iter().enumerate() {
            sources(field, &at.key("field").index(index), &known, faults);
        }
        data(reading, set, (&at, &name), faults);
    }
    Ok(())
}

/// The files a field is taken from have to be there.
fn sources(field: &Node, at: &At, known: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    let name = text(field, "@id").or(text(field, "name")).unwrap_or_default();
    if field.get("@id").is_none() {
        faults.push((at.key("@id"), format!("the field {} has no `@id`", quoted(&name))));
    }
    let Some(source) = field.get("source") else { return };
    for key in ["fileObject", "fileSet"] {
        for target in references(source, key).iter().filter(|it| !known.contains(*it)) {
            let message =
                format!("{} is taken from {}, which is not there", quoted(&name), quoted(target));
            faults.push((at.keys(&["source", key]), message));
        }
    }
}

/// Records that stand in the description itself; of splits their names are facts.
fn data(reading: &mut Reading, set: &Node, (at, name): (&At, &str), faults: &mut Vec<Fault>) {
    let at = at.key("data");
    let Some(data) = set.get("data") else { return };
    let rows = data.list().unwrap_or_default();
    if rows.is_empty() || rows.iter().any(|row| row.object().is_none()) {
        let message = format!("the `data` of {} is no list of records", quoted(name));
        return faults.push((at, message));
    }
    let kind = text(set, "dataType").unwrap_or_default();
    if kind.ends_with("Split") || is_a(set, "Split") {
        for (index, row) in rows.iter().enumerate() {
            let named = row.object().and_then(|row| row.iter().next()?.1.scalar());
            fact(reading, "split", &named.unwrap_or_default(), at.index(index).place());
        }
    }
}
