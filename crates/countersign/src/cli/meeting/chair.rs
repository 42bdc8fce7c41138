//! What the chair does with a session: calls it, opens it, fills its table, closes it.

use super::super::Outcome;
use super::super::answer::receipt;
use super::super::shell::Shell;
use serde_json::json;

/// Call a session, in turn or out of turn.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The chair and the members of the committee call sessions. `countersign entries \
    agenda_item` lists what waits for one.\n\nExamples:\n  countersign meeting call \"May session\" \
    --at 2026-05-18T13:00:00Z\n  countersign meeting call \"Patch of the helpdesk model\" --urgent \
    \"the vendor stops the old version tomorrow\""
)]
pub struct Call {
    /// What people call it.
    title: String,
    /// When it is to take place: a moment like 2026-05-18T13:00:00Z, or a day, which means its
    /// begin; now when left out.
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// Why it is called out of turn.
    #[arg(long, value_name = "TEXT")]
    urgent: Option<String>,
}

impl Call {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({ "title": self.title, "at": self.at, "urgent": self.urgent });
        let answer = shell.client()?.at(&["meetings"])?.post(&body)?;
        shell.show(&answer, |answer| format!("{}\n{}", answer.word("/meeting"), receipt(answer)))
    }
}

/// Open a session; who holds the committee's role now is a member.
#[derive(Debug, clap::Args)]
pub struct Open {
    /// The session.
    meeting: String,
}

impl Open {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["meetings", &self.meeting, "open"])?.post(&json!({}))?)
    }
}

/// Put a release, a policy or another matter on the table.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A release lies on the table with the content it has now; when that changes, put \
    it there again.\n\nExamples:\n  countersign meeting put m-3f… --release r-7c…\n  countersign \
    meeting put m-3f… --policy \"model-release 1.1\""
)]
pub struct Put {
    /// The session.
    meeting: String,
    /// A release in review.
    #[arg(long, conflicts_with_all = ["policy", "matter"])]
    release: Option<String>,
    /// What of the release is looked back at, by the key of the agenda.
    #[arg(long, requires = "release")]
    what: Option<String>,
    /// A policy that waits for its approval, as `NAME VERSION`.
    #[arg(long, conflicts_with = "matter")]
    policy: Option<String>,
    /// Anything else, by its title.
    #[arg(long, requires = "text")]
    matter: Option<String>,
    /// What the matter is about.
    #[arg(long)]
    text: Option<String>,
}

impl Put {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({
            "release": self.release, "what": self.what, "policy": self.policy,
            "matter": self.matter, "text": self.text,
        });
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["meetings", &self.meeting, "items"])?.post(&body)?)
    }
}

/// Close a session with its minutes.
#[derive(Debug, clap::Args)]
#[command(after_help = "What is still on the table is left to the next session.")]
pub struct Close {
    /// The session.
    meeting: String,
    /// The minutes.
    #[arg(long, value_name = "TEXT")]
    minutes: String,
    /// The name of a file that holds them in full.
    #[arg(long, requires = "sha256")]
    file: Option<String>,
    /// The digest of that file's bytes.
    #[arg(long, requires = "file")]
    sha256: Option<String>,
}

impl Close {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({ "minutes": self.minutes, "file": self.file, "sha256": self.sha256 });
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["meetings", &self.meeting, "close"])?.post(&body)?)
    }
}

/// Call a session off that was not opened.
#[derive(Debug, clap::Args)]
pub struct Cancel {
    /// The session.
    meeting: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Cancel {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["meetings", &self.meeting, "cancel"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}
