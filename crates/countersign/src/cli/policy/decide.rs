//! `countersign policy approve` and `decline`: the body a policy names decides about it.

use super::super::Outcome;
use super::super::answer::Answer;
use super::super::shell::Shell;
use serde_json::{Value, json};

/// Approve a published policy.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Somebody holding the role the policy in force names as `approved by` does this; \
    for the first policy, the role it names itself. Whoever published it cannot. A version that \
    asks less than the one before needs two people; `policy list` says what it loosens.\n\n\
    Example:\n  countersign policy approve model-release 1.1"
)]
pub struct Approve {
    /// The policy's name.
    name: String,
    /// Its version.
    version: String,
    /// What you want to say.
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
}

impl Approve {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let listed = client.at(&["policies"])?.get()?;
        let loosens = listed.items().iter().filter(|one| self.is(one));
        let loosens = loosens.flat_map(|one| one["loosens"].as_array().into_iter().flatten());
        let lines: Vec<&str> = loosens.filter_map(Value::as_str).collect();
        if !lines.is_empty() {
            shell
                .remark(&format!("It asks less than the policy before:\n- {}", lines.join("\n- ")));
        }
        let call = client.at(&["policies", &self.name, &self.version, "approve"])?;
        let answer = call.post(&json!({ "comment": self.comment }))?;
        shell.show(&answer, |answer| self.told(answer))
    }

    fn is(&self, one: &Value) -> bool {
        one["name"] == self.name.as_str() && one["version"] == self.version.as_str()
    }

    fn told(&self, answer: &Answer) -> String {
        let words = answer.value["events"].as_array().into_iter().flatten();
        let done = words.into_iter().any(|word| word == "policy_approved");
        let receipt = super::super::answer::receipt(answer);
        let (name, version) = (&self.name, &self.version);
        if done {
            return format!("{name} {version} is approved\n{receipt}");
        }
        format!("{name} {version} needs the approval of one more person\n{receipt}")
    }
}

/// Decline a published policy, for good.
#[derive(Debug, clap::Args)]
#[command(after_help = "A corrected text is published under a new version.")]
pub struct Decline {
    /// The policy's name.
    name: String,
    /// Its version.
    version: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Decline {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["policies", &self.name, &self.version, "decline"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}
