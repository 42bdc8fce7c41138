//! `countersign control publish`, `list` and `show`: controls on the server.

use super::super::answer::{Answer, published};
use super::super::document;
use super::super::shell::Shell;
use super::super::table::{list, word};
use super::super::{Outcome, Said};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Publish a version of a control; it never changes afterwards.
#[derive(Debug, clap::Args)]
#[command(after_help = "Only an administrator publishes. Every policy, runbook, checklist item, \
    criterion and kind of evidence the control points to has to be there.")]
pub struct Publish {
    /// The file; `-` is standard input.
    file: PathBuf,
}

impl Publish {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let document = document::to_publish(shell, &self.file, super::find)?;
        let answer = shell.client()?.at(&["controls"])?.post_text(&document.text)?;
        shell.show(&answer, |answer| published(answer, &document.name))
    }
}

/// List the controls that were published.
#[derive(Debug, clap::Args)]
pub struct List {}

impl List {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["controls"])?.get()?;
        let columns = [
            ("control", "/control"),
            ("version", "/version"),
            ("title", "/title"),
            ("published", "/published_at"),
        ];
        let none = "no control was published yet: `countersign control publish FILE`";
        shell.show(&answer, |answer| list(answer.items(), &columns, none))
    }
}

/// Show a control, and whether what it points to is there.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 when it points to something that is not there any more.")]
pub struct Show {
    /// The control: `CHM-002`.
    control: String,
    /// The version; the latest when left out.
    #[arg(long)]
    version: Option<String>,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["controls", &self.control])?;
        let answer = call.maybe("version", self.version.as_deref()).get()?;
        shell.show(&answer, text)?;
        let gaps = answer.value.pointer("/has_gaps") == Some(&Value::Bool(true));
        Ok(if gaps { Said::No } else { Said::Yes })
    }
}

fn text(answer: &Answer) -> String {
    let record = &answer.value["record"];
    let mut text = format!(
        "{} {}: {}\n\n{}\n\n",
        answer.word("/control"),
        answer.word("/version"),
        answer.word("/title"),
        word(record, "/objective")
    );
    for (label, at) in [
        ("domain", "/domain"),
        ("typical owner", "/typical_owner"),
        ("effort", "/effort"),
        ("concerns agents", "/agent_relevant"),
    ] {
        let _ = writeln!(text, "{label}: {}", word(record, at));
    }
    text.push_str("\nevidence asked for:\n");
    for asked in record["evidence"].as_array().into_iter().flatten() {
        let _ = writeln!(text, "  - {}", word(asked, "/asks"));
    }
    text.push_str("\ncarried out by:\n");
    for link in answer.value["links"].as_array().into_iter().flatten() {
        let (kind, name) = (word(link, "/kind"), word(link, "/name"));
        let title = match word(link, "/title") {
            title if title.is_empty() => "NOT THERE".to_owned(),
            title => title,
        };
        let _ = writeln!(text, "  {kind} {name}: {title}");
    }
    text
}
