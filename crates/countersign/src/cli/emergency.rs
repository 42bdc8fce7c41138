//! `countersign emergency`: releases that run on verbal authority until their papers come.

use super::Outcome;
use super::shell::Shell;
use super::table::list;
use super::who;
use clap::ValueEnum;
use serde_json::{Value, json};

/// Claim verbal authority, answer for it, and see how often it is used.
#[derive(Debug, clap::Subcommand)]
pub enum Emergency {
    /// Say that something cannot wait, and who gave authority for it.
    Claim(Claim),
    /// Confirm that you gave the authority.
    Confirm(Confirm),
    /// Deny the authority: every verdict about it is deny from then on.
    Deny(Deny),
    /// Show how often each owner used emergencies, and on which grounds.
    Rates(Rates),
}

impl Emergency {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Claim(claim) => claim.run(shell),
            Self::Confirm(confirm) => confirm.run(shell),
            Self::Deny(deny) => deny.run(shell),
            Self::Rates(rates) => rates.run(shell),
        }
    }
}

/// Say that something cannot wait, and who gave authority for it.
#[derive(Debug, clap::Args)]
#[command(after_help = "The named artifacts may run from then on. The person named is asked to \
    confirm it, and written approval and full papers are due in the time the policy sets after the \
    deployment.\n\nExample:\n  countersign emergency claim r-3f… --ground security_vulnerability \\\n    \
    --explanation \"the prompt leaks addresses\" --authority-by lead@example.org --authority-at \\\n    \
    2026-05-11T06:40:00Z --means phone")]
pub struct Claim {
    /// The release, not decided yet.
    release: String,
    /// Why it cannot wait.
    #[arg(long)]
    ground: Ground,
    /// The same in words.
    #[arg(long, value_name = "TEXT")]
    explanation: String,
    /// Who gave authority, by address, name or id.
    #[arg(long, value_name = "PERSON")]
    authority_by: String,
    /// When: a moment like 2026-05-11T06:40:00Z, or a day, which means its begin.
    #[arg(long, value_name = "WHEN")]
    authority_at: String,
    /// How.
    #[arg(long)]
    means: Means,
}

/// The grounds; there is no fourth.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Ground {
    /// What runs now harms people or may do so.
    SafetyIssue,
    /// What runs now can be attacked.
    SecurityVulnerability,
    /// The law gives a date.
    RegulatoryDeadline,
}

/// How authority was given.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Means {
    /// By telephone.
    Phone,
    /// Face to face.
    InPerson,
    /// In a message.
    Message,
}

impl Claim {
    fn run(&self, shell: &Shell) -> Outcome {
        let ground = match self.ground {
            Ground::SafetyIssue => "safety_issue",
            Ground::SecurityVulnerability => "security_vulnerability",
            Ground::RegulatoryDeadline => "regulatory_deadline",
        };
        let means = match self.means {
            Means::Phone => "phone",
            Means::InPerson => "in_person",
            Means::Message => "message",
        };
        let client = shell.client()?;
        let body = json!({
            "ground": ground,
            "explanation": self.explanation,
            "authority_by": who::person(&client, &self.authority_by)?,
            "authority_at": self.authority_at,
            "means": means,
        });
        shell.show_receipt(&client.at(&["releases", &self.release, "emergency"])?.post(&body)?)
    }
}

/// Confirm that you gave the authority.
#[derive(Debug, clap::Args)]
pub struct Confirm {
    /// The release.
    release: String,
}

impl Confirm {
    fn run(&self, shell: &Shell) -> Outcome {
        let path = ["releases", &self.release, "emergency", "confirm"];
        shell.show_receipt(&shell.client()?.at(&path)?.post(&json!({}))?)
    }
}

/// Deny the authority: every verdict about it is deny from then on.
#[derive(Debug, clap::Args)]
pub struct Deny {
    /// The release.
    release: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Deny {
    fn run(&self, shell: &Shell) -> Outcome {
        let path = ["releases", &self.release, "emergency", "deny"];
        let body = json!({ "reason": self.reason });
        shell.show_receipt(&shell.client()?.at(&path)?.post(&body)?)
    }
}

/// Show how often each owner used emergencies, and on which grounds.
#[derive(Debug, clap::Args)]
pub struct Rates {}

impl Rates {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["emergencies", "rates"])?.get()?;
        let columns = [
            ("owner", "/name"),
            ("emergencies", "/emergencies"),
            ("releases", "/releases"),
            ("percent", "/percent"),
        ];
        shell.show(&answer, |answer| {
            let owners = answer.value["owners"].as_array().cloned().unwrap_or_default();
            let table = list(&owners, &columns, "nobody used an emergency");
            let grounds: Vec<Value> = owners.iter().flat_map(by_ground).collect();
            if grounds.is_empty() {
                return table;
            }
            format!("{table}\n\nBy ground\n{}", list(&grounds, &GROUNDS, ""))
        })
    }
}

const GROUNDS: [super::table::Column; 6] = [
    ("owner", "/name"),
    ("ground", "/ground"),
    ("claimed", "/claimed"),
    ("denied", "/denied"),
    ("papers overdue", "/overdue"),
    ("misuse", "/misused"),
];

/// The grounds of one owner, each with the owner's name.
fn by_ground(owner: &Value) -> Vec<Value> {
    let grounds = owner["grounds"].as_array().cloned().unwrap_or_default();
    let named = grounds.into_iter().map(|mut ground| {
        ground["name"] = owner["name"].clone();
        ground
    });
    named.collect()
}
