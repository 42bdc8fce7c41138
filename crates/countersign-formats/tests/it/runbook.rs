//! Runbooks in both text forms.

mod broken;
mod catalog;
mod difference;
mod forms;
mod properties;
mod reference;
mod shared;
mod styles;

use countersign_core::runbook::Runbook;
use countersign_formats::diagnostic::{Diagnostic, Level, render};
use countersign_formats::runbook::parse;

const MARKDOWN: &str = include_str!("../runbooks/adapter-rollout.md");
const RENDERED: &str = include_str!("../runbooks/adapter-rollout.txt");

/// The runbook of a text without errors, and every remark on it.
fn read(source: &str) -> (Runbook, Vec<Diagnostic>) {
    let parsed = parse(source);
    let shown = render("runbook", source, &parsed.diagnostics);
    (parsed.runbook.unwrap_or_else(|| panic!("{shown}")), parsed.diagnostics)
}

/// The errors of a text: code and line.
fn errors(source: &str) -> Vec<(&'static str, u32)> {
    remarks(source, Level::Error)
}

fn remarks(source: &str, level: Level) -> Vec<(&'static str, u32)> {
    let parsed = parse(source);
    let found = parsed.diagnostics.iter().filter(|diagnostic| diagnostic.level == level);
    found.map(|diagnostic| (diagnostic.code, diagnostic.line)).collect()
}

/// The number of the first line that is this one.
fn line(source: &str, wanted: &str) -> u32 {
    let at = source.lines().position(|line| line.trim() == wanted);
    u32::try_from(at.unwrap_or_else(|| panic!("no line `{wanted}`")) + 1).unwrap()
}
