//! `countersign release submit`, `withdraw`, `suspend` and `resume`.

use super::super::Outcome;
use super::super::shell::Shell;
use serde_json::{Value, json};

/// Submit a release for review; its gate plan is fixed from then on.
#[derive(Debug, clap::Args)]
pub struct Submit {
    /// The release.
    release: String,
}

impl Submit {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        send(shell, &self.release, "submit", &json!({}))
    }
}

/// Take a release back, with a reason.
#[derive(Debug, clap::Args)]
pub struct Withdraw {
    #[command(flatten)]
    why: Why,
}

/// Stop a release everywhere at once, with a reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "Once the command succeeded, no server answers allow for it.")]
pub struct Suspend {
    #[command(flatten)]
    why: Why,
}

/// Let a suspended release run again, with a reason.
#[derive(Debug, clap::Args)]
pub struct Resume {
    #[command(flatten)]
    why: Why,
}

/// Keep a lower change type than the facts propose, with a reason that approvers see.
#[derive(Debug, clap::Args)]
#[command(after_help = "A draft that became more than it was asked for is not submitted before \
    its change type fits again, or somebody says why it does.")]
pub struct Override {
    #[command(flatten)]
    why: Why,
}

impl Override {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        self.why.send(shell, "override")
    }
}

/// Which release, and why.
#[derive(Debug, clap::Args)]
struct Why {
    /// The release.
    release: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Why {
    fn send(&self, shell: &Shell, what: &str) -> Outcome {
        send(shell, &self.release, what, &json!({ "reason": self.reason }))
    }
}

impl Withdraw {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        self.why.send(shell, "withdraw")
    }
}

impl Suspend {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        self.why.send(shell, "suspend")
    }
}

impl Resume {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        self.why.send(shell, "resume")
    }
}

fn send(shell: &Shell, release: &str, what: &str, body: &Value) -> Outcome {
    shell.show_receipt(&shell.client()?.at(&["releases", release, what])?.post(body)?)
}
