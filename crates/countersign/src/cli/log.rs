//! `countersign log`: the log that everything stands in.

use super::reason::Names;
use super::shell::Shell;
use super::table::list;
use super::{Outcome, Said};
use serde_json::json;

/// Read the log: its signed head, and its events.
#[derive(Debug, clap::Subcommand)]
pub enum Log {
    /// Print the signed head of the log, as a note that others can verify.
    Checkpoint(Checkpoint),
    /// Print the public key that signs the log, which `countersign verify --key` takes.
    Key(Key),
    /// List events from a position on.
    Events(Events),
}

impl Log {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Checkpoint(checkpoint) => checkpoint.run(shell),
            Self::Key(key) => key.run(shell),
            Self::Events(events) => events.run(shell),
        }
    }
}

/// Print the signed head of the log, as a note that others can verify.
#[derive(Debug, clap::Args)]
pub struct Checkpoint {}

impl Checkpoint {
    fn run(&self, shell: &Shell) -> Outcome {
        let note = shell.client()?.at(&["log", "checkpoint"])?.get_text()?;
        if shell.wants_json() {
            shell.say_as_is(&json!({ "checkpoint": note }).to_string())?;
        } else {
            shell.say(&note)?;
        }
        Ok(Said::Yes)
    }
}

/// Print the public key that signs the log, which `countersign verify --key` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "One line: name, identifier and key. It changes only with the installation. Give \
    it to whoever checks your packs on another way than the packs themselves.\n\nExample:\n  \
    countersign log key > gate.key"
)]
pub struct Key {}

impl Key {
    fn run(&self, shell: &Shell) -> Outcome {
        let key = shell.client()?.at(&["log", "key"])?.get_text()?;
        let key = key.trim();
        if shell.wants_json() {
            shell.say_as_is(&json!({ "key": key }).to_string())?;
        } else {
            shell.say(key)?;
        }
        Ok(Said::Yes)
    }
}

/// List events from a position on.
#[derive(Debug, clap::Args)]
pub struct Events {
    /// The first position.
    #[arg(long, default_value_t = 0, value_name = "POSITION")]
    from: u64,
    /// How many.
    #[arg(long, default_value_t = 50, value_name = "NUMBER")]
    limit: u32,
}

impl Events {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["log", "events"])?.query("from", &self.from.to_string());
        let answer = call.query("limit", &self.limit.to_string()).get()?;
        let columns = [
            ("position", "/position"),
            ("at", "/at"),
            ("stream", "/stream"),
            ("version", "/version"),
            ("event", "/event"),
            ("by", "/by"),
        ];
        shell.show(&answer, |answer| {
            let items = Names::of(&client).put_into(answer.items(), "by");
            let text = list(&items, &columns, "there is no event from this position on");
            match answer.word("/next").as_str() {
                "" => text,
                next => format!("{text}\nthere are more: add --from {next}"),
            }
        })
    }
}
