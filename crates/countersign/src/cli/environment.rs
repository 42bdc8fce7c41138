//! `countersign environment`: where models run, and when something new may go there.

mod freeze;
mod windows;

use super::Outcome;
use super::shell::Shell;
use super::table::lines;
use super::table::word;
use countersign_core::name::EnvironmentName;
use serde_json::json;

/// Define and list the places where models run.
#[derive(Debug, clap::Subcommand)]
pub enum Environment {
    /// Define an environment.
    Add(Add),
    /// Set the change windows of an environment.
    Windows(windows::Windows),
    /// Declare a freeze: nothing new is deployed in its time.
    Freeze(freeze::Freeze),
    /// Lift a freeze before its end.
    LiftFreeze(freeze::LiftFreeze),
    /// List environments.
    List(List),
}

impl Environment {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Add(add) => add.run(shell),
            Self::Windows(windows) => windows.run(shell),
            Self::Freeze(freeze) => freeze.run(shell),
            Self::LiftFreeze(lift) => lift.run(shell),
            Self::List(list) => list.run(shell),
        }
    }
}

/// Define an environment.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// Its name: `staging`.
    name: EnvironmentName,
}

impl Add {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        shell.show_receipt(&client.at(&["environments"])?.post(&json!({ "name": self.name }))?)
    }
}

/// List environments.
#[derive(Debug, clap::Args)]
pub struct List {}

impl List {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["environments"])?.get()?;
        shell.show(&answer, |answer| {
            let row = |item: &serde_json::Value| {
                let freezes = item["freezes"].as_array().into_iter().flatten();
                let freezes: Vec<String> = freezes
                    .map(|one| format!("{} until {}", word(one, "/name"), word(one, "/until")))
                    .collect();
                let windows = word(item, "/windows");
                let windows = if windows.is_empty() { "any time".to_owned() } else { windows };
                vec![word(item, "/name"), windows, freezes.join(", ")]
            };
            let heads = ["environment", "changes", "freezes"];
            lines(&heads, answer.items().iter().map(row).collect())
        })
    }
}
