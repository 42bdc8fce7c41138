//! `docs/reference/authorisation.md`: the answers, written so that a person can check them.

use super::callers::{MACHINES, PEOPLE};
use super::{Answers, STATES};
use crate::tidy::tree::root;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const OPENING: &str = "\
# Who may do what

Written by a test that asks every route of the API as every kind of caller, about a release in every
main state (`UPDATE_EXPECT=1 cargo test -p countersign --test it api_authorisation`). A route
without an entry fails the test; so does an answer that is not the one below.

**yes** means that the caller may: the answer is the thing asked for, or, for a change, only that the
copy it was based on is stale. Everything else is the code of the refusal. `owner` owns the model and
asked for the release; in the state *draft asked for by ml_platform* somebody else asked for it.
`stands in for the lead` acts in the role of somebody who is away; `role expired` held that role until
a moment ago. Each caller approves, rejects and lends in the role it is named after, the others as
`model_owner`.
";

/// Compares the page with the answers, or writes it.
#[track_caller]
pub fn expect(answers: &Answers) {
    let path = root().join("docs/reference/authorisation.md");
    let page = page(answers);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = page.lines().zip(kept.lines()).find(|(now, then)| now != then);
    assert!(kept == page, "it is answered otherwise now, first here: {differs:#?}");
}

fn page(answers: &Answers) -> String {
    let mut page = String::from(OPENING);
    let mut routes: Vec<&String> = answers.keys().map(|(route, _)| route).collect();
    routes.dedup();
    let parts = |route: &String| {
        let (method, path) = route.split_once(' ').unwrap_or_default();
        (path.to_owned(), method.to_owned())
    };
    routes.sort_by_key(|route| parts(route));
    for route in routes {
        let _ = writeln!(page, "\n## `{route}`\n\n| State | Answer | To whom |\n|---|---|---|");
        let mut same: Vec<(String, Vec<&str>)> = Vec::new();
        for state in std::iter::once(&"").chain(&STATES) {
            let Some(row) = answers.get(&(route.clone(), *state)) else { continue };
            let rows = rows(row);
            match same.iter_mut().find(|(known, _)| *known == rows) {
                Some((_, states)) => states.push(state),
                None => same.push((rows, vec![state])),
            }
        }
        for (rows, states) in same {
            let states = match states.as_slice() {
                [""] => "–".to_owned(),
                all if all.len() == STATES.len() => "any".to_owned(),
                some => some.join(", "),
            };
            for row in rows.lines() {
                let _ = writeln!(page, "| {states} | {row} |");
            }
        }
    }
    page
}

/// Callers by name, or as a whole where all of a kind are meant.
fn named(callers: &[&str]) -> String {
    let machines: Vec<&&str> = callers.iter().filter(|one| one.starts_with("machine")).collect();
    let signed_in = PEOPLE.iter().map(|(label, _, _)| *label).filter(|label| *label != "disabled");
    let (there, not): (Vec<&str>, Vec<&str>) = signed_in.partition(|one| callers.contains(one));
    let mut words: Vec<String> = Vec::new();
    match (not.len(), there.len()) {
        (0, _) => words.push("everybody signed in".into()),
        (1..6, 13..) => words.push(format!("everybody signed in except {}", not.join(", "))),
        _ => words.extend(there.iter().map(|one| (*one).to_owned())),
    }
    let others = callers.iter().filter(|one| matches!(**one, "disabled" | "nobody"));
    words.extend(others.map(|one| (*one).to_owned()));
    if machines.len() == MACHINES.len() {
        words.push("every machine".into());
    } else {
        words.extend(machines.iter().map(|one| (**one).to_owned()));
    }
    words.join(", ")
}

/// `answer | callers`, yes first; the refusal most callers get is everybody else's.
fn rows(row: &BTreeMap<&'static str, String>) -> String {
    let mut by_answer: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (caller, answer) in row {
        by_answer.entry(answer).or_default().push(caller);
    }
    let mut told: Vec<(&str, Vec<&str>)> = by_answer.into_iter().collect();
    told.sort_by_key(|(answer, callers)| (*answer != "yes", callers.len()));
    let last = told.len() - 1;
    let mut rows = String::new();
    for (at, (answer, callers)) in told.iter().enumerate() {
        let whom = match (at == last, told.len()) {
            (true, 1) => "everybody".to_owned(),
            (true, _) if callers.len() > 6 => "everybody else".to_owned(),
            _ => named(callers),
        };
        let answer = if *answer == "yes" { "**yes**".to_owned() } else { format!("`{answer}`") };
        let _ = writeln!(rows, "{answer} | {whom}");
    }
    rows
}
