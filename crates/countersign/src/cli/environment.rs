//! `countersign environment`: where models run.

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
    /// List environments.
    List(List),
}

impl Environment {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Add(add) => add.run(shell),
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
            let name = |item: &serde_json::Value| {
                let named = word(item, "/name");
                vec![if named.is_empty() { word(item, "") } else { named }]
            };
            lines(&["environment"], answer.items().iter().map(name).collect())
        })
    }
}
