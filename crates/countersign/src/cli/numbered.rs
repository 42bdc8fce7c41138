//! What a release numbers and people answer: conditions, change requests. Both are answered and
//! judged with the same words.

use super::Outcome;
use super::shell::Shell;
use serde_json::json;

/// One of the numbered things of a release: where the API keeps it, and what is done to it there.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The folder: `conditions`.
    pub folder: &'static str,
    /// The deed: `accept`.
    pub deed: &'static str,
}

/// What was done about it, and what shows it.
#[derive(Debug, clap::Args)]
pub struct Done {
    /// The release.
    release: String,
    /// Its number, as `release show` prints it.
    number: u32,
    /// What was done.
    #[arg(long)]
    text: String,
    /// Evidence that shows it: `e7`. Can be repeated.
    #[arg(long, value_name = "EVIDENCE")]
    evidence: Vec<String>,
}

impl Done {
    /// Says so.
    pub fn run(&self, shell: &Shell, place: Place) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, place.folder, &number, place.deed])?;
        let body = json!({ "text": self.text, "evidence": self.evidence });
        shell.show_receipt(&call.post(&body)?)
    }
}

/// What somebody else says about that.
#[derive(Debug, clap::Args)]
pub struct Judge {
    /// The release.
    release: String,
    /// Its number, as `release show` prints it.
    number: u32,
    /// Why.
    #[arg(long)]
    text: String,
}

impl Judge {
    /// Says so.
    pub fn run(&self, shell: &Shell, place: Place) -> Outcome {
        let client = shell.client()?;
        let number = self.number.to_string();
        let call = client.at(&["releases", &self.release, place.folder, &number, place.deed])?;
        shell.show_receipt(&call.post(&json!({ "text": self.text }))?)
    }
}
