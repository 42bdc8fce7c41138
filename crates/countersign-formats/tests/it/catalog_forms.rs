//! The forms shipped with the product, filled in beside the checklist.

use countersign_core::reading::Outcome;
use countersign_formats::evidence::{self, Upload};
use countersign_formats::policy::parse;
use std::collections::BTreeMap;
use std::path::Path;

/// The head of every form says these, in this order.
const HEAD: [&str; 5] =
    ["What it is for", "What it serves", "Who fills it in", "When", "How it is used"];

/// The sections without which a form would not do what it is for.
const SECTIONS: &[(&str, &[&str])] = &[
    (
        "dpia-screening",
        &["Subject", "Processing", "The three cases named in the law", "Signs of high risk"],
    ),
    (
        "release-questionnaire",
        &["Subject", "Prompt injection surface", "Personal data", "Tools", "Jailbreak tests"],
    ),
    ("risk-assessment", &["Subject", "Use", "People concerned", "Risks", "Tier", "What is left"]),
    (
        "sandbox-exclusion",
        &[
            "Experiment",
            "Question 1: is no real data processed?",
            "Question 2: are no real users affected?",
            "What ends it",
            "Confirmation",
        ],
    ),
];

/// Every form by its name without `.md`.
fn forms() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/forms");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// What the head of a form says under a name.
fn head<'f>(form: &'f str, name: &str) -> &'f str {
    let row = form.lines().find_map(|line| line.strip_prefix(&format!("| {name} | ")));
    row.unwrap_or_else(|| panic!("the head does not say `{name}`")).trim_end_matches(" |")
}

/// The words in backticks.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The form with every place filled in, as a person would: what stands in brackets is replaced.
fn filled_in(form: &str) -> String {
    let mut filled = String::new();
    // The instruction above the form names the mark and stays as it is only until it is done.
    let body = form.lines().filter(|line| !line.starts_with("| How it is used |"));
    for line in body {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("[your") {
            let (_, after) = after.split_once(']').expect("every place ends");
            filled.push_str(before);
            filled.push_str("settled on 2026-05-04");
            rest = after;
        }
        filled.push_str(rest);
        filled.push('\n');
    }
    filled
}

/// What the check for what is left to fill in says of a text.
fn placeholders_left(text: &str) -> bool {
    let upload = Upload::new("model-card.md", text.as_bytes());
    let reading = evidence::read(&upload).unwrap();
    let check = reading
        .unwrap()
        .checks
        .into_iter()
        .find(|check| check.name == "model_card.no_placeholders");
    check.expect("a model card is looked through for placeholders").outcome != Outcome::Pass
}

#[test]
fn every_form_says_what_it_is_for_and_has_the_sections_it_needs() {
    let forms = forms();
    let known: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(forms.keys().map(String::as_str).collect::<Vec<_>>(), known);
    for (name, sections) in SECTIONS {
        let form = &forms[*name];
        let said: Vec<&str> = HEAD.iter().map(|part| head(form, part)).collect();
        assert!(said.iter().all(|text| text.len() > 20), "{name}: {said:?}");
        for section in *sections {
            let heading = format!("\n## {section}\n");
            let (_, body) =
                form.split_once(&heading).unwrap_or_else(|| panic!("{name}: {section}"));
            let body = body.split("\n## ").next().unwrap_or_default();
            assert!(body.trim().len() > 40, "{name}: the section `{section}` is empty");
        }
    }
}

/// A word in backticks in the line about what a form serves is an item of the checklist, one of
/// its questions, or a question of the form step.
#[test]
fn what_a_form_says_it_serves_exists_in_the_default_policy() {
    let policy = parse(include_str!("../../../../catalog/policies/model-release.policy"));
    let policy = policy.policy.unwrap();
    for (name, form) in &forms() {
        let mut items = Vec::new();
        for word in named(head(form, "What it serves")) {
            let item = policy.items.iter().find(|item| item.name.as_str() == word);
            let asked = policy.items.iter().flat_map(|item| &item.fields);
            let mut questions = asked.map(|field| field.name.as_str());
            assert!(item.is_some() || questions.any(|one| one == word), "{name}: `{word}`");
            items.extend(item.map(|item| (word, item)));
        }
        assert!(!items.is_empty(), "{name} serves no item");
        // Where the form names questions of an item, it names all of them.
        if let [(_, item)] = items.as_slice() {
            let serves = head(form, "What it serves");
            let names_some = item.fields.iter().any(|field| serves.contains(&field.name));
            let missing = item.fields.iter().find(|field| !serves.contains(&field.name));
            assert!(!names_some || missing.is_none(), "{name}: {missing:?}");
        }
    }
}

///
#[test]
fn the_questionnaire_prepares_every_question_of_the_form_step() {
    let form = &forms()["release-questionnaire"];
    let asked: Vec<&str> = named(form).collect();
    for field in countersign_core::step::form::Form::standard().fields {
        assert!(asked.contains(&field.name.as_str()), "`{}` is not prepared", field.name);
    }
}

#[test]
fn an_unfilled_form_is_flagged_and_a_filled_one_passes() {
    for (name, form) in &forms() {
        assert!(placeholders_left(form), "{name}: nothing is left to fill in");
        let filled = filled_in(form);
        assert!(!placeholders_left(&filled), "{name}\n{filled}");
        // One place forgotten is enough.
        let forgotten = form.replacen("[your", "[done", 1);
        assert!(placeholders_left(&forgotten), "{name}");
    }
}
