//! How much a reader has to hold at once.

use super::no_faults;
use super::tree::{read, sources};

/// No file is longer, its inline tests not counted.
const LONGEST: usize = 400;
/// Half of the files are no longer than this.
const MEDIAN: usize = 150;
/// The whole program with everything it stands on.
const PACKAGES: usize = 400;
/// Names that say nothing of what a file holds.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "types", "common", "misc"];

#[test]
fn no_file_is_longer_than_400_lines_without_its_tests() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| !source.is_test())
        .map(|source| (source, source.lines_without_tests()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(source, lines)| format!("{}: {lines} lines; split it by what it names", source.path))
        .collect();
    no_faults("files are too long:", &faults);
}

#[test]
fn the_median_file_fits_on_three_screens() {
    let mut lines: Vec<usize> = sources().iter().map(|it| it.text.lines().count()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median <= MEDIAN, "the median file has {median} lines, at most {MEDIAN}");
}

#[test]
fn every_file_is_named_for_what_it_holds() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| source.path.split(['/', '.']).any(|part| EMPTY_NAMES.contains(&part)))
        .map(|source| format!("{}: name it for the one thing it holds", source.path))
        .collect();
    no_faults("file names say nothing:", &faults);
}

#[test]
fn at_most_400_packages_are_locked() {
    let locked = read("Cargo.lock").lines().filter(|line| *line == "[[package]]").count();
    assert!(locked <= PACKAGES, "{locked} packages are locked, at most {PACKAGES}");
}
