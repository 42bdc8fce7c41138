//! `docs/reference/requirements.md`: which requirement is covered by which test or story.
//!
//! A test names the numbers it covers on a line of their own in its doc comment (`/// R-074, I-03`),
//! a story on a line `covers: R-065`. The titles are those of `docs/reference/requirements.toml`.
//! Nothing here judges whether a test deserves its claim; people do, when they review it.

mod claims;
mod page;
mod titles;

use crate::tidy::tree::root;
use std::fs;

/// The statements there are, and the invariants.
const STATEMENTS: u32 = 182;
const INVARIANTS: u32 = 20;

#[test]
fn the_table_of_requirements_says_what_tests_and_stories_claim() {
    let titles = titles::read();
    let claims = claims::find();
    let written = page::write(&titles, &claims);
    let path = root().join("docs/reference/requirements.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(written.lines()).find(|(kept, written)| kept != written);
    assert!(
        kept == written,
        "docs/reference/requirements.md is out of date: run\n  UPDATE_EXPECT=1 cargo test -p \
         countersign --test it requirements\nfirst difference: {differs:?}"
    );
}

#[test]
fn every_requirement_has_one_title_and_no_claim_names_another_number() {
    let titles = titles::read();
    let numbers: Vec<String> = (1..=STATEMENTS)
        .map(|number| format!("R-{number:03}"))
        .chain((1..=INVARIANTS).map(|number| format!("I-{number:02}")))
        .collect();
    let titled: Vec<&String> = titles.iter().map(|(number, _)| number).collect();
    assert_eq!(titled, numbers.iter().collect::<Vec<_>>(), "titles, in order");
    for (number, places) in claims::find() {
        assert!(numbers.contains(&number), "{places:?} names `{number}`, which does not exist");
    }
}
