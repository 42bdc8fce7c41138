//! `countersign release records`: what is kept of a release, and until when.

use super::super::Outcome;
use super::super::answer::Answer;
use super::super::shell::Shell;
use super::super::table::list;
use serde_json::Value;

/// Show what is kept of a release, until when, and what holds it.
#[derive(Debug, clap::Args)]
pub struct Records {
    /// The release.
    release: String,
}

impl Records {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = client.at(&["releases", &self.release, "records"])?.get()?;
        shell.show(&answer, told)
    }
}

fn told(answer: &Answer) -> String {
    let mut lines = vec![answer.word("/title"), format!("kept {}", answer.word("/kept"))];
    for hold in items(answer, "holds").iter().filter(|hold| hold["lifted_at"].is_null()) {
        let word = |key: &str| hold[key].as_str().unwrap_or_default();
        lines.push(format!("legal hold {} since {}", hold["number"], word("placed_at")));
    }
    let due = items(answer, "due");
    if !due.is_empty() {
        let due: Vec<&str> = due.iter().filter_map(Value::as_str).collect();
        lines.push(format!("may be purged: {}", due.join(", ")));
    }
    for record in items(answer, "records") {
        let word = |key: &str| record[key].as_str().unwrap_or_default();
        lines.push(format!("\n{}: {}", word("title"), word("state").replace('_', " ")));
        for missing in record["missing"].as_array().into_iter().flatten() {
            lines.push(format!("  missing: {}", missing.as_str().unwrap_or_default()));
        }
        let pieces = record["pieces"].as_array().cloned().unwrap_or_default();
        if !pieces.is_empty() {
            let columns =
                [("what", "/what"), ("at", "/at"), ("by", "/by"), ("purged", "/purged_at")];
            lines.push(list(&pieces, &columns, ""));
        }
    }
    lines.join("\n")
}

fn items(answer: &Answer, key: &str) -> Vec<Value> {
    answer.value[key].as_array().cloned().unwrap_or_default()
}
