//! What changed between two versions of a runbook, side by side.
//!
//! Steps are matched by their names, so a renamed step is one gone and one new. Nothing here says
//! whether a change is for better or worse: what a runbook asks is the business of its reviewers.

use super::{Runbook, RunbookStep};
use crate::step::StepKind;
use crate::step::file_upload::NameRule;
use serde::{Deserialize, Serialize};

/// One thing that is not the same in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What: "purpose", "step `Sign the release`: time limit".
    pub subject: String,
    /// How the older version says it; empty for something new.
    pub before: String,
    /// How the newer version says it; empty for something gone.
    pub after: String,
}

/// A subject and what a version says about it.
type Told = (String, String);

/// Everything that differs, in the order in which a runbook is read. Which version it is, is no
/// difference.
pub fn differences(old: &Runbook, new: &Runbook) -> Vec<Difference> {
    let mut found = compared(about(old), about(new));
    found.extend(only_in(&old.when_to_use, &new.when_to_use, "when to use"));
    found.extend(only_in(&old.prerequisites, &new.prerequisites, "prerequisite"));
    for (number, step) in numbered(old) {
        match numbered(new).find(|(_, other)| other.name == step.name) {
            Some(other) => found.extend(compared(told(number, step), told(other.0, other.1))),
            None => found.push(gone(step)),
        }
    }
    let known = |step: &RunbookStep| old.steps.iter().any(|other| other.name == step.name);
    let added = new.steps.iter().filter(|step| !known(step));
    found.extend(added.map(|step| turned(gone(step))));
    found
}

fn numbered(runbook: &Runbook) -> impl Iterator<Item = (usize, &RunbookStep)> {
    runbook.steps.iter().enumerate().map(|(at, step)| (at + 1, step))
}

fn about(runbook: &Runbook) -> Vec<Told> {
    let list = |words: &[String]| words.join(", ");
    let facts = [
        ("title", runbook.title.clone()),
        ("authors", list(&runbook.authors)),
        ("reviewed by", list(&runbook.reviewed_by)),
        ("last reviewed", runbook.last_reviewed.map(|day| day.to_string()).unwrap_or_default()),
        ("lifecycle", runbook.lifecycle.clone()),
        ("type", runbook.kind.clone()),
        ("complexity", runbook.complexity.clone()),
        ("frameworks", list(&runbook.compliance)),
        ("estimate", runbook.estimated_minutes.map(|it| format!("{it} min")).unwrap_or_default()),
        ("summary", runbook.summary.clone()),
        ("purpose", runbook.purpose.clone()),
    ];
    facts.map(|(subject, text)| (subject.to_owned(), text)).into()
}

/// Everything a step says, each under the step's name.
fn told(number: usize, step: &RunbookStep) -> Vec<Told> {
    let title = &step.title;
    let after = step.after.as_ref().map(|after| {
        let numbers: Vec<String> = after.iter().map(ToString::to_string).collect();
        if numbers.is_empty() { "no other step".into() } else { numbers.join(", ") }
    });
    let notes = step.notes.iter().map(|note| format!("{}: {}", note.reviewer, note.text));
    let facts = [
        ("place", number.to_string()),
        ("title", step.title.clone()),
        ("type", step.kind.word().to_owned()),
        ("owner", step.owner.clone()),
        ("time limit", step.sla.to_string()),
        ("escalation", step.escalation.clone()),
        ("waits for", after.unwrap_or_else(|| "every earlier step".into())),
        ("asks for", asks(&step.kind)),
        ("text", step.text.clone()),
        ("notes", notes.collect::<Vec<_>>().join("\n")),
    ];
    facts.map(|(subject, text)| (format!("step `{title}`: {subject}"), text)).into()
}

/// What a kind is configured with, as far as a runbook says it.
fn asks(kind: &StepKind) -> String {
    match kind {
        StepKind::Manual(_) | StepKind::Approval(_) => String::new(),
        StepKind::FileUpload(upload) => {
            let rule = match upload.name_rule {
                NameRule::Ignore => "any name",
                NameRule::Warn => "a name that should hold the checkpoint",
                NameRule::Block => "a name that must hold the checkpoint",
            };
            let parts = upload.parts.join(", ");
            let parts = if parts.is_empty() { "one file".to_owned() } else { parts };
            format!("{parts}; {rule}")
        }
        StepKind::Form(form) => {
            let labels: Vec<&str> = form.fields.iter().map(|field| field.label.as_str()).collect();
            labels.join("\n")
        }
        StepKind::Webhook(webhook) => webhook.endpoint.clone(),
    }
}

/// Both tell the same subjects in the same order.
fn compared(old: Vec<Told>, new: Vec<Told>) -> Vec<Difference> {
    let pairs = old.into_iter().zip(new).filter(|((_, before), (_, after))| before != after);
    pairs.map(|((subject, before), (_, after))| Difference { subject, before, after }).collect()
}

/// Lines of a list that only one version has.
fn only_in(old: &[String], new: &[String], subject: &str) -> Vec<Difference> {
    let one = |before: &str, after: &str| Difference {
        subject: subject.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| one(line, ""));
    let added = new.iter().filter(|line| !old.contains(line)).map(|line| one("", line));
    gone.chain(added).collect()
}

/// A step that only the older version has.
fn gone(step: &RunbookStep) -> Difference {
    let before = format!("{} ({}, {}, {})", step.title, step.kind.word(), step.owner, step.sla);
    Difference { subject: format!("step `{}`", step.title), before, after: String::new() }
}

fn turned(difference: Difference) -> Difference {
    let Difference { subject, before, after } = difference;
    Difference { subject, before: after, after: before }
}
