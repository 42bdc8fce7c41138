//! `countersign webhook`: where the webhook steps of runbooks are delivered.

use super::Outcome;
use super::page::Page;
use super::shell::Shell;
use super::table::list;
use super::trouble::Trouble;
use serde_json::{Map, Value, json};

/// Say where the webhook steps of runbooks are delivered.
#[derive(Debug, clap::Subcommand)]
pub enum Webhook {
    /// Set or replace a webhook.
    Set(Box<Set>),
    /// List webhooks.
    List(List),
    /// Remove a webhook.
    Remove(Remove),
}

impl Webhook {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Set(set) => set.run(shell),
            Self::List(list) => list.run(shell),
            Self::Remove(remove) => remove.run(shell),
        }
    }
}

/// Set or replace a webhook.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Messages are signed (Standard Webhooks). A secret is drawn and shown once when there is none \
    yet.\n\nExample:\n  \
    countersign webhook set notify-routing --url https://router.example.org/hooks/release \\\n    \
    --header \"X-Team: platform\" --secret-file router.secret"
)]
pub struct Set {
    /// The name that runbook steps use.
    name: String,
    /// Where messages go.
    #[arg(long)]
    url: String,
    /// A header, as `Name: value`. Can be repeated.
    #[arg(long = "header", value_name = "HEADER")]
    headers: Vec<String>,
    /// A file with the template of the body; the standard body when left out.
    #[arg(long, value_name = "FILE")]
    body_template: Option<std::path::PathBuf>,
    /// When an answer counts as taken; any 2xx status when left out.
    #[arg(long, value_name = "CONDITION")]
    success_condition: Option<String>,
    /// A file with the signing secret, `whsec_` and base64; `-` for standard input. The one there
    /// is stays when left out.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<std::path::PathBuf>,
    /// Let it reach private addresses.
    #[arg(long)]
    allow_private: bool,
    /// What it is told of beside the steps that name it: `notice.sent` for every notice. Can be
    /// repeated.
    #[arg(long = "event", value_name = "EVENT")]
    events: Vec<String>,
}

impl Set {
    fn run(&self, shell: &Shell) -> Outcome {
        let mut body = json!({
            "url": self.url, "headers": headers(&self.headers)?,
            "allow_private": self.allow_private, "events": self.events,
        });
        if let Some(condition) = &self.success_condition {
            body["success_condition"] = condition.as_str().into();
        }
        if let Some(path) = &self.body_template {
            body["body_template"] = super::document::read(path)?.text.into();
        }
        if let Some(path) = &self.secret_file {
            body["secret"] = super::document::read(path)?.text.trim().into();
        }
        let answer = shell.client()?.at(&["webhooks", &self.name])?.put(&body)?;
        shell.show(&answer, |answer| {
            let said = format!("webhook {} goes to {}", answer.word("/name"), answer.word("/url"));
            match answer.word("/secret").as_str() {
                "" => said,
                secret => format!("{said}\nsecret {secret}\nKeep it now: it is not shown again."),
            }
        })
    }
}

fn headers(given: &[String]) -> Result<Value, Trouble> {
    let mut headers = Map::new();
    for one in given {
        let Some((name, value)) = one.split_once(':') else {
            let next = "write it as `Name: value`";
            return Err(Trouble::usage(format!("`{one}` is no header"), next));
        };
        headers.insert(name.trim().to_owned(), value.trim().into());
    }
    Ok(headers.into())
}

/// List webhooks.
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    page: Page,
}

impl List {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = self.page.of(client.at(&["webhooks"])?).get()?;
        let columns = [
            ("webhook", "/name"),
            ("url", "/url"),
            ("headers", "/headers"),
            ("success", "/success_condition"),
            ("private", "/allow_private"),
            ("events", "/events"),
            ("changed", "/updated_at"),
        ];
        self.page.show(shell, &answer, |items| list(items, &columns, "there are no webhooks"))
    }
}

/// Remove a webhook.
#[derive(Debug, clap::Args)]
pub struct Remove {
    /// Its name.
    name: String,
}

impl Remove {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["webhooks", &self.name])?.delete()?;
        shell.show(&answer, |_| format!("webhook {} is removed", self.name))
    }
}
