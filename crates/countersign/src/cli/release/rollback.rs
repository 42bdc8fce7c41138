//! `countersign release rollback`, `drill` and `review`: going back, practising it, and what the
//! committee says afterwards.

use super::super::Outcome;
use super::super::day::day;
use super::super::shell::Shell;
use clap::ValueEnum;
use jiff::civil::Date;
use serde_json::json;

/// Record that a release was rolled back; the earlier one is current again at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "The release to go back to must itself be allowed: not suspended, not \
    rejected, no condition overdue.\n\nExample:\n  countersign release rollback r-9c… \
    --environment production --to r-3f… \\\n    --minutes 9 --reason \"it answers in the wrong \
    language\"")]
pub struct Rollback {
    /// The release that is taken out.
    release: String,
    /// Where.
    #[arg(long, value_name = "NAME")]
    environment: String,
    /// The release that runs there again.
    #[arg(long, value_name = "RELEASE")]
    to: String,
    /// How many minutes it took.
    #[arg(long)]
    minutes: u32,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// When: a moment like 2026-05-11T09:00:00Z, or a day, which means its begin; now when left
    /// out.
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
}

impl Rollback {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let mut body = json!({
            "environment": self.environment,
            "to": self.to,
            "measured_minutes": self.minutes,
            "reason": self.reason,
        });
        if let Some(at) = &self.at {
            body["at"] = at.as_str().into();
        }
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["releases", &self.release, "rollback"])?.post(&body)?)
    }
}

/// Record that going back was practised.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign release drill r-3f… --on 2026-05-11 --target \
    \"summarizer v1.3\" \\\n    --minutes 9 --result worked")]
pub struct Drill {
    /// The release whose way back was tried.
    release: String,
    /// On which day, like 2026-05-11.
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Date,
    /// What it went back to: a release, a checkpoint, a flag.
    #[arg(long, value_name = "TEXT")]
    target: String,
    /// How many minutes it took.
    #[arg(long)]
    minutes: u32,
    /// How it went.
    #[arg(long)]
    result: DrillResult,
    /// What there is to say.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// How a drill went.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum DrillResult {
    /// The version before ran again.
    Worked,
    /// It did not.
    Failed,
}

impl Drill {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let result = match self.result {
            DrillResult::Worked => "worked",
            DrillResult::Failed => "failed",
        };
        let mut body = json!({
            "on": self.on.to_string(),
            "target": self.target,
            "measured_minutes": self.minutes,
            "result": result,
        });
        if let Some(note) = &self.note {
            body["note"] = note.as_str().into();
        }
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["releases", &self.release, "drills"])?.post(&body)?)
    }
}

/// Record what the committee found when it looked at it afterwards.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What waits for a review: `countersign entries emergency --which open`, and \
    the lists `suspension` and `rollback`.\n\nExample:\n  countersign release review r-3f… --of \
    suspension-1 --outcome justified \\\n    --text \"the leak was real\""
)]
pub struct Review {
    /// The release.
    release: String,
    /// What is reviewed: `emergency`, `suspension-1`, `resumption-1`, `rollback-production`.
    #[arg(long, value_name = "ENTRY")]
    of: String,
    /// What was found.
    #[arg(long)]
    outcome: Found,
    /// The same in words.
    #[arg(long)]
    text: String,
}

/// What the committee found.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Found {
    /// It was right.
    Justified,
    /// It was not, but it was meant well.
    NotJustified,
    /// An emergency was used for convenience.
    Misuse,
}

impl Review {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let outcome = match self.outcome {
            Found::Justified => "justified",
            Found::NotJustified => "not_justified",
            Found::Misuse => "misuse",
        };
        let body = json!({ "of": self.of, "outcome": outcome, "text": self.text });
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["releases", &self.release, "reviews"])?.post(&body)?)
    }
}
