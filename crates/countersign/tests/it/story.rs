//! Stories: `stories/*.story`, told to the rules alone and to the HTTP API.
//!
//! One grammar, one parser ([`script`]), two drivers behind [`gate::Gate`]. A line nobody knows is
//! a fault with its place, every `=>` line is checked exactly, and a story that expects nothing
//! fails. `UPDATE_EXPECT=1` writes what came of it below every line that has an expectation; read
//! the difference before you keep it.

mod care;
mod catalog;
mod deed;
mod form;
mod forms;
mod gate;
mod hears;
mod in_core;
mod kept;
mod line;
mod organisation;
mod over_http;
mod people;
mod policy_review;
mod question;
mod reference;
mod script;
mod segregation;
mod settings;
mod tell;
mod times;
mod urgent;
mod work;

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

fn over_http(organisation: &Organisation) -> Result<Box<dyn Gate>, String> {
    over_http::OverHttp::new(organisation).map(|world| Box::new(world) as Box<dyn Gate>)
}

/// Whether what came of a story may be written into it. The rules alone say what is true; the
/// program has to say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Update {
    Written,
    Never,
}

fn tell(path: &Path, driver: Driver, update: Update) -> Result<(), Fault> {
    let script = read(path)?;
    let organisation = Organisation::for_story(&script)?;
    let mut gate = driver(&organisation).map_err(|why| script.fault(1, &why))?;
    let answers = tell::tell(&script, &mut *gate, organisation.founded)?;
    if update == Update::Written && std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = std::fs::read_to_string(path).unwrap();
        std::fs::write(path, script::with_answers(&script, &text, &answers)).unwrap();
        return Ok(());
    }
    tell::compare(&script, &answers)
}

/// How many stories are told at the same time.
const AT_ONCE: usize = 8;

#[track_caller]
fn tell_all(folder: &str, driver: Driver, update: Update) -> usize {
    let stories = told_in(folder);
    // Stories know nothing of one another, and most of their time is spent waiting for the disk.
    let tell_some = &|first: usize| -> Vec<String> {
        let some = stories.iter().skip(first).step_by(AT_ONCE);
        some.filter_map(|path| tell(path, driver, update).err()).map(|f| f.to_string()).collect()
    };
    let faults: Vec<String> = std::thread::scope(|scope| {
        let tellers: Vec<_> =
            (0..AT_ONCE).map(|first| scope.spawn(move || tell_some(first))).collect();
        tellers.into_iter().flat_map(|teller| teller.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n\n"));
    stories.len()
}

#[test]
fn every_story_is_true_of_the_rules_alone() {
    assert!(tell_all("stories", in_core, Update::Written) >= 25);
}

#[test]
fn every_story_is_true_of_the_api_on_sqlite() {
    assert!(tell_all("stories", over_http, Update::Never) >= 25);
}

/// The story of the runbook that this one was made after, with that runbook's own text.
///
#[test]
fn the_seed_runbook_leads_to_a_verdict_in_six_steps() {
    if std::env::var_os("COUNTERSIGN_SHARED").is_none() {
        println!("skipped: COUNTERSIGN_SHARED is not set");
        return;
    }
    assert_eq!(tell_all("stories/shared", in_core, Update::Written), 1);
    assert_eq!(tell_all("stories/shared", over_http, Update::Never), 1);
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
