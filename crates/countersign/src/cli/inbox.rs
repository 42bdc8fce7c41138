//! `countersign inbox`: what waits for you, what is due first on top.

use super::Outcome;
use super::page::Page;
use super::shell::Shell;
use super::table::list;

/// List what waits for you, what is due first on top.
#[derive(Debug, clap::Args)]
pub struct Inbox {
    #[command(flatten)]
    page: Page,
}

impl Inbox {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = self.page.of(client.at(&["tasks"])?).get()?;
        let columns = [
            ("due", "/due"),
            ("late", "/overdue"),
            ("release", "/release"),
            ("task", "/task"),
            ("role", "/role"),
            ("what", "/title"),
        ];
        self.page.show(shell, &answer, |items| list(items, &columns, "nothing waits for you"))
    }
}
