//! `countersign policy review`, `trigger` and `reviews`: looking at the policy itself again.

use super::super::Outcome;
use super::super::shell::Shell;
use super::super::table::{list, word};
use super::super::trouble::Trouble;
use countersign_core::register::{ReviewConclusion, TriggerKind};
use serde_json::{Value, json};

/// Record a review of a policy.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Whoever keeps the policy, or sits in the body that approves it, does this. \
    Every open review of the policy is closed by it, and the time until the next regular review \
    begins anew.\n\nExample:\n  countersign policy review model-release 1.0 --outcome keep --text \
    \"The three rollbacks had one cause, which is mended\""
)]
pub struct Review {
    /// The policy's name.
    name: String,
    /// Its version.
    version: String,
    /// `keep` when it stays as it is, `revise` when a new version is to be written.
    #[arg(long)]
    outcome: ReviewConclusion,
    /// What was found.
    #[arg(long, value_name = "TEXT")]
    text: String,
}

impl Review {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({ "outcome": self.outcome.word(), "text": self.text });
        let client = shell.client()?;
        let call = client.at(&["policies", &self.name, &self.version, "review"])?;
        shell.show_receipt(&call.post(&body)?)
    }
}

/// Ask for a review of a policy, because something changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "The program asks by itself when a runbook gets a new version, when an \
    environment or a deployment token is added, and when too many releases failed. This is for \
    what it cannot see.\n\nExample:\n  countersign policy trigger tooling --text \"We deploy with \
    another orchestrator from June on\"")]
pub struct Trigger {
    /// `process`, `tooling`, `failures` or `annual`.
    kind: TriggerKind,
    #[command(flatten)]
    which: Which,
    /// What happened.
    #[arg(long, value_name = "TEXT")]
    text: String,
}

/// Which policy.
#[derive(Debug, clap::Args)]
struct Which {
    /// The policy's name; the one in force when left out.
    #[arg(requires = "version")]
    name: Option<String>,
    /// Its version.
    version: Option<String>,
}

impl Which {
    fn policy(&self, shell: &Shell) -> Result<(String, String), Trouble> {
        if let (Some(name), Some(version)) = (&self.name, &self.version) {
            return Ok((name.clone(), version.clone()));
        }
        let answer = shell.client()?.at(&["policies"])?.get()?;
        let in_force = answer.items().iter().find(|one| one["in_force"] == true).cloned();
        let in_force = in_force.ok_or_else(|| {
            Trouble::usage("no policy is in force".to_owned(), "name the policy and its version")
        })?;
        Ok((word(&in_force, "/name"), word(&in_force, "/version")))
    }
}

impl Trigger {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let (name, version) = self.which.policy(shell)?;
        let body = json!({ "trigger": self.kind.word(), "text": self.text });
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["policies", &name, &version, "reviews"])?.post(&body)?)
    }
}

/// List what asked for reviews of a policy, and what they came to.
#[derive(Debug, clap::Args)]
pub struct Reviews {
    #[command(flatten)]
    which: Which,
}

impl Reviews {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let (name, version) = self.which.policy(shell)?;
        let answer = shell.client()?.at(&["policies", &name, &version, "reviews"])?.get()?;
        let columns = [
            ("number", "/number"),
            ("state", "/state"),
            ("trigger", "/trigger"),
            ("opened", "/opened_at"),
            ("facts", "/facts"),
            ("asked because", "/asked_because"),
            ("found", "/text"),
        ];
        shell.show(&answer, |answer| {
            let items: Vec<Value> = answer.items().iter().map(with_facts).collect();
            let next = answer.word("/next_review");
            let none = "no review was asked for yet";
            format!("{name} {version}: next review by {next}\n{}", list(&items, &columns, none))
        })
    }
}

fn with_facts(item: &Value) -> Value {
    let mut item = item.clone();
    let changed = word(&item, "/changed");
    let failures = item["failures"].as_array().cloned().unwrap_or_default();
    let failures: Vec<String> = failures
        .iter()
        .map(|one| format!("{} {}", word(one, "/release"), word(one, "/kind")))
        .collect();
    let facts = [changed, failures.join(", ")].into_iter().filter(|part| !part.is_empty());
    item["facts"] = facts.collect::<Vec<_>>().join("; ").into();
    item
}
