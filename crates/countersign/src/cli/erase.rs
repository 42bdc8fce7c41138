//! `countersign erase`: personal data on request.

use super::Outcome;
use super::shell::Shell;
use super::who;
use serde_json::json;

/// Erase personal data on request; the log stays as it is.
#[derive(Debug, clap::Subcommand)]
pub enum Erase {
    /// Erase the name, the address and the account of a person.
    Person(Person),
    /// Erase the free texts of one event.
    Text(Text),
}

impl Erase {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Person(person) => person.run(shell),
            Self::Text(text) => text.run(shell),
        }
    }
}

/// Erase the name, the address and the account of a person.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What the person did stays in the log under an opaque identifier, which reads \
    `erased person p-…` from then on. This is not taken back."
)]
pub struct Person {
    /// Whom, by address, name or id.
    person: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Person {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let call = client.at(&["people", &person, "erase"])?;
        shell.show_receipt(&call.post(&json!({ "reason": self.reason }))?)
    }
}

/// Erase the free texts of one event.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`countersign log events` numbers the events of each history. The digest of the \
    text stays, and what read it says that it was erased. A legal hold stops this."
)]
pub struct Text {
    /// The release whose history the event stands in.
    #[arg(long, required_unless_present = "stream", conflicts_with = "stream")]
    release: Option<String>,
    /// Any history: `incident/i-…`, `model/NAME`, `meeting/m-…`, `register`.
    #[arg(long)]
    stream: Option<String>,
    /// The event's number in that history, counted from 1.
    #[arg(long, value_name = "NUMBER")]
    event: u64,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Text {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let of_release = self.release.as_ref().map(|release| format!("release/{release}"));
        let stream = of_release.or_else(|| self.stream.clone());
        let body = json!({ "stream": stream, "event": self.event, "reason": self.reason });
        shell.show_receipt(&client.at(&["texts", "erase"])?.post(&body)?)
    }
}
