//! The catalog in use: what is shipped is also told.

use super::deed::Deed;
use super::organisation::root;
use super::question::Question;
use super::script::{Script, Told};
use super::{read, told_in};
use std::collections::BTreeSet;

/// The runbooks a story's releases follow.
fn followed(script: &Script) -> impl Iterator<Item = String> {
    script.entries.iter().filter_map(|entry| match &entry.told {
        Told::Deed { deed: Deed::Request(asked), .. } => asked.runbook.clone(),
        _ => None,
    })
}

fn asks_for_a_verdict(script: &Script) -> bool {
    let asked = |told: &Told| matches!(told, Told::Question(Question::Verdict { .. }));
    script.entries.iter().any(|entry| asked(&entry.told))
}

#[test]
fn every_runbook_of_the_catalog_is_followed_to_a_verdict_by_a_story() {
    let stories = told_in("stories").into_iter().map(|path| read(&path).unwrap());
    let stories: Vec<Script> = stories.filter(asks_for_a_verdict).collect();
    let told: BTreeSet<String> = stories.iter().flat_map(followed).collect();
    let shipped = std::fs::read_dir(root().join("catalog/runbooks")).unwrap();
    let shipped = shipped.map(|entry| entry.unwrap().path());
    let shipped = shipped.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned());
    let untold: Vec<String> = shipped.filter(|name| !told.contains(name)).collect();
    assert!(untold.is_empty(), "no story follows {untold:?}");
}
