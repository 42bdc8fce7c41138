//! What no file may contain.

use super::no_faults;
use super::tree::{Source, sources};

/// Banned in code everywhere, tests included, and what to do instead.
const BANNED: &[(&str, &str)] = &[
    ("#[from]", "name what failed: map the error where it crosses the boundary"),
    ("#[ignore", "mend the test or take it out"),
    ("todo!(", "finish it, or refuse with a reason"),
    ("unimplemented!(", "finish it, or refuse with a reason"),
    ("dbg!(", "take it out"),
    ("#[allow(", "use `#[expect(…, reason = \"…\")]`"),
    ("#![allow(", "use `#![expect(…, reason = \"…\")]`"),
];

/// Banned in tests: they wait for what happens, not for time to pass.
const SLEEPS: &[&str] = &["thread::sleep", "time::sleep", "sleep_until"];

/// Whole words that an error's type must not pass on unseen.
const UNFINISHED: &[&str] = &["FIXME", "XXX", "HACK", "TODO"];

#[test]
fn nothing_unfinished_ignored_or_waved_through() {
    let faults = found_in(|source| &source.all_code, &sources(), BANNED);
    no_faults("banned in every file:", &faults);
}

#[test]
fn no_test_sleeps() {
    let mut faults = Vec::new();
    for source in sources() {
        let inline = !source.is_test();
        for (at, line) in source.all_code.lines().enumerate() {
            let in_test = !inline || source.code.lines().nth(at).is_some_and(|kept| kept != line);
            if in_test && SLEEPS.iter().any(|sleep| line.contains(sleep)) {
                faults.push(format!("{}:{}: wait for the event instead", source.path, at + 1));
            }
        }
    }
    no_faults("tests sleep:", &faults);
}

#[test]
fn comments_leave_nothing_for_later() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| !it.path.ends_with("/tidy/bans.rs")) {
        for (at, line) in source.text.lines().enumerate() {
            let comment = line.split_once("//").map_or("", |(_, comment)| comment);
            let words: Vec<&str> = comment.split(|c: char| !c.is_alphanumeric()).collect();
            if let Some(word) = UNFINISHED.iter().find(|word| words.contains(word)) {
                faults.push(format!("{}:{}: `{word}` belongs in an issue", source.path, at + 1));
            }
        }
    }
    no_faults("comments promise work:", &faults);
}

/// The lines on which a banned piece of code stands.
pub fn found_in(
    code: impl Fn(&Source) -> &str,
    sources: &[Source],
    banned: &[(&str, &str)],
) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for (at, line) in code(source).lines().enumerate() {
            for (what, instead) in banned.iter().filter(|(what, _)| line.contains(what)) {
                faults.push(format!("{}:{}: `{what}`: {instead}", source.path, at + 1));
            }
        }
    }
    faults
}
