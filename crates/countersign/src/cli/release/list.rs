//! `countersign release list` and `deliveries`.

use super::super::Outcome;
use super::super::page::Page;
use super::super::shell::Shell;
use super::super::table::list;

/// List releases, the newest request first.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Of this model only.
    #[arg(long)]
    model: Option<String>,
    /// In this state only: `draft`, `in_review`, `approved`, `deployed` …
    #[arg(long)]
    state: Option<String>,
    /// Whose title or identifier holds this text.
    #[arg(long)]
    text: Option<String>,
    #[command(flatten)]
    page: Page,
}

impl List {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["releases"])?;
        let call = call.maybe("model", self.model.as_deref());
        let call = call.maybe("state", self.state.as_deref()).maybe("text", self.text.as_deref());
        let answer = self.page.of(call).get()?;
        let columns = [
            ("release", "/release"),
            ("state", "/state"),
            ("model", "/model"),
            ("change", "/change"),
            ("tier", "/tier"),
            ("requested", "/requested_at"),
            ("title", "/title"),
        ];
        self.page.show(shell, &answer, |items| list(items, &columns, "no release matches"))
    }
}

/// Show what was sent to other systems, and how it went.
#[derive(Debug, clap::Args)]
pub struct Deliveries {
    /// The release.
    release: String,
}

impl Deliveries {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["releases", &self.release, "deliveries"])?.get()?;
        let columns = [
            ("status", "/status"),
            ("step", "/step"),
            ("webhook", "/endpoint"),
            ("attempts", "/attempts"),
            ("last", "/attempted_at"),
            ("next", "/next_at"),
            ("error", "/last_error"),
        ];
        shell.show(&answer, |answer| list(answer.items(), &columns, "nothing was sent"))
    }
}
