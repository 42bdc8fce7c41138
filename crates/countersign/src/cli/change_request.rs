//! `countersign change-request`: what a reviewer wants to see before he decides.

use super::Outcome;
use super::numbered::{Done, Judge, Place};
use super::shell::Shell;
use countersign_core::change_request::About;
use countersign_core::name::RoleName;
use serde_json::json;

/// Ask for more tests or documents before deciding, and answer.
#[derive(Debug, clap::Subcommand)]
pub enum ChangeRequest {
    /// Ask for more; nobody approves until the request is settled.
    Ask(Ask),
    /// Answer a change request.
    Answer(Done),
    /// Insist: the answer is not enough.
    Insist(Judge),
    /// Take the answer, or take the request back.
    Accept(Judge),
}

impl ChangeRequest {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let place = |deed| Place { folder: "change-requests", deed };
        match self {
            Self::Ask(ask) => ask.run(shell),
            Self::Answer(answer) => answer.run(shell, place("answer")),
            Self::Insist(judge) => judge.run(shell, place("insist")),
            Self::Accept(judge) => judge.run(shell, place("accept")),
        }
    }
}

/// Ask for more; nobody approves until the request is settled.
#[derive(Debug, clap::Args)]
#[command(after_help = "While a request waits for its answer, the clocks of open steps stand \
    still.\n\nExample:\n  countersign change-request ask r-3f… --as ai_governance_lead \\\n    \
    --about \"item bias_results\" --text \"Test calls in Spanish, too\"")]
pub struct Ask {
    /// The release.
    release: String,
    /// The role in which you ask.
    #[arg(long = "as", value_name = "ROLE")]
    role: RoleName,
    /// What is asked for.
    #[arg(long)]
    text: String,
    /// What it is about: `item NAME`, `step NAME` or `criterion NAME`; the whole release when left
    /// out.
    #[arg(long, value_name = "WHAT")]
    about: Option<About>,
}

impl Ask {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let about = self.about.as_ref().map(ToString::to_string);
        let body = json!({ "role": self.role, "text": self.text, "about": about });
        let call = client.at(&["releases", &self.release, "change-requests"])?;
        shell.show_receipt(&call.post(&body)?)
    }
}
