//! `countersign exception`: waiving one criterion or one checklist item of one release.

use super::Outcome;
use super::answer::receipt;
use super::client::Client;
use super::promise::moment;
use super::shell::Shell;
use super::trouble::Trouble;
use countersign_core::name::RoleName;
use serde_json::json;

/// Ask for exceptions, and decide about their risk.
#[derive(Debug, clap::Subcommand)]
pub enum Exception {
    /// Ask to waive one criterion or one checklist item of a release.
    Request(Request),
    /// Accept the risk of an exception.
    Accept(Decide),
    /// Refuse an exception.
    Refuse(Decide),
    /// End an exception early.
    Revoke(Decide),
}

impl Exception {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Request(request) => request.run(shell),
            Self::Accept(decide) => decide.run(shell, "accept"),
            Self::Refuse(decide) => decide.run(shell, "refuse"),
            Self::Revoke(decide) => decide.run(shell, "revoke"),
        }
    }
}

/// Ask to waive one criterion or one checklist item of a release.
#[derive(Debug, clap::Args)]
#[command(after_help = "Somebody else accepts the risk, in every role the policy names. The \
    exception ends by itself; to go on after that, ask for another with --extends. `countersign \
    entries exception` lists them all.\n\nExample:\n  countersign exception request r-3f… \
    --criterion hallucination_rate --until 2026-07-31 \\\n    --reason \"The new test set comes \
    in July\" --measures \"A person reads every answer\"")]
pub struct Request {
    /// The release.
    release: String,
    #[command(flatten)]
    waives: Waives,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// What is done in its place to keep the risk small.
    #[arg(long, value_name = "TEXT")]
    measures: String,
    /// The end: a date, which means the close of business, or a moment like
    /// 2026-06-30T17:00:00Z.
    #[arg(long, value_name = "WHEN")]
    until: String,
    /// The number of the exception it follows.
    #[arg(long, value_name = "NUMBER")]
    extends: Option<u32>,
}

/// What is waived.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Waives {
    /// The criterion that is waived.
    #[arg(long, value_name = "NAME")]
    criterion: Option<String>,
    /// The checklist item that is waived.
    #[arg(long, value_name = "NAME")]
    item: Option<String>,
}

impl Request {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let waives = match (&self.waives.criterion, &self.waives.item) {
            (Some(criterion), _) => format!("criterion {criterion}"),
            (None, item) => format!("item {}", item.as_deref().unwrap_or_default()),
        };
        let body = json!({
            "waives": waives, "reason": self.reason, "measures": self.measures,
            "until": moment(&client, &self.until)?, "extends": self.extends,
        });
        let answer = client.at(&["releases", &self.release, "exceptions"])?.post(&body)?;
        let number = self.number(&client, &waives)?;
        shell.show(&answer, |answer| {
            let next = number.map(|number| {
                let release = &self.release;
                format!(
                    "\nexception {number}; next: countersign exception accept {release} {number} \
                     --as ROLE --text WHY"
                )
            });
            format!("{}{}", receipt(answer), next.unwrap_or_default())
        })
    }

    /// The number it was given, by which it is decided about.
    fn number(&self, client: &Client, waives: &str) -> Result<Option<u64>, Trouble> {
        let release = client.at(&["releases", &self.release])?.get()?;
        let asked = release.value["exceptions"].as_array().cloned().unwrap_or_default();
        let this = asked.iter().rev().find(|one| {
            one["waives"].as_str() == Some(waives) && one["state"].as_str() == Some("requested")
        });
        Ok(this.and_then(|one| one["number"].as_u64()))
    }
}

/// A word about the risk of an exception.
#[derive(Debug, clap::Args)]
pub struct Decide {
    /// The release.
    release: String,
    /// The exception's number, as `release show` prints it.
    number: u32,
    /// The role in which you decide.
    #[arg(long = "as", value_name = "ROLE")]
    role: RoleName,
    /// Why.
    #[arg(long)]
    text: String,
}

impl Decide {
    fn run(&self, shell: &Shell, how: &str) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, "exceptions", &number, how])?;
        shell.show_receipt(&call.post(&json!({ "role": self.role, "text": self.text }))?)
    }
}
