//! `countersign release concern`: what somebody doubts about a step.

use super::super::Outcome;
use super::super::shell::Shell;
use serde_json::json;

/// Raise and resolve concerns about steps.
#[derive(Debug, clap::Subcommand)]
pub enum Concern {
    /// Raise a concern about a step; the release is not approved while it stands.
    Raise(Raise),
    /// Resolve a concern, saying how.
    Resolve(Resolve),
}

impl Concern {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Raise(raise) => raise.run(shell),
            Self::Resolve(resolve) => resolve.run(shell),
        }
    }
}

/// Raise a concern about a step; the release is not approved while it stands.
#[derive(Debug, clap::Args)]
pub struct Raise {
    /// The release.
    release: String,
    /// The step's name.
    #[arg(long)]
    step: String,
    /// What it is about.
    #[arg(long)]
    text: String,
}

impl Raise {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let body = json!({ "step": self.step, "text": self.text });
        shell.show_receipt(&client.at(&["releases", &self.release, "concerns"])?.post(&body)?)
    }
}

/// Resolve a concern, saying how.
#[derive(Debug, clap::Args)]
pub struct Resolve {
    /// The release.
    release: String,
    /// The concern's number.
    number: u32,
    /// How it was resolved.
    #[arg(long)]
    text: String,
}

impl Resolve {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "concerns", &number, "resolve"])?;
        shell.show_receipt(&call.post(&json!({ "text": self.text }))?)
    }
}
