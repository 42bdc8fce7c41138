//! Messages that could not be sent and are not tried again, for whoever keeps the installation.

use crate::failure::Doing;
use crate::portal::components::{empty, heading, pagination, table};
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use axum::extract::RawQuery;
use countersign_core::name::PersonId;
use countersign_store::{Channel, Dispatched};
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Clone)]
pub struct Undelivered {
    /// The messages.
    pub lines: Vec<Line>,
    /// The path of this page's first page, unless this is it.
    pub first: Option<String>,
    /// The path of the next page.
    pub next: Option<String>,
}

/// A message that was given up.
#[derive(Debug, Clone)]
pub struct Line {
    /// How it was to go: `E-mail`, `Webhook`.
    pub channel: &'static str,
    /// To whom.
    pub to: String,
    /// How many attempts were made.
    pub attempts: u32,
    /// When the last one was made.
    pub at: Option<Timestamp>,
    /// Why it failed.
    pub error: String,
}

impl Undelivered {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let line = |channel, to: &str, attempts, error: &str| Line {
            channel,
            to: to.into(),
            attempts,
            at: "2026-05-12T17:00:00Z".parse().ok(),
            error: error.into(),
        };
        let lines = vec![
            line("E-mail", "Jo Rivera", 1, "permanent error (550): no such mailbox"),
            line("Webhook", "chat", 10, "it answered 503, expected 200..299"),
        ];
        let next = Some("/notices/undelivered?after=x".into());
        vec![Self { lines, first: None, next }, Self { lines: Vec::new(), first: None, next: None }]
    }
}

const COLUMNS: [&str; 5] = ["Channel", "To", "Attempts", "Last attempt", "Why it failed"];

impl Page for Undelivered {
    fn title(&self) -> String {
        "Notices that could not be delivered".into()
    }

    fn section(&self) -> Section {
        Section::Inbox
    }

    fn main(&self, shell: &Shell) -> Markup {
        let row = |line: &Line| {
            vec![
                table::cell(line.channel),
                table::cell(&line.to),
                table::cell(line.attempts),
                line.at.map(|at| shell.zone.moment(at)).unwrap_or_default(),
                table::cell(&line.error),
            ]
        };
        let rows: Vec<Vec<Markup>> = self.lines.iter().map(row).collect();
        html! {
            (heading::back("/notices", "Notices"))
            h1 { "Notices that could not be delivered" }
            @if rows.is_empty() {
                (empty::render("Nothing was given up.", "What a mail server or a webhook does not take in three days is listed here. Whoever it was for finds the notice in the portal all the same.", None))
            } @else {
                p { "These are not tried again. Whoever they were for finds the notice in the portal all the same." }
                (table::render("Messages that were given up", &COLUMNS, &rows))
            }
            (pagination::render(self.first.as_deref(), self.next.as_deref()))
        }
    }
}

/// `GET /notices/undelivered`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    visitor.inspects()?;
    let query = Typed::decode(query.unwrap_or_default().as_bytes());
    let after = query.filled("after");
    let page = visitor.app.store.dead_dispatches(after, 50).await.doing("list messages")?;
    let names = visitor.app.names().await?;
    let lines = page.items.into_iter().map(|dead| line(dead, &names)).collect();
    let first = after.map(|_| "/notices/undelivered".to_owned());
    let next = page.next.map(|next| format!("/notices/undelivered?after={next}"));
    visitor.page(&Undelivered { lines, first, next })
}

fn line(dead: Dispatched, names: &BTreeMap<PersonId, String>) -> Line {
    let (channel, to) = match dead.dispatch.channel {
        Channel::Email(person) => {
            ("E-mail", names.get(&person).cloned().unwrap_or_else(|| person.to_string()))
        }
        Channel::Webhook(endpoint) => ("Webhook", endpoint),
    };
    let error = dead.last_error.unwrap_or_default();
    Line { channel, to, attempts: dead.attempts, at: dead.attempted_at, error }
}
