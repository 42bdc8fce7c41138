//! Documents keep their word: links lead somewhere, commands exist.

mod commands;
mod links;

use super::no_faults;
use super::tree::files;

/// A document people read, as opposed to a fixture that happens to be Markdown.
fn is_document(path: &str) -> bool {
    path.ends_with(".md") && !path.starts_with("catalog/") && !path.contains("/tests/")
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
