//! `countersign policy source`: the text of a published policy, exactly as it was published.

use super::super::shell::Shell;
use super::super::{Outcome, Said};
use super::{diff, show};
use serde_json::json;

/// Print the text of a published policy, exactly as it was published.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  countersign policy source model-release > release.policy\n  \
    countersign policy source model-release 1.0")]
pub struct Source {
    /// The policy.
    name: String,
    /// The version; the one in force when left out.
    version: Option<String>,
}

impl Source {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let version = match &self.version {
            Some(version) => version.clone(),
            None => show::latest(shell, &self.name)?,
        };
        let source = diff::source(shell, &self.name, &version)?;
        if shell.wants_json() {
            let told = json!({ "name": self.name, "version": version, "source": source });
            shell.say_as_is(&told.to_string())?;
        } else {
            shell.say_as_is(source.trim_end_matches('\n'))?;
        }
        Ok(Said::Yes)
    }
}
