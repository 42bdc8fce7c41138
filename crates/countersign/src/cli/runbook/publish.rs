//! `countersign runbook publish`, `list` and `show`: runbooks on the server.

use super::super::Outcome;
use super::super::answer::{Answer, published};
use super::super::document;
use super::super::shell::Shell;
use super::super::table::{list, word};
use countersign_core::name::RunbookName;
use std::path::PathBuf;

/// Publish a version of a runbook; it never changes afterwards.
#[derive(Debug, clap::Args)]
#[command(after_help = "Only an administrator publishes. Every owner title has to mean a role of \
    the policy in force: a `title` line of the policy says which.")]
pub struct Publish {
    /// The file; `-` is standard input.
    file: PathBuf,
    /// The runbook's id, where the text does not show it.
    #[arg(long)]
    id: Option<RunbookName>,
}

impl Publish {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let find = |text: &str| super::find(text, self.id.as_ref());
        let document = document::to_publish(shell, &self.file, find)?;
        let client = shell.client()?;
        let call = client.at(&["runbooks"])?.maybe("id", self.id.as_ref().map(RunbookName::as_str));
        let answer = call.post_text(&document.text)?;
        shell.show(&answer, |answer| published(answer, &document.name))
    }
}

/// List the runbooks that were published.
#[derive(Debug, clap::Args)]
pub struct List {}

impl List {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["runbooks"])?.get()?;
        let columns = [
            ("runbook", "/name"),
            ("version", "/version"),
            ("title", "/title"),
            ("published", "/published_at"),
        ];
        shell.show(&answer, |answer| list(answer.items(), &columns, "no runbook was published yet"))
    }
}

/// Show a published runbook.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// Its name.
    name: String,
    /// The version; the latest when left out.
    #[arg(long)]
    version: Option<String>,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let version = self.version.as_deref();
        if shell.wants_json() {
            let answer = client.at(&["runbooks", &self.name])?.maybe("version", version).get()?;
            return shell.show(&answer, text);
        }
        let call = client.at(&["runbooks", &self.name, "export"])?.query("form", "text");
        shell.say(&call.maybe("version", version).get_text()?)?;
        Ok(super::super::Said::Yes)
    }
}

fn text(answer: &Answer) -> String {
    word(&answer.value, "/title")
}
