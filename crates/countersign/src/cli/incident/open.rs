//! `countersign incident open`: something went wrong.

use super::super::Outcome;
use super::super::shell::Shell;
use countersign_core::incident::Severity;
use serde_json::json;

/// Open an incident. Anybody may.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign incident open --title \"Names the wrong customer\" \
    --severity high --release r-0123456789abcd --text \"two agents reported it\""
)]
pub struct Open {
    /// What people call it.
    #[arg(long)]
    title: String,
    /// What happened.
    #[arg(long)]
    text: String,
    /// How bad it is: `low`, `medium`, `high` or `critical`.
    #[arg(long)]
    severity: Severity,
    /// The model, by its short name.
    #[arg(long)]
    model: Option<String>,
    /// Where it happened.
    #[arg(long)]
    environment: Option<String>,
    /// The release that ran.
    #[arg(long)]
    release: Option<String>,
    /// A criterion of the release's plan that should have caught it. Can be repeated.
    #[arg(long = "criterion", value_name = "NAME")]
    criteria: Vec<String>,
}

impl Open {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({
            "title": self.title, "text": self.text, "severity": self.severity.to_string(),
            "model": self.model, "environment": self.environment, "release": self.release,
            "criteria": self.criteria,
        });
        shell.show_receipt(&shell.client()?.at(&["incidents"])?.post(&body)?)
    }
}
