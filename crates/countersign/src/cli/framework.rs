//! `countersign framework`: which records answer which clause of a law or a standard.

use super::answer::Answer;
use super::shell::Shell;
use super::table::{boxed, list, word};
use super::{Outcome, Said};
use serde_json::Value;

/// See which records of releases answer which clause of a law or a standard.
#[derive(Debug, clap::Subcommand)]
pub enum Framework {
    /// List the frameworks the server knows.
    List(List),
    /// Report obligation, record and gap, for one release or for all that run.
    Report(Report),
}

impl Framework {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::List(list) => list.run(shell),
            Self::Report(report) => report.run(shell),
        }
    }
}

/// List the frameworks the server knows.
#[derive(Debug, clap::Args)]
pub struct List {}

impl List {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["frameworks"])?.get()?;
        let columns = [("framework", "/name"), ("title", "/title"), ("edition", "/edition")];
        shell.show(&answer, |answer| list(answer.items(), &columns, "the server knows none"))
    }
}

/// Report obligation, record and gap, for one release or for all that run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 when a record is missing.\n\nExamples:\n  \
    countersign framework report eu-ai-act\n  \
    countersign framework report iso-42001 --release r-0198c2f4e1a2b3")]
pub struct Report {
    /// The framework: `eu-ai-act`, `iso-42001`, `nist-ai-rmf`.
    name: String,
    /// One release; every release that runs or may run when left out.
    #[arg(long)]
    release: Option<String>,
}

impl Report {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["frameworks", &self.name, "report"])?;
        let answer = call.maybe("release", self.release.as_deref()).get()?;
        shell.show(&answer, text)?;
        let gaps = answer.value.pointer("/has_gaps") == Some(&Value::Bool(true));
        Ok(if gaps { Said::No } else { Said::Yes })
    }
}

fn text(answer: &Answer) -> String {
    let releases = answer.value.pointer("/releases").and_then(Value::as_array);
    let releases: &[Value] = releases.map_or(&[], Vec::as_slice);
    if releases.is_empty() {
        return "no release runs or may run: there is nothing to report".to_owned();
    }
    let told = releases.iter().map(|release| {
        let heading = format!("{} ({})", word(release, "/title"), word(release, "/release"));
        format!("{heading}\n{}", clauses(release))
    });
    told.collect::<Vec<_>>().join("\n\n")
}

fn clauses(release: &Value) -> String {
    let all = release.pointer("/clauses").and_then(Value::as_array);
    let rows = all.into_iter().flatten().map(|clause| {
        let name = format!("{} {}", word(clause, "/clause"), word(clause, "/title"));
        let cited = word(clause, "/cited");
        let name = if cited.is_empty() { name } else { format!("{name}\ncited as: {cited}") };
        vec![name, word(clause, "/duty"), records(clause), standing(clause)]
    });
    boxed(&["Clause", "Obligation", "Records", "Gap"], rows.collect())
}

fn records(clause: &Value) -> String {
    let all = clause.pointer("/records").and_then(Value::as_array);
    let told = all.into_iter().flatten().map(|record| {
        format!("{}: {}", word(record, "/record"), word(record, "/held").replace('_', " "))
    });
    told.collect::<Vec<_>>().join("\n")
}

fn standing(clause: &Value) -> String {
    let from = word(clause, "/binds_from");
    let gap = match (word(clause, "/applies").as_str(), word(clause, "/gap").as_str()) {
        ("no", _) => "other tiers",
        (_, "yes") => "gap",
        (_, _) => "none",
    };
    if from.is_empty() { gap.to_owned() } else { format!("{gap}\nbinds from {from}") }
}
