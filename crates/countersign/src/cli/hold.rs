//! `countersign hold`: legal holds, which stop every purge and every erasure they cover.

use super::Outcome;
use super::shell::Shell;
use serde_json::json;

/// Place and lift legal holds; `countersign entries legal_hold` lists them.
#[derive(Debug, clap::Subcommand)]
pub enum Hold {
    /// Place a hold on a model with all its releases, or on one release.
    Place(Place),
    /// Lift a hold.
    Lift(Lift),
}

impl Hold {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Place(place) => place.run(shell),
            Self::Lift(lift) => lift.run(shell),
        }
    }
}

/// Place a hold on a model with all its releases, or on one release.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// The model, with all its releases.
    #[arg(long, required_unless_present = "release", conflicts_with = "release")]
    model: Option<String>,
    /// One release.
    #[arg(long)]
    release: Option<String>,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Place {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let body = match &self.release {
            Some(release) => json!({ "release": release, "reason": self.reason }),
            None => json!({ "model": self.model, "reason": self.reason }),
        };
        shell.show_receipt(&client.at(&["holds"])?.post(&body)?)
    }
}

/// Lift a hold.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Whoever lifts a hold neither proposes nor confirms a purge of what it covered."
)]
pub struct Lift {
    /// The hold's number.
    number: u32,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Lift {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["holds", &self.number.to_string(), "lift"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}
