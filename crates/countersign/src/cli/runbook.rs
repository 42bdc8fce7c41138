//! `countersign runbook`: check, convert and publish runbooks.

mod diff;
mod export;
mod publish;

use super::Outcome;
use super::document::{self, Findings};
use super::shell::Shell;
use countersign_core::name::RunbookName;
use countersign_formats::runbook::{Options, parse_with};
use std::path::PathBuf;

/// Check, convert and publish runbooks.
#[derive(Debug, clap::Subcommand)]
pub enum Runbook {
    /// Name every fault of a runbook, with its line and the remedy.
    Check(Check),
    /// Print a runbook as Markdown with front matter, or as plain text.
    Export(export::Export),
    /// Show what is not the same in two versions of a runbook, side by side.
    Diff(diff::Diff),
    /// Publish a version of a runbook; it never changes afterwards.
    Publish(publish::Publish),
    /// List the runbooks that were published.
    List(publish::List),
    /// Show a published runbook.
    Show(publish::Show),
}

impl Runbook {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Check(check) => check.run(shell),
            Self::Export(export) => export.run(shell),
            Self::Diff(diff) => diff.run(shell),
            Self::Publish(publish) => publish.run(shell),
            Self::List(list) => list.run(shell),
            Self::Show(show) => show.run(shell),
        }
    }
}

/// Name every fault of a runbook, with its line and the remedy.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Reads Markdown with front matter and the text of a page that showed one. No \
    server is needed. Exit code 1 when a file has errors, 2 when one cannot be read.\n\nExamples:\n  \
    countersign runbook check runbooks/*.md\n  \
    countersign runbook check pasted.txt --id prompt-change"
)]
pub struct Check {
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The runbook's id, where the text does not show it.
    #[arg(long)]
    id: Option<RunbookName>,
}

impl Check {
    fn run(&self, shell: &Shell) -> Outcome {
        document::check(shell, &self.files, |text| find(text, self.id.as_ref()))
    }
}

/// What is wrong with a runbook, and what it is.
fn find(text: &str, id: Option<&RunbookName>) -> Findings {
    let parsed = parse_with(text, &Options { id: id.cloned() });
    let summary = parsed.runbook.map(|runbook| {
        format!("{} {}: {} steps", runbook.name, runbook.version, runbook.steps.len())
    });
    (parsed.diagnostics, summary)
}
