//! `countersign person delegate`, `end-delegation`, `qualify` and `same-as`.

use super::super::day::day;
use super::super::shell::Shell;
use super::super::{Outcome, who};
use countersign_core::name::RoleName;
use jiff::civil::Date;
use serde_json::json;

/// Let somebody act in one of your roles while you are away.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "You and whoever acts for you count as one person, and both must be independent \
    where the policy asks for it. What you lend is not lent on. It ends with your own role.\n\n\
    Example:\n  countersign person delegate grace@example.org ai_governance_lead --until \
    2026-08-24 --reason \"on leave\""
)]
pub struct Delegate {
    /// Who acts for you, by address, name or id.
    person: String,
    /// Which of your roles.
    role: RoleName,
    /// From when: a day, or a moment like 2026-08-10T08:00:00Z; at once when left out.
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
    /// Until when: a day, which counts to its end, or a moment.
    #[arg(long, value_name = "WHEN")]
    until: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Delegate {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let to = who::person(&client, &self.person)?;
        let body = json!({
            "to": to, "role": self.role, "from": self.from, "until": self.until,
            "reason": self.reason,
        });
        shell.show_receipt(&client.at(&["delegations"])?.post(&body)?)
    }
}

/// End a delegation before its time.
#[derive(Debug, clap::Args)]
#[command(after_help = "`countersign entries delegation` lists them with their numbers.")]
pub struct EndDelegation {
    /// Its number.
    number: u32,
}

impl EndDelegation {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let number = self.number.to_string();
        shell.show_receipt(&shell.client()?.at(&["delegations", &number])?.delete()?)
    }
}

/// Record what an approver has passed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The policy says which roles ask for a qualification and for how many months it \
    counts. Nobody records his own."
)]
pub struct Qualify {
    /// Who, by address, name or id.
    person: String,
    /// The role that asks for it.
    role: RoleName,
    /// The day it was passed.
    #[arg(long, value_name = "DATE", value_parser = day)]
    passed_on: Date,
    /// What shows it: a certificate's number, where the record lies.
    #[arg(long)]
    proof: String,
}

impl Qualify {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let body = json!({ "role": self.role, "passed_on": self.passed_on, "proof": self.proof });
        shell.show_receipt(&client.at(&["people", &person, "qualifications"])?.post(&body)?)
    }
}

/// Say that two accounts are one human, who then counts once.
#[derive(Debug, clap::Args)]
#[command(after_help = "This is not taken back: a second account never becomes a second person.")]
pub struct SameAs {
    /// The one, by address, name or id.
    person: String,
    /// The other, by address, name or id.
    other: String,
}

impl SameAs {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let other = who::person(&client, &self.other)?;
        let call = client.at(&["people", &person, "same-as"])?;
        shell.show_receipt(&call.post(&json!({ "person": other }))?)
    }
}
