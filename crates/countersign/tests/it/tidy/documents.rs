//! Documents keep their word: links lead somewhere, commands exist.

mod commands;
mod links;

use super::no_faults;
use super::tree::{files, read};

/// The two commands a newcomer needs.
const COMMANDS: &[&str] = &["cargo run --release -- demo", "./test.sh"];
/// How long a document may be.
const LENGTHS: &[(&str, usize)] =
    &[("README.md", 150), ("ARCHITECTURE.md", 250), ("CONTRIBUTING.md", 120)];
/// Documents every repository of ours has.
const EXPECTED: &[&str] = &["CHANGELOG.md", "SECURITY.md", "STYLE.md", "LICENSE"];

/// A document people read, as opposed to a fixture that happens to be Markdown.
fn is_document(path: &str) -> bool {
    path.ends_with(".md") && !path.starts_with("catalog/") && !path.contains("/tests/")
}

#[test]
fn the_readme_names_the_two_commands() {
    let readme = read("README.md");
    let missing = COMMANDS.iter().filter(|command| !readme.contains(**command));
    let faults: Vec<String> =
        missing.map(|command| format!("README.md: lacks `{command}`")).collect();
    no_faults("a newcomer would not know how to begin:", &faults);
}

#[test]
fn documents_are_there_and_short_enough_to_be_read() {
    let too_long = LENGTHS.iter().filter_map(|(path, most)| {
        let lines = read(path).lines().count();
        (lines > *most).then(|| format!("{path}: {lines} lines, at most {most}"))
    });
    let missing = EXPECTED.iter().filter(|path| !super::tree::root().join(path).is_file());
    let faults: Vec<String> =
        too_long.chain(missing.map(|path| format!("{path}: is missing"))).collect();
    no_faults("documents:", &faults);
}

#[test]
fn every_link_between_documents_resolves() {
    let written = files();
    let documents = written.iter().filter(|file| is_document(&file.path));
    let faults: Vec<String> = documents.flat_map(links::broken).collect();
    no_faults("links lead nowhere:", &faults);
}

#[test]
fn every_documented_command_is_one_the_program_takes() {
    let written = files();
    let documents = written.iter().filter(|file| is_document(&file.path));
    let faults: Vec<String> = documents.flat_map(commands::unknown).collect();
    no_faults("documented commands do not exist as written:", &faults);
}
