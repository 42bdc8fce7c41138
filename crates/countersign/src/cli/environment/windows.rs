//! `countersign environment windows`: when something new may be deployed there.

use super::super::Outcome;
use super::super::shell::Shell;
use countersign_core::name::EnvironmentName;
use countersign_core::window::ChangeWindow;
use serde_json::json;

/// Set the change windows of an environment, in place of those it had.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Times are those of the calendar's wall clock; a window that ends before it begins \
    ends on the next day, and a holiday has none. What runs keeps running, a rollback and an \
    emergency are let through. Whoever deploys sets no windows.\n\nExample:\n  countersign \
    environment windows production --window \"mon-thu 09:00-16:00\" --window \"fri 09:00-12:00\""
)]
pub struct Windows {
    /// The environment.
    environment: EnvironmentName,
    /// Days and times: `mon-fri 09:00-16:00`. Can be repeated.
    #[arg(long = "window", value_name = "WINDOW", required_unless_present = "always")]
    windows: Vec<ChangeWindow>,
    /// Leave it open at any time.
    #[arg(long, conflicts_with = "windows")]
    always: bool,
}

impl Windows {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let windows = if self.always { &[] } else { &self.windows[..] };
        let call = shell.client()?;
        let call = call.at(&["environments", self.environment.as_str(), "windows"])?;
        shell.show_receipt(&call.put(&json!({ "windows": windows }))?)
    }
}
