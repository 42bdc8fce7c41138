//! `countersign notices`: what you were told.

use super::Outcome;
use super::page::Page;
use super::shell::Shell;
use super::table::list;
use serde_json::{Value, json};

/// List what you were told, and mark it as read.
#[derive(Debug, clap::Subcommand)]
pub enum Notices {
    /// List what you were told, the newest on top.
    List(List),
    /// Mark notices as read.
    Read(Read),
    /// List the messages that could not be sent and are not tried again.
    Undelivered(Undelivered),
}

impl Notices {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::List(list) => list.run(shell),
            Self::Read(read) => read.run(shell),
            Self::Undelivered(undelivered) => undelivered.run(shell),
        }
    }
}

/// List what you were told, the newest on top.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A reminder comes before something is due; an escalation tells others that \
    it is late. Each is told once. `countersign inbox` lists what there is to do.\n\nExample:\n  \
    countersign notices list --unread"
)]
pub struct List {
    /// Only those not marked as read.
    #[arg(long)]
    unread: bool,
    #[command(flatten)]
    page: Page,
}

impl List {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = self.page.of(client.at(&["notices"])?);
        let answer = call.maybe("unread", self.unread.then_some("true")).get()?;
        let columns = [
            ("notice", "/id"),
            ("told", "/at"),
            ("kind", "/kind"),
            ("due", "/due"),
            ("role", "/role"),
            ("what", "/title"),
            ("read", "/read_at"),
        ];
        self.page.show(shell, &answer, |items| list(items, &columns, "nothing was told to you"))
    }
}

/// Mark notices as read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Only you see what you have read. What is to be done stays in the \
    inbox.\n\nExample:\n  countersign notices read --all")]
pub struct Read {
    /// Which, as `notices list` prints them.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    notices: Vec<String>,
    /// All that are not read yet, 200 at most.
    #[arg(long)]
    all: bool,
}

impl Read {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let ids = if self.all {
            let call = client.at(&["notices"])?.query("unread", "true").query("limit", "200");
            let answer = call.get()?;
            let ids = answer.items().iter().filter_map(|item| item["id"].as_str());
            ids.map(str::to_owned).collect()
        } else {
            self.notices.clone()
        };
        let answer = client.at(&["notices", "read"])?.post(&json!({ "notices": ids }))?;
        shell.show(&answer, |answer| match answer.word("/marked").as_str() {
            "1" => "1 notice is marked as read".to_owned(),
            many => format!("{many} notices are marked as read"),
        })
    }
}

/// List the messages that could not be sent and are not tried again.
#[derive(Debug, clap::Args)]
#[command(after_help = "For administrators. Whoever a message was for finds the notice in the \
    list all the same.")]
pub struct Undelivered {
    #[command(flatten)]
    page: Page,
}

impl Undelivered {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = self.page.of(client.at(&["notices", "undelivered"])?).get()?;
        let columns = [
            ("notice", "/notice"),
            ("channel", "/channel"),
            ("to", "/recipient"),
            ("attempts", "/attempts"),
            ("last attempt", "/attempted_at"),
            ("error", "/error"),
        ];
        self.page.show(shell, &answer, |items: &[Value]| {
            list(items, &columns, "every message was sent or is still being tried")
        })
    }
}
