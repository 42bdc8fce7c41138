//! `countersign runbook diff`: two versions of a runbook, side by side.

use super::super::document;
use super::super::shell::Shell;
use super::super::table::boxed;
use super::super::trouble::Trouble;
use super::super::{Outcome, Said};
use countersign_core::name::RunbookName;
use countersign_core::runbook::Runbook;
use countersign_core::runbook::difference::{Difference, differences};
use countersign_formats::runbook::parse;
use serde_json::json;
use std::path::Path;

/// Show what is not the same in two versions of a runbook, side by side.
#[derive(Debug, clap::Args)]
#[command(after_help = "Each version is a file, `-` for standard input, or NAME@VERSION of a \
    published runbook; files need no server. Steps are matched by name.\n\nExamples:\n  \
    countersign runbook diff old.md new.md\n  \
    countersign runbook diff prompt-change@1.0.0 prompt-change.md")]
pub struct Diff {
    /// The older version.
    #[arg(value_name = "OLD")]
    old: String,
    /// The newer version.
    #[arg(value_name = "NEW")]
    new: String,
}

impl Diff {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let (old, new) = (read(shell, &self.old)?, read(shell, &self.new)?);
        let found = differences(&old, &new);
        if shell.wants_json() {
            let json = json!({
                "name": new.name, "from": old.version, "to": new.version, "differences": found,
            });
            shell.say_as_is(&json.to_string())?;
        } else {
            shell.say(&text(&old, &new, &found))?;
        }
        Ok(Said::Yes)
    }
}

/// A file first: a published runbook is named only by what cannot be one.
fn read(shell: &Shell, given: &str) -> Result<Runbook, Trouble> {
    let published = given.split_once('@').filter(|_| !Path::new(given).exists());
    let name = published.and_then(|(name, version)| Some((RunbookName::new(name).ok()?, version)));
    let Some((name, version)) = name else {
        let source = document::sound(shell, Path::new(given), |text| super::find(text, None))?;
        return parse(&source.text).runbook.ok_or_else(|| {
            Trouble::fault(
                format!("`{given}` cannot be read"),
                "run `countersign runbook check` on it",
            )
        });
    };
    let client = shell.client()?;
    let call = client.at(&["runbooks", name.as_str()])?.query("version", version);
    let answer = call.get()?;
    serde_json::from_value(answer.value["runbook"].clone()).map_err(|error| {
        let next = "use the program of the server's version";
        Trouble::fault("this version of the program cannot read the published runbook", next)
            .because("answer.shape", error)
    })
}

fn text(old: &Runbook, new: &Runbook, found: &[Difference]) -> String {
    if found.is_empty() {
        return "both say the same".to_owned();
    }
    let rows =
        found.iter().map(|one| vec![one.subject.clone(), one.before.clone(), one.after.clone()]);
    let (before, after) = (label(old), label(new));
    boxed(&["What", &before, &after], rows.collect())
}

fn label(runbook: &Runbook) -> String {
    format!("{} {}", runbook.name, runbook.version)
}
