//! `countersign meeting show`: a session with its table and its votes.

use super::super::Outcome;
use super::super::answer::Answer;
use super::super::reason::Names;
use super::super::shell::Shell;
use super::super::table::{facts, word};
use serde_json::Value;

/// Show a session: its members, its table, its votes and its minutes.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The session.
    meeting: String,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = client.at(&["meetings", &self.meeting])?.get()?;
        let names = Names::of(&client);
        shell.show(&answer, |answer| text(answer, &names))
    }
}

fn text(answer: &Answer, names: &Names) -> String {
    let head = [
        ("session", "/meeting"),
        ("title", "/title"),
        ("at", "/at"),
        ("state", "/state"),
        ("urgent", "/urgent"),
        ("committee", "/role"),
        ("chaired by", "/chair"),
        ("members", "/members"),
        ("quorum", "/quorum"),
        ("decides by", "/decides_by"),
        ("minutes", "/minutes"),
    ];
    let mut value = answer.value.clone();
    for member in value["members"].as_array_mut().into_iter().flatten() {
        *member = member.as_str().map(|id| names.get(id).to_owned()).unwrap_or_default().into();
    }
    if value["members"].as_array().is_some_and(Vec::is_empty) {
        value["members"] = "whoever holds the committee's role when it is opened".into();
    }
    let mut parts = vec![facts(&value, &head)];
    let items = answer.value["items"].as_array();
    parts.extend(items.into_iter().flatten().map(|one| item(one, names)));
    parts.join("\n\n")
}

fn item(one: &Value, names: &Names) -> String {
    let (number, title) = (word(one, "/number"), word(one, "/title"));
    let mut lines = vec![format!("{number}. {title} ({})", word(one, "/state"))];
    for vote in one["votes"].as_array().into_iter().flatten() {
        let person = word(vote, "/person");
        let reason = word(vote, "/reason");
        let because = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        lines.push(format!("   {} {}{because}", names.get(&person), word(vote, "/vote")));
    }
    for person in one["recused"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        lines.push(format!("   {} stepped back", names.get(person)));
    }
    lines.join("\n")
}
