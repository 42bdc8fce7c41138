//! Who claims to cover a requirement.

use crate::tidy::tree::{File, files};
use std::collections::BTreeMap;

/// The places that claim each number, in the order of their paths: `path::test`, or a story.
pub fn find() -> BTreeMap<String, Vec<String>> {
    let mut claims: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files() {
        let found = if file.path.ends_with(".rs") {
            of_tests(&file)
        } else if file.path.ends_with(".story") {
            of_story(&file)
        } else {
            Vec::new()
        };
        for (number, place) in found {
            let places = claims.entry(number).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    claims
}

fn of_story(file: &File) -> Vec<(String, String)> {
    let lines = file.text.lines().map(|line| line.trim_start_matches(['#', ' ']));
    let listed = lines.filter_map(|line| line.strip_prefix("covers:"));
    let numbers = listed.filter_map(numbers).flatten();
    numbers.map(|number| (number, file.path.clone())).collect()
}

/// The claims of doc comments that stand right above a test.
fn of_tests(file: &File) -> Vec<(String, String)> {
    let mut claims = Vec::new();
    let mut claimed = Vec::new();
    let mut is_test = false;
    for line in file.text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("///") {
            claimed.extend(numbers(comment).unwrap_or_default());
        } else if let Some(attribute) = line.strip_prefix("#[") {
            let name = attribute.split([']', '(']).next().unwrap_or_default();
            is_test |= name == "test" || name.ends_with("::test");
        } else {
            // The engines' tests are plain functions; a macro makes one test of each per engine.
            is_test |= file.path.contains("/conformance/");
            if let Some(name) = function(line).filter(|_| is_test) {
                let place = format!("{}::{name}", file.path);
                claims.extend(claimed.drain(..).map(|number| (number, place.clone())));
            }
            claimed.clear();
            is_test = false;
        }
    }
    claims
}

/// The numbers on a line that holds nothing but numbers.
fn numbers(line: &str) -> Option<Vec<String>> {
    line.split(',').map(|word| is_number(word.trim()).then(|| word.trim().to_owned())).collect()
}

fn is_number(word: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    word.strip_prefix("R-").is_some_and(|rest| digits(rest, 3))
        || word.strip_prefix("I-").is_some_and(|rest| digits(rest, 2))
}

fn function(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let begins = ["", "pub ", "async ", "pub async "].contains(&before);
    begins.then(|| after.split(['(', '<']).next().unwrap_or_default())
}

#[test]
fn only_lines_of_numbers_above_a_test_are_claims() {
    let text = "/// R-001, I-02\n/// The third (R-003).\n#[test]\nfn a() {}\n\n/// R-004\nfn b() {}\n\
                /// R-005\n#[tokio::test(flavor = \"x\")]\nasync fn c() {}";
    let file = File { path: "x.rs".into(), text: text.into() };
    let claims: Vec<String> =
        of_tests(&file).into_iter().map(|(number, place)| format!("{number} {place}")).collect();
    assert_eq!(claims, ["R-001 x.rs::a", "I-02 x.rs::a", "R-005 x.rs::c"]);
}
