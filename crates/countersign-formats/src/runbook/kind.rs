//! What a step is configured with: by its keys, or else by what its text says.

use super::key::{Entry, Key};
use super::source::Faults;
use crate::diagnostic::nearest::nearest;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::{FileUpload, NameRule};
use countersign_core::step::form::Form;

/// Reads the type, and reports a word that is none of the five.
pub(super) fn of_word(word: &str, faults: &mut Faults<'_>) -> Option<StepKind> {
    let kind = StepKind::from_word(&word.to_lowercase());
    if kind.is_none() {
        let meant = meant(word).map(|word| format!("did you mean `{word}`? ")).unwrap_or_default();
        let help = format!("{meant}the types are {}", StepKind::WORDS.join(", "));
        let message = format!("`{word}` is not a type of step");
        faults.error("runbook.step.type_unknown", word, message, &help);
    }
    kind
}

fn meant(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|stem| lower.contains(stem));
    nearest(&lower, StepKind::WORDS).or_else(|| match () {
        () if has(&["upload", "attach", "file", "evidence"]) => Some("file_upload"),
        () if has(&["form", "question", "survey"]) => Some("form"),
        () if has(&["approv", "sign"]) => Some("approval"),
        () if has(&["hook", "http", "api", "auto", "notif"]) => Some("webhook"),
        () if has(&["manual", "task", "review", "check", "human"]) => Some("manual"),
        () => None,
    })
}

/// Applies a key that configures one kind of step; reports one that does not fit the kind.
pub(super) fn configure(kind: &mut StepKind, entry: &Entry<'_>, faults: &mut Faults<'_>) {
    let word = kind.word();
    match (entry.key, kind) {
        (Some(Key::Webhook), StepKind::Webhook(webhook)) => {
            webhook.endpoint = endpoint(entry.value, faults);
        }
        (Some(Key::Form), StepKind::Form(form)) => *form = named_form(entry.value, faults),
        (Some(Key::Parts), StepKind::FileUpload(upload)) => {
            upload.parts = parts(entry.value, faults);
        }
        (Some(Key::FileName), StepKind::FileUpload(upload)) => {
            upload.name_rule = name_rule(entry.value, faults);
        }
        (Some(key), _) => {
            let fits = match key {
                Key::Webhook => "webhook",
                Key::Form => "form",
                _ => "file_upload",
            };
            let message = format!("`{}` says nothing about a step of type {word}", key.word());
            let help = format!("leave it out, or make the type `{fits}`");
            faults.error("runbook.step.key_misplaced", entry.whole, message, &help);
        }
        (None, _) => {}
    }
}

fn is_word(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (1..=64).contains(&text.len()) && text.chars().all(allowed)
}

fn endpoint(value: &str, faults: &mut Faults<'_>) -> String {
    if !is_word(value) {
        let message = format!("`{value}` is not the name of an endpoint");
        let help = "write the name it has in the settings; addresses and secrets stay there";
        faults.error("runbook.step.webhook_invalid", value, message, help);
    }
    value.to_owned()
}

fn named_form(value: &str, faults: &mut Faults<'_>) -> Form {
    if !value.eq_ignore_ascii_case("standard") {
        let message = format!("there is no form `{value}`");
        faults.error("runbook.step.form_unknown", value, message, "the form known is `standard`");
    }
    Form::standard()
}

fn parts(value: &str, faults: &mut Faults<'_>) -> Vec<String> {
    if value.eq_ignore_ascii_case("none") {
        return Vec::new();
    }
    let mut parts: Vec<String> = Vec::new();
    for part in value.split(',').map(str::trim) {
        let lower = part.to_lowercase();
        if !is_word(part) || parts.contains(&lower) {
            let message = format!("`{part}` is not a part of its own");
            let help = "write different single words with commas, for example `safety, quality`";
            faults.error("runbook.step.parts_invalid", value, message, help);
        }
        parts.push(lower);
    }
    parts
}

fn name_rule(value: &str, faults: &mut Faults<'_>) -> NameRule {
    let lower = value.to_lowercase();
    let checkpoint = lower.contains("checkpoint");
    match lower.split_whitespace().next() {
        Some("must") if checkpoint => NameRule::Block,
        Some("should") if checkpoint => NameRule::Warn,
        Some("any") => NameRule::Ignore,
        _ => {
            let message = format!("`{value}` is not a rule for file names");
            let help =
                "write `must contain checkpoint ID`, `should contain checkpoint ID` or `any`";
            faults.error("runbook.step.file_name_invalid", value, message, help);
            NameRule::Ignore
        }
    }
}

/// What an upload's text says of its files, used where no key says it.
pub(super) fn from_text(text: &str) -> FileUpload {
    FileUpload { parts: parts_in(text), name_rule: name_rule_in(text) }
}

/// The one list in parentheses whose items are single words.
fn parts_in(text: &str) -> Vec<String> {
    let lists: Vec<Vec<String>> = text
        .split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(inner, _)| inner.split(',').map(|part| part.trim().to_lowercase()).collect())
        .filter(|parts: &Vec<String>| parts.len() >= 2 && parts.iter().all(|part| is_word(part)))
        .collect();
    match <[Vec<String>; 1]>::try_from(lists) {
        Ok([parts]) if (1..parts.len()).all(|at| !parts[..at].contains(&parts[at])) => parts,
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// `the file name should include checkpoint ID`.
fn name_rule_in(text: &str) -> NameRule {
    let lower = super::prose::squeeze(text).to_lowercase();
    let after = ["file name", "filename"].iter().find_map(|word| lower.split_once(word));
    let Some((_, rest)) = after else { return NameRule::Ignore };
    let sentence = rest.split(['.', ';']).next().unwrap_or_default();
    let words: Vec<&str> = sentence.trim_start_matches('s').split_whitespace().collect();
    let holds = matches!(words.get(1).copied(), Some("include" | "contain" | "hold"));
    match words.first().copied() {
        _ if !holds || !sentence.contains("checkpoint") => NameRule::Ignore,
        Some("must") => NameRule::Block,
        Some("should") => NameRule::Warn,
        Some(_) | None => NameRule::Ignore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    ///
    #[test]
    fn an_upload_is_configured_by_its_text_only_where_the_text_is_plain() {
        let text =
            "Attach the packet (Safety, quality). The file name must contain the checkpoint.";
        let upload = from_text(text);
        assert_eq!(upload.parts, ["safety", "quality"]);
        assert_eq!(upload.name_rule, NameRule::Block);
        for text in [
            "One list (a, b) and another (c, d).",
            "An aside (if there is one, say so).",
            "A single (word).",
            "The file name should be short; include the checkpoint.",
            "The same twice (a, a).",
            "Open (a, b",
        ] {
            assert_eq!(from_text(text), FileUpload::default(), "{text}");
        }
    }
}
