//! `countersign environment freeze` and `lift-freeze`.

use super::super::Outcome;
use super::super::shell::Shell;
use countersign_core::name::EnvironmentName;
use serde_json::json;

/// Declare a freeze: nothing new is deployed in its time.
#[derive(Debug, clap::Args)]
#[command(after_help = "What runs keeps running, a rollback and an emergency are let through. \
    `countersign entries freeze` lists freezes with their numbers.\n\nExample:\n  countersign \
    environment freeze production --name \"year end\" --from 2026-12-18 --until 2027-01-03 \\\n    \
    --reason \"the books are closed\"")]
pub struct Freeze {
    /// The environments.
    #[arg(required = true)]
    environments: Vec<EnvironmentName>,
    /// What people call it.
    #[arg(long)]
    name: String,
    /// From when: a moment, or the day with which it begins; at once when left out.
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
    /// Until when: a moment, or its last day.
    #[arg(long, value_name = "WHEN")]
    until: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Freeze {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({
            "name": self.name, "environments": self.environments, "from": self.from,
            "until": self.until, "reason": self.reason,
        });
        shell.show_receipt(&shell.client()?.at(&["freezes"])?.post(&body)?)
    }
}

/// Lift a freeze before its end.
#[derive(Debug, clap::Args)]
#[command(after_help = "Whoever deploys lifts no freeze.")]
pub struct LiftFreeze {
    /// Its number.
    number: u32,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl LiftFreeze {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let number = self.number.to_string();
        let client = shell.client()?;
        let call = client.at(&["freezes", &number, "lift"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}
