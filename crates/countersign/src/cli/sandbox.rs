//! `countersign sandbox`: experiments that need no release.

use super::Outcome;
use super::shell::Shell;
use super::table::facts;
use clap::ValueEnum;
use serde_json::json;

/// Claim and end sandbox exclusions: experiments without real data and without real users.
#[derive(Debug, clap::Subcommand)]
pub enum Sandbox {
    /// Claim an exclusion. Both questions are answered, and either yes refuses it.
    Claim(Claim),
    /// Show an exclusion.
    Show(Show),
    /// End an exclusion, with a reason.
    End(End),
}

impl Sandbox {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Claim(claim) => claim.run(shell),
            Self::Show(show) => show.run(shell),
            Self::End(end) => end.run(shell),
        }
    }
}

/// Yes or no.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Answer {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// Claim an exclusion. Both questions are answered, and either yes refuses it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign sandbox claim --title \"Tone experiment\" \
    --description \"invented calls, three colleagues\" --real-data no --real-users no \
    --until 2026-07-01")]
pub struct Claim {
    /// What the experiment is called.
    #[arg(long)]
    title: String,
    /// What is tried, with what, and where.
    #[arg(long)]
    description: String,
    /// Does it process real data?
    #[arg(long)]
    real_data: Answer,
    /// Does it affect real users?
    #[arg(long)]
    real_users: Answer,
    /// Until when: a day, or a moment like 2026-06-30T17:00:00Z.
    #[arg(long, value_name = "WHEN")]
    until: String,
    /// The model, by its short name, when it is registered.
    #[arg(long)]
    model: Option<String>,
}

impl Claim {
    fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({
            "title": self.title, "description": self.description, "model": self.model,
            "real_data": self.real_data.word(), "real_users": self.real_users.word(),
            "until": self.until,
        });
        shell.show_receipt(&shell.client()?.at(&["sandbox-exclusions"])?.post(&body)?)
    }
}

/// Show an exclusion.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The exclusion.
    exclusion: String,
}

impl Show {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["sandbox-exclusions", &self.exclusion])?.get()?;
        shell.show(&answer, |answer| {
            facts(
                &answer.value,
                &[
                    ("exclusion", "/exclusion"),
                    ("title", "/title"),
                    ("state", "/state"),
                    ("what is tried", "/description"),
                    ("model", "/model"),
                    ("claimed by", "/claimed_by"),
                    ("claimed", "/claimed_at"),
                    ("until", "/until"),
                    ("overdue", "/overdue"),
                    ("ended because", "/ended_because"),
                ],
            )
        })
    }
}

/// End an exclusion, with a reason.
#[derive(Debug, clap::Args)]
pub struct End {
    /// The exclusion.
    exclusion: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl End {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["sandbox-exclusions", &self.exclusion, "end"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}
