//! `countersign evidence list` and `show`.

use super::super::Outcome;
use super::super::answer::Answer;
use super::super::shell::Shell;
use super::super::table::{facts, list};
use super::reading;
use countersign_core::reading::Reading;
use serde_json::{Value, json};

/// List the evidence of a release.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The release.
    release: String,
}

impl List {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let release = shell.client()?.at(&["releases", &self.release])?.get()?;
        let evidence = release.value.get("evidence").cloned().unwrap_or_else(|| json!([]));
        let answer = Answer { text: evidence.to_string(), value: evidence };
        let columns = [
            ("evidence", "/evidence"),
            ("for", "/target"),
            ("name", "/name"),
            ("size", "/size"),
            ("format", "/format"),
            ("read", "/read"),
            ("by", "/by"),
            ("at", "/at"),
            ("withdrawn", "/withdrawn"),
        ];
        shell.show(&answer, |answer| list(answer.items(), &columns, "no evidence is attached yet"))
    }
}

/// Show what was read from a piece of evidence.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The release.
    release: String,
    /// The evidence: `e1`.
    evidence: String,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = client.at(&["releases", &self.release, "evidence", &self.evidence])?.get()?;
        shell.show(&answer, text)
    }
}

fn text(answer: &Answer) -> String {
    let head = facts(
        &answer.value,
        &[
            ("evidence", "/evidence"),
            ("name", "/name"),
            ("digest", "/sha256"),
            ("size", "/size"),
            ("for", "/target"),
            ("parts", "/parts"),
            ("attached by", "/by"),
            ("at", "/at"),
            ("withdrawn", "/withdrawn"),
            ("redacted", "/redacted"),
            ("replaces", "/replaces"),
            ("opened by", "/opened_by"),
        ],
    );
    let found: Option<Reading> = match answer.value.get("reading") {
        None | Some(Value::Null) => None,
        Some(reading) => serde_json::from_value(reading.clone()).ok(),
    };
    match found {
        Some(found) => format!("{head}\n\n{}", reading::text(&found)),
        None => format!("{head}\n\nno reader knows it: it is kept as plain evidence"),
    }
}
