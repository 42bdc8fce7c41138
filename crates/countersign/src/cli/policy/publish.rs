//! `countersign policy publish` and `list`: policies on the server.

use super::super::Outcome;
use super::super::answer::published;
use super::super::document;
use super::super::shell::Shell;
use super::super::table::list;
use std::path::PathBuf;

/// Publish a policy; it never changes afterwards.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Only an administrator publishes. Releases submitted before keep the policy \
    they were submitted under. A policy is in force from its effective date on, once it is \
    approved: `countersign policy approve`."
)]
pub struct Publish {
    /// The file; `-` is standard input.
    file: PathBuf,
}

impl Publish {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let document = document::to_publish(shell, &self.file, super::find)?;
        let answer = shell.client()?.at(&["policies"])?.post_text(&document.text)?;
        shell.show(&answer, |answer| {
            let next = format!(
                "it waits for its approval: countersign policy approve {} {}",
                answer.word("/name"),
                answer.word("/version")
            );
            format!("{}\n{next}", published(answer, &document.name))
        })
    }
}

/// List the policies that were published.
#[derive(Debug, clap::Args)]
pub struct List {}

impl List {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["policies"])?.get()?;
        let columns = [
            ("policy", "/name"),
            ("version", "/version"),
            ("effective", "/effective"),
            ("published", "/published_at"),
            ("state", "/state"),
            ("loosens", "/loosens"),
            ("in force", "/in_force"),
        ];
        shell.show(&answer, |answer| list(answer.items(), &columns, "no policy was published yet"))
    }
}
