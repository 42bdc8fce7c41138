//! `countersign incident assign`, `severity`, `note`, `link`, `suspension` and `close`.

use super::super::Outcome;
use super::super::shell::Shell;
use super::super::who;
use countersign_core::incident;
use serde_json::{Value, json};

fn send(shell: &Shell, incident: &str, what: &str, body: &Value) -> Outcome {
    shell.show_receipt(&shell.client()?.at(&["incidents", incident, what])?.post(body)?)
}

/// Say who sees to it.
#[derive(Debug, clap::Args)]
pub struct Assign {
    /// The incident.
    incident: String,
    /// Who, by address, name or id.
    owner: String,
}

impl Assign {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let owner = who::person(&shell.client()?, &self.owner)?;
        send(shell, &self.incident, "assign", &json!({ "owner": owner }))
    }
}

/// Change how bad it is, with a reason.
#[derive(Debug, clap::Args)]
pub struct Severity {
    /// The incident.
    incident: String,
    /// `low`, `medium`, `high` or `critical`.
    severity: incident::Severity,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Severity {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({ "severity": self.severity.to_string(), "reason": self.reason });
        send(shell, &self.incident, "severity", &body)
    }
}

/// Write something down about it.
#[derive(Debug, clap::Args)]
pub struct Note {
    /// The incident.
    incident: String,
    /// What to write down.
    #[arg(long)]
    text: String,
}

impl Note {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        send(shell, &self.incident, "notes", &json!({ "text": self.text }))
    }
}

/// Say what it is about, too: a release, criteria that should have caught it.
#[derive(Debug, clap::Args)]
pub struct Link {
    /// The incident.
    incident: String,
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

impl Link {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({
            "model": self.model, "environment": self.environment, "release": self.release,
            "criteria": self.criteria,
        });
        send(shell, &self.incident, "links", &body)
    }
}

/// Say what was decided about a suspension.
#[derive(Debug, clap::Args)]
#[command(after_help = "To suspend the release itself: `countersign release suspend`.")]
pub struct Suspension {
    /// The incident.
    incident: String,
    /// `suspended`, once the release is; or `not_needed`.
    answer: incident::Suspension,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Suspension {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({ "answer": self.answer.to_string(), "reason": self.reason });
        send(shell, &self.incident, "suspension", &body)
    }
}

/// Close it with its root cause.
#[derive(Debug, clap::Args)]
pub struct Close {
    /// The incident.
    incident: String,
    /// How it ended: `corrected`, `rolled_back`, `retired`, `risk_accepted` or `false_alarm`.
    #[arg(long)]
    outcome: incident::Outcome,
    /// Why it happened.
    #[arg(long)]
    root_cause: String,
}

impl Close {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({ "outcome": self.outcome.to_string(), "root_cause": self.root_cause });
        send(shell, &self.incident, "close", &body)
    }
}
