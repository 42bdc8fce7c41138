//! What both exports have in common: the keys of a step and its guarded text.

use super::fence;
use super::guard::{guard, guard_before};
use super::kind;
use super::source::{Faults, split};
use countersign_core::runbook::RunbookStep;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::{FileUpload, NameRule};

/// A rule for file names as a key says it.
pub(super) fn name_rule(rule: NameRule) -> &'static str {
    match rule {
        NameRule::Ignore => "any",
        NameRule::Warn => "should contain checkpoint ID",
        NameRule::Block => "must contain checkpoint ID",
    }
}

/// The keys of a step in the order they are written. What a reader would understand without a key
/// gets none.
pub(super) fn keys(step: &RunbookStep) -> Vec<(&'static str, String)> {
    let mut keys = vec![
        ("Type", step.kind.word().to_owned()),
        ("Owner", step.owner.clone()),
        ("SLA", step.sla.to_string()),
    ];
    if !step.escalation.is_empty() {
        keys.push(("Escalation", step.escalation.clone()));
    }
    if let Some(after) = &step.after {
        let numbers: Vec<String> = after.iter().map(u32::to_string).collect();
        let list = if numbers.is_empty() { "none".into() } else { numbers.join(", ") };
        keys.push(("After", list));
    }
    match &step.kind {
        StepKind::FileUpload(upload) => keys.extend(upload_keys(upload, &step.text)),
        StepKind::Webhook(webhook) if webhook.endpoint != "default" => {
            keys.push(("Webhook", webhook.endpoint.clone()));
        }
        StepKind::Manual(_) | StepKind::Form(_) | StepKind::Approval(_) | StepKind::Webhook(_) => {}
    }
    keys
}

fn upload_keys(upload: &FileUpload, text: &str) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    let understood = kind::from_text(text);
    if upload.parts != understood.parts {
        let parts = upload.parts.join(", ");
        keys.push(("Parts", if parts.is_empty() { "none".into() } else { parts }));
    }
    if upload.name_rule != understood.name_rule {
        keys.push(("File name", name_rule(upload.name_rule).to_owned()));
    }
    keys
}

/// The text with a guard before every line that would mean something; code stays as it is.
pub(super) fn guarded(text: &str) -> String {
    guarded_by(text, guard)
}

/// The same for the text of a step in a rendered text; `next` is the number of the next step.
pub(super) fn guarded_before(text: &str, next: u32) -> String {
    guarded_by(text, |line| guard_before(line, next))
}

fn guarded_by(text: &str, guard: impl Fn(&str) -> String) -> String {
    let mut lines = split(text);
    fence::mark(&mut lines, &mut Faults::new(text));
    let shown: Vec<String> = lines
        .iter()
        .map(|line| if line.fenced { line.text.to_owned() } else { guard(line.text) })
        .collect();
    shown.join("\n")
}
