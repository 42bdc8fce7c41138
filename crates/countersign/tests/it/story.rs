//! Stories: `stories/*.story`, told to the rules alone and to the HTTP API.
//!
//! One grammar, one parser ([`script`]), two drivers behind [`gate::Gate`]. A line nobody knows is
//! a fault with its place, every `=>` line is checked exactly, and a story that expects nothing
//! fails. `UPDATE_EXPECT=1` writes what came of it below every line that has an expectation; read
//! the difference before you keep it.

mod deed;
mod form;
mod forms;
mod gate;
mod in_core;
mod line;
mod organisation;
mod question;
mod reference;
mod script;
mod settings;
mod tell;

use countersign_core::digest::Sha256;
use gate::Gate;
use line::Fault;
use organisation::Organisation;
use script::Script;
use std::path::{Path, PathBuf};

/// The digest an artifact has in stories: that of its name.
pub fn digest_of(artifact: &str) -> Sha256 {
    Sha256::of(artifact.as_bytes())
}

fn told_in(folder: &str) -> Vec<PathBuf> {
    let folder = organisation::root().join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut stories: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|it| it == "story")).collect();
    stories.sort();
    stories
}

fn read(path: &Path) -> Result<Script, Fault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = std::fs::read_to_string(path).unwrap();
    script::read(&format!("stories/{name}"), &text)
}

type Driver = fn(&Organisation) -> Result<Box<dyn Gate>, String>;

fn in_core(organisation: &Organisation) -> Result<Box<dyn Gate>, String> {
    in_core::InCore::new(organisation).map(|world| Box::new(world) as Box<dyn Gate>)
}

fn tell(path: &Path, driver: Driver) -> Result<(), Fault> {
    let script = read(path)?;
    let organisation = Organisation::for_story(&script)?;
    let mut gate = driver(&organisation).map_err(|why| script.fault(1, &why))?;
    let answers = tell::tell(&script, &mut *gate, organisation.founded)?;
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = std::fs::read_to_string(path).unwrap();
        std::fs::write(path, script::with_answers(&script, &text, &answers)).unwrap();
        return Ok(());
    }
    tell::compare(&script, &answers)
}

#[track_caller]
fn tell_all(folder: &str, driver: Driver) -> usize {
    let stories = told_in(folder);
    let told = stories.iter().map(|path| tell(path, driver));
    let faults: Vec<String> = told.filter_map(Result::err).map(|f| f.to_string()).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n\n"));
    stories.len()
}

#[test]
fn every_story_is_true_of_the_rules_alone() {
    assert!(tell_all("stories", in_core) >= 25);
}

#[test]
fn a_line_nobody_knows_is_a_fault_with_its_place() {
    let text = "title: x\non 2026-05-11 09:00\nrivera dances\n  => nothing\n";
    let fault = script::read("stories/x.story", text).unwrap_err();
    assert!(fault.to_string().starts_with("stories/x.story:3: nobody knows this line"), "{fault}");
    let text = "title: x\nrivera submits\n  because: he can\n  => submitted\n";
    assert_eq!(script::read("x", text).unwrap_err().line, 3);
}

#[test]
fn a_story_that_expects_nothing_is_no_story() {
    let fault = script::read("x", "title: x\nrivera submits\n").unwrap_err();
    assert!(fault.message.contains("expects nothing"), "{fault}");
}

#[test]
fn an_expectation_that_does_not_hold_names_its_line() {
    let text = "title: x\non 2026-05-11 09:00\nverdict on nothing in production\n  => allow\n";
    let script = script::read("x", text).unwrap();
    let organisation = Organisation::for_story(&script).unwrap();
    let mut gate = in_core(&organisation).unwrap();
    let answers = tell::tell(&script, &mut *gate, organisation.founded).unwrap();
    let fault = tell::compare(&script, &answers).unwrap_err();
    assert_eq!(fault.line, 4);
    assert!(fault.message.contains("no release names this digest"), "{fault}");
}
