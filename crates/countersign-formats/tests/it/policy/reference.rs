//! The reference page holds: its examples parse, and it names every keyword and every fault.

use super::{REFERENCE, examples};
use countersign_formats::diagnostic::Level;
use countersign_formats::policy::parse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a piece of a policy lacks because it is a piece.
const LACKING: [&str; 6] = [
    "policy.block_missing",
    "policy.role.model_owner_missing",
    "policy.role.unknown",
    "policy.item.unknown",
    "policy.release.missing_cell",
    "policy.release.same_unknown",
];

#[test]
fn the_whole_example_has_neither_errors_nor_warnings() {
    let examples = examples("policy");
    assert_eq!(examples.len(), 1);
    assert_eq!(parse(&examples[0]).diagnostics, []);
}

#[test]
fn the_pieces_have_no_faults_but_what_they_leave_out() {
    let pieces = examples("policy-part");
    assert!(pieces.len() > 4);
    for piece in pieces {
        let faults = parse(&piece).diagnostics;
        let own: Vec<_> = faults.iter().filter(|fault| !LACKING.contains(&fault.code)).collect();
        assert!(own.is_empty(), "{own:?}\n{piece}");
    }
}

fn sources() -> Vec<PathBuf> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![src.join("policy.rs")];
    let mut folders = vec![src.join("policy")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

/// Every text that starts with `open` and ends with a quote, in the sources of the language.
fn quoted(open: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in sources() {
        let source = std::fs::read_to_string(file).unwrap();
        for rest in source.split(open).skip(1) {
            found.insert(rest.split('"').next().unwrap_or_default().to_owned());
        }
    }
    found
}

#[test]
fn every_keyword_of_the_language_is_in_the_reference() {
    let keywords: Vec<String> = quoted("once(\"").into_iter().chain(quoted("often(\"")).collect();
    assert!(keywords.len() > 30);
    for keyword in keywords {
        assert!(REFERENCE.contains(&format!("`{keyword}")), "{keyword}");
    }
}

/// The codes in the tables of the reference.
pub(super) fn documented() -> BTreeSet<String> {
    let rows = REFERENCE.lines().filter_map(|line| line.strip_prefix("| `policy."));
    rows.filter_map(|row| row.split('`').next()).map(str::to_owned).collect()
}

#[test]
fn the_reference_names_every_fault_and_no_other() {
    assert_eq!(quoted("\"policy."), documented());
}

#[test]
fn a_fault_reads_as_a_sentence_with_a_remedy() {
    let broken = examples("policy")[0].replace("at low, medium\n", "at low, meduim\n");
    let fault = parse(&broken).diagnostics.remove(0);
    assert_eq!(fault.level, Level::Error);
    assert_eq!(fault.message, "`meduim` is not a risk tier");
    assert_eq!(fault.help, "did you mean `medium`?");
    assert_eq!(&broken[fault.span.clone()], "meduim");
}
