//! `countersign deployment`: what went where, and the statement due afterwards.

use super::Outcome;
use super::shell::Shell;
use clap::ValueEnum;
use serde_json::json;

/// Record deployments, and confirm them.
#[derive(Debug, clap::Subcommand)]
pub enum Deployment {
    /// Record that an approved release was deployed.
    Record(Record),
    /// Make the three statements about a deployment.
    Confirm(Confirm),
}

impl Deployment {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Record(record) => record.run(shell),
            Self::Confirm(confirm) => confirm.run(shell),
        }
    }
}

/// Record that an approved release was deployed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A release that is not approved for the environment is refused. The release \
    before it in that environment is superseded.\n\nExample:\n  countersign deployment record r-3f… \
    --environment production --change CHG-1042"
)]
pub struct Record {
    /// The release.
    release: String,
    /// Where.
    #[arg(long, value_name = "NAME")]
    environment: String,
    /// The change ticket.
    #[arg(long, value_name = "REFERENCE")]
    change: Option<String>,
    /// When: a moment like 2026-05-11T09:00:00Z, or a day, which means its begin; now when left
    /// out.
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
}

impl Record {
    fn run(&self, shell: &Shell) -> Outcome {
        let mut body = json!({ "environment": self.environment });
        if let Some(change) = &self.change {
            body["change_reference"] = change.as_str().into();
        }
        if let Some(at) = &self.at {
            body["at"] = at.as_str().into();
        }
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["releases", &self.release, "deployments"])?.post(&body)?)
    }
}

/// Make the three statements about a deployment.
#[derive(Debug, clap::Args)]
#[command(after_help = "Due within the time the policy sets after the deployment, 48 hours by \
    default.\n\nExample:\n  countersign deployment confirm r-3f… --environment production \\\n    \
    --within-parameters yes --monitoring-active yes --no-issues yes")]
pub struct Confirm {
    /// The release.
    release: String,
    /// Where.
    #[arg(long, value_name = "NAME")]
    environment: String,
    /// The model works within its expected limits.
    #[arg(long)]
    within_parameters: Statement,
    /// Monitoring is running and sees data.
    #[arg(long)]
    monitoring_active: Statement,
    /// Nothing went wrong.
    #[arg(long)]
    no_issues: Statement,
    /// More about it; needed where a statement is no.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// A statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Statement {
    Yes,
    No,
}

impl Statement {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

impl Confirm {
    fn run(&self, shell: &Shell) -> Outcome {
        let mut body = json!({
            "within_parameters": self.within_parameters.word(),
            "monitoring_active": self.monitoring_active.word(),
            "no_issues": self.no_issues.word(),
        });
        if let Some(note) = &self.note {
            body["note"] = note.as_str().into();
        }
        let client = shell.client()?;
        let path = ["releases", &self.release, "deployments", &self.environment, "confirm"];
        shell.show_receipt(&client.at(&path)?.post(&body)?)
    }
}
