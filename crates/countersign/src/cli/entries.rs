//! `countersign entries`: lists kept beside the releases.

use super::Outcome;
use super::shell::Shell;
use super::table::list;
use clap::ValueEnum;
use countersign_core::entry::EntryKind;
use countersign_core::name::ModelName;

/// List what is kept beside the releases, the newest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign entries condition --which open")]
pub struct Entries {
    /// The list: `condition`, `exception`, `change_request`, `incident`, `risk`, `sandbox_exclusion`.
    kind: EntryKind,
    /// Open entries, settled ones, or both when left out.
    #[arg(long)]
    which: Option<Which>,
    /// Of this model only.
    #[arg(long)]
    model: Option<ModelName>,
    #[command(flatten)]
    page: super::page::Page,
}

/// Which entries.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// Those that wait for somebody.
    Open,
    /// Those that are settled.
    Closed,
}

impl Entries {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let which = self.which.map(|which| match which {
            Which::Open => "open",
            Which::Closed => "closed",
        });
        let call = client.at(&["entries", self.kind.word()])?.maybe("which", which);
        let call = call.maybe("model", self.model.as_ref().map(|model| model.as_str()));
        let answer = self.page.of(call).get()?;
        let columns = [
            ("entry", "/id"),
            ("state", "/state"),
            ("due", "/due"),
            ("title", "/title"),
            ("text", "/text"),
        ];
        let none = format!("nothing is on the list `{}`", self.kind.word());
        self.page.show(shell, &answer, |items| list(items, &columns, &none))
    }
}
