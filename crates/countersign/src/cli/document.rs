//! Policies and runbooks as local files: reading them, and telling what is wrong with them.

use super::shell::Shell;
use super::trouble::Trouble;
use super::{Outcome, Said};
use countersign_formats::diagnostic::{self, Diagnostic, Level};
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The longest text taken from a file, in bytes; what a policy or a runbook may hold is less.
const MAX_TEXT: u64 = 16 * 1024 * 1024;

/// A text and the name to call it by.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path as given; `standard input` for `-`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Document, Trouble> {
    let stdin = path == Path::new("-");
    let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let failed = |error| Trouble::io(format!("cannot read `{name}`"), &error);
    let mut bytes = Vec::new();
    let read = if stdin {
        std::io::stdin().take(MAX_TEXT + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MAX_TEXT + 1).read_to_end(&mut bytes))
    };
    read.map_err(failed)?;
    if bytes.len() as u64 > MAX_TEXT {
        let detail = format!("`{name}` holds more than 16 MiB");
        return Err(Trouble::fault(detail, "check that this is the right file"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Document { name, text }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
            let detail = format!("`{name}` is not UTF-8 text: line {line}, byte {at}");
            Err(Trouble::fault(detail, "save it as UTF-8"))
        }
    }
}

/// What checking one document found.
#[derive(Debug, Serialize)]
pub struct Checked {
    file: String,
    ok: bool,
    /// What it is, in words; empty when it cannot be told.
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    text: String,
}

/// The diagnostics of a text, and what it is when it is free of errors.
pub type Findings = (Vec<Diagnostic>, Option<String>);

/// Checks several files. Every file is checked, whatever is wrong with the ones before it.
pub fn check(shell: &Shell, files: &[PathBuf], find: impl Fn(&str) -> Findings) -> Outcome {
    let mut unread: Option<Trouble> = None;
    let mut all = Vec::new();
    for path in files {
        match read(path) {
            Err(trouble) => {
                if let Some(before) = unread.replace(trouble) {
                    before.report(shell);
                }
            }
            Ok(document) => {
                let (diagnostics, summary) = find(&document.text);
                let ok = !diagnostic::has_errors(&diagnostics) && summary.is_some();
                let summary = summary.unwrap_or_default();
                let Document { name, text } = document;
                all.push(Checked { file: name, ok, summary, diagnostics, text });
            }
        }
    }
    report(shell, &all)?;
    match unread {
        Some(trouble) => Err(trouble),
        None if all.iter().all(|one| one.ok) => Ok(Said::Yes),
        None => Ok(Said::No),
    }
}

fn report(shell: &Shell, all: &[Checked]) -> Result<(), Trouble> {
    if shell.wants_json() {
        let json = serde_json::to_string_pretty(all);
        return shell.say_as_is(&json.unwrap_or_else(|_| "[]".into()));
    }
    for one in all {
        if !one.diagnostics.is_empty() {
            excerpts(shell, one)?;
        }
        shell.say(&verdict(one))?;
    }
    Ok(())
}

fn excerpts(shell: &Shell, one: &Checked) -> Result<(), Trouble> {
    // What makes the file unusable comes last, where a terminal ends; both in their order.
    let (errors, rest): (Vec<_>, Vec<_>) =
        one.diagnostics.iter().cloned().partition(|found| found.level == Level::Error);
    let found: Vec<Diagnostic> = rest.into_iter().chain(errors).collect();
    if shell.shows_colours() {
        shell.say_as_is(&diagnostic::render_coloured(&one.file, &one.text, &found))
    } else {
        shell.say(&diagnostic::render(&one.file, &one.text, &found))
    }
}

fn verdict(one: &Checked) -> String {
    let count = |level: Level, word: &str| {
        let count = one.diagnostics.iter().filter(|found| found.level == level).count();
        match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            many => Some(format!("{many} {word}s")),
        }
    };
    let counts = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")];
    let counts: Vec<String> =
        counts.iter().filter_map(|(level, word)| count(*level, word)).collect();
    let rest = if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) };
    match one.ok {
        true => format!("{}: ok, {}{rest}", one.file, one.summary),
        false => format!("{}: not usable{rest}", one.file),
    }
}

/// The text of a document that is about to be published: what `check` warns of is said beside it,
/// because it will never change any more.
pub fn to_publish(
    shell: &Shell,
    path: &Path,
    find: impl Fn(&str) -> Findings,
) -> Result<Document, Trouble> {
    let document = sound(shell, path, &find)?;
    let (diagnostics, _) = find(&document.text);
    for one in diagnostics.iter().filter(|one| one.level == Level::Warning) {
        let (file, line, message) = (&document.name, one.line, &one.message);
        shell.remark(&format!("warning: {file}, line {line}: {message}"));
    }
    Ok(document)
}

/// The text of a document that has to be free of errors; what is wrong with it is told otherwise.
pub fn sound(
    shell: &Shell,
    path: &Path,
    find: impl Fn(&str) -> Findings,
) -> Result<Document, Trouble> {
    let document = read(path)?;
    let (diagnostics, summary) = find(&document.text);
    if summary.is_some() && !diagnostic::has_errors(&diagnostics) {
        return Ok(document);
    }
    let (file, text) = (document.name.clone(), document.text);
    let checked = Checked { file, ok: false, summary: String::new(), diagnostics, text };
    if !shell.wants_json() {
        excerpts(shell, &checked)?;
    }
    let detail = format!("`{}` has errors", document.name);
    let next = "correct what is named, then repeat the command";
    let trouble = Trouble::refused("document.faulty", detail, next);
    Err(checked.diagnostics.iter().filter(|one| one.level == Level::Error).fold(
        trouble,
        |trouble, one| {
            let message = format!("line {}, column {}: {}", one.line, one.column, one.message);
            trouble.because(one.code, message)
        },
    ))
}
