//! `docs/reference/cli.md` is what the program says of itself.

use crate::tidy::tree::root;
use std::fs;

#[test]
fn the_page_of_the_command_line_says_what_the_program_says() {
    let path = root().join("docs/reference/cli.md");
    let written = countersign::cli::reference();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(written.lines()).find(|(kept, written)| kept != written);
    assert!(
        kept == written,
        "docs/reference/cli.md is out of date: run\n  UPDATE_EXPECT=1 cargo test -p countersign \
         --test it cli_reference\nfirst difference: {differs:?}"
    );
}

#[test]
fn every_command_and_every_option_says_what_it_is_for() {
    for line in countersign::cli::reference().lines() {
        let silent = line.starts_with("- `") && line.ends_with("`: ") || line == ".";
        assert!(!silent, "{line}");
    }
}
