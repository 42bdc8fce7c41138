//! The files of a data set, and sets of files inside them.

use super::super::node::{At, Node};
use super::super::stated::{conclude, fact, list, text};
use super::super::text::quoted;
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use super::{Fault, is_a, known_files, references};
use countersign_core::reading::Reading;
use std::collections::BTreeSet;

/// Adds the files and what is wrong with them.
pub fn read(reading: &mut Reading, root: &Node, faults: &mut Vec<Fault>) -> Result<(), Unreadable> {
    let at = At::root().key("distribution");
    if let Some(other) = root.get("distribution").filter(|it| it.list().is_none()) {
        let message = format!("`distribution` is {}, not a list", other.kind());
        return Err(
            Unreadable::at(at.place(), message).help("attach the description as its tool wrote it")
        );
    }
    let files = list(root, "distribution");
    if files.len() > MAX_ENTRIES {
        return Err(too_many(files.len()));
    }
    fact(reading, "distribution", &files.len().to_string(), at.place());
    if files.is_empty() {
        faults.push((at.clone(), "the description names no file".to_owned()));
    }
    let known: BTreeSet<String> = known_files(root).into_iter().collect();
    let mut ids = BTreeSet::new();
    let mut undigested = None;
    for (index, file) in files.iter().enumerate() {
        let at = at.index(index);
        let name = text(file, "@id").or(text(file, "name")).unwrap_or_default();
        fact(reading, &format!("file {name}"), &shown(file), at.place());
        rules(file, root, (&at, faults), &name);
        for target in references(file, "containedIn") {
            if !known.contains(&target) {
                let message = format!(
                    "{} is contained in {}, which is not there",
                    quoted(&name),
                    quoted(&target)
                );
                faults.push((at.key("containedIn"), message));
            }
        }
        if !name.is_empty() && !ids.insert(name.clone()) {
            faults.push((at.key("@id"), format!("two files are called {}", quoted(&name))));
        }
        let whole = is_a(file, "FileObject") && file.get("containedIn").is_none();
        if whole && !digested(file) && undigested.is_none() {
            undigested = Some((at.clone(), name));
        }
    }
    let place = undigested.as_ref().map_or(at.place(), |(at, _)| at.place());
    let fault = match undigested {
        Some((_, name)) => {
            Some(format!("the file {} has no digest that binds it to bytes", quoted(&name)))
        }
        None => files.is_empty().then(|| "the description names no file".to_owned()),
    };
    conclude(reading, "croissant.hashes", place, fault);
    Ok(())
}

fn shown(file: &Node) -> String {
    let hash = ["sha256", "md5"].iter().find_map(|key| Some(format!("{key}:{}", text(file, key)?)));
    let includes = text(file, "includes").map(|pattern| format!("files {pattern}"));
    let format = file
        .get("encodingFormat")
        .and_then(|it| it.scalar().or_else(|| it.item(0).and_then(Node::scalar)));
    let parts = [format, includes, text(file, "contentUrl"), hash, text(file, "contentSize")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What Croissant requires of a file or a set of files.
fn rules(file: &Node, root: &Node, (at, faults): (&At, &mut Vec<Fault>), name: &str) {
    // What changes all the time has no digest.
    let live = root.get("isLiveDataset") == Some(&Node::Bool(true));
    let mut missing = |key: &str, what: &str| {
        faults.push((at.key(key), format!("{what} {} has no `{key}`", quoted(name))));
    };
    let set = is_a(file, "FileSet");
    let what = if set { "the set of files" } else { "the file" };
    if file.get("@id").is_none() {
        missing("@id", what);
    }
    if file.get("encodingFormat").is_none() {
        missing("encodingFormat", what);
    }
    if set && file.get("includes").is_none() {
        missing("includes", what);
    }
    if is_a(file, "FileObject") && file.get("containedIn").is_none() {
        if text(file, "contentUrl").is_none() {
            missing("contentUrl", what);
        }
        if !live && file.get("sha256").is_none() && file.get("md5").is_none() {
            missing("sha256", what);
        }
    } else if !set && !is_a(file, "FileObject") {
        let message = format!("{} is neither a `FileObject` nor a `FileSet`", quoted(name));
        faults.push((at.key("@type"), message));
    }
}

/// Whether a file has a digest that is one.
fn digested(file: &Node) -> bool {
    [("sha256", 64), ("md5", 32)].iter().any(|(key, length)| {
        let digest = text(file, key).unwrap_or_default();
        digest.len() == *length && digest.chars().all(|char| char.is_ascii_hexdigit())
    })
}
