//! One list kept beside the releases, the newest entry first.

use crate::failure::Doing;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, empty, filters, pagination};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::inbox::due_tag;
use crate::portal::pages::missing;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::{Path, RawQuery};
use countersign_core::entry::EntryKind;
use countersign_core::rows::EntryRow;
use countersign_core::stream::StreamId;
use countersign_store::{EntryCursor, EntryQuery, Which};
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Entries {
    /// Which list.
    pub kind: EntryKind,
    /// `open`, `closed`, or nothing for both.
    pub which: String,
    /// The entries.
    pub rows: Vec<Row>,
    /// The path of this list's first page, unless this is it.
    pub first: Option<String>,
    /// The path of the next page.
    pub next: Option<String>,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub title: String,
    /// Where more about it is said.
    pub path: String,
    /// What somebody wrote about it; may be empty.
    pub text: String,
    /// Who answers for it; may be empty.
    pub owner: String,
    /// Where it stands.
    pub state: Tag,
    /// When it is due, while it is open.
    pub due: Option<Timestamp>,
}

const SANDBOXES: (&str, &str) = (
    "Sandbox exclusions",
    "An experiment with neither real data nor real users needs no release, and says so here.",
);

const FREEZES: (&str, &str) = (
    "Freezes",
    "In a freeze nothing new is deployed. What runs keeps running, and an emergency is let through.",
);

const DEPLOYMENTS: (&str, &str) = (
    "Deployments",
    "What went where. The deployment log has each with its approvers and its evidence.",
);

const REVIEWS: (&str, &str) = (
    "Reviews of the policy",
    "The policy is looked at again once a year, when the process or the tooling changes, and when releases keep failing.",
);

const OVERRIDES: (&str, &str) = (
    "Overridden change types",
    "A lower change type was chosen than the facts proposed. Everybody who approves sees why.",
);

/// What a list is called, and what an empty one says.
fn told(kind: EntryKind) -> (&'static str, &'static str) {
    match kind {
        EntryKind::Condition => (
            "Conditions",
            "A condition is a promise an approval depends on: it has an owner and a date.",
        ),
        EntryKind::RoleGrant => (
            "Roles given",
            "A role counts from its start until its end. An administrator gives it, never to himself.",
        ),
        EntryKind::Delegation => (
            "Delegations",
            "A holder of a role lets somebody act in it while he is away. Both count as one person.",
        ),
        EntryKind::AgendaItem => {
            ("Agenda", "What only the committee decides comes onto its agenda by itself.")
        }
        EntryKind::Meeting => (
            "Sessions",
            "A session is called by the chair or a member, and closed with its minutes.",
        ),
        EntryKind::Qualification => (
            "Qualifications",
            "What approvers have passed, where the policy asks for it, and until when it counts.",
        ),
        EntryKind::Emergency => (
            "Emergencies",
            "An emergency release ran on verbal authority before it was approved in writing.",
        ),
        EntryKind::Suspension => (
            "Suspensions",
            "A suspension stops a release everywhere; the committee looks at it afterwards.",
        ),
        EntryKind::Rollback => (
            "Rollbacks",
            "A rollback puts the version before in its place again, and says how long it took.",
        ),
        EntryKind::Drill => {
            ("Drills", "A drill is a rollback that was practised: it holds until it is too old.")
        }
        EntryKind::Exception => (
            "Exceptions",
            "An exception waives one criterion or one checklist item for one release, until a date.",
        ),
        EntryKind::ChangeRequest => {
            ("Change requests", "A reviewer asks for more tests or documents before deciding.")
        }
        EntryKind::Deployment => DEPLOYMENTS,
        EntryKind::PolicyReview => REVIEWS,
        EntryKind::Override => OVERRIDES,
        beside => told_beside(beside),
    }
}

/// The same of the lists that no single release fills.
fn told_beside(kind: EntryKind) -> (&'static str, &'static str) {
    match kind {
        EntryKind::LegalHold => (
            "Legal holds",
            "As long as a hold stands, nothing it covers is purged or erased, whatever the clocks say.",
        ),
        EntryKind::Purge => (
            "Purges",
            "Two people purge evidence that was kept long enough. The log keeps what it was.",
        ),
        EntryKind::Incident => (
            "Incidents",
            "An incident is something that went wrong with a model. Anybody may open one.",
        ),
        EntryKind::Risk => (
            "Risks",
            "The risk register holds what could go wrong, who watches it, and when it is looked at again.",
        ),
        EntryKind::Freeze => FREEZES,
        _sandboxes => SANDBOXES,
    }
}

/// Where somebody adds an entry to a list; `None` where entries come from elsewhere.
fn added(kind: EntryKind) -> Option<(&'static str, &'static str)> {
    match kind {
        EntryKind::Condition
        | EntryKind::Exception
        | EntryKind::ChangeRequest
        | EntryKind::RoleGrant
        | EntryKind::Delegation
        | EntryKind::Qualification
        | EntryKind::Emergency
        | EntryKind::Suspension
        | EntryKind::Rollback
        | EntryKind::Drill
        | EntryKind::AgendaItem
        | EntryKind::Meeting
        | EntryKind::Override
        | EntryKind::PolicyReview
        | EntryKind::Purge
        | EntryKind::LegalHold => None,
        EntryKind::Deployment => Some(("/deployments", "Open the deployment log")),
        EntryKind::Freeze => Some(("/calendar#freeze", "Declare a freeze")),
        EntryKind::Incident => Some(("/incidents/new", "Open an incident")),
        EntryKind::Risk => Some(("/risks/new", "Enter a risk")),
        EntryKind::SandboxExclusion => Some(("/sandbox/new", "Claim a sandbox exclusion")),
    }
}

fn path(kind: EntryKind) -> String {
    format!("/entries/{kind}")
}

impl Entries {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let row = |number: u32, state: &str, due: Option<&str>| Row {
            title: format!("Condition {number} of summarizer v1.4"),
            path: "/releases/r-000000000000".into(),
            text: "Run a fairness audit on calls in Spanish.".into(),
            owner: "Mara Okafor".into(),
            state: state_tag(state),
            due: due.and_then(|due| due.parse().ok()),
        };
        let rows = vec![
            row(2, "open", Some("2026-05-11T09:00:00Z")),
            row(1, "open", Some("2026-06-11T09:00:00Z")),
            row(3, "closed", None),
        ];
        let kind = EntryKind::Condition;
        let none = Self { kind, which: String::new(), rows: Vec::new(), first: None, next: None };
        vec![Self { rows, next: Some("/entries/condition?at=x".into()), ..none.clone() }, none]
    }

    fn filters(&self) -> Markup {
        let options = [("", "All"), ("open", "Open"), ("closed", "Settled")];
        let options = options.map(|(value, label)| {
            Option_::new(value, label).among(std::iter::once(self.which.as_str()))
        });
        let choice = Choice::new("which", "Show", options.into());
        let (path, set) = (path(self.kind), !self.which.is_empty());
        filters::render(&path, choice.select(&Faults::default()), set.then_some(path.as_str()))
    }
}

impl Page for Entries {
    fn title(&self) -> String {
        told(self.kind).0.into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let (title, about) = told(self.kind);
        let some = self.rows.first();
        html! {
            h1 { (title) }
            (kinds(self.kind))
            (committee(self.kind))
            @if self.kind == EntryKind::Emergency {
                p { a href="/emergencies/rates" { "How often each owner used them" } }
            }
            (self.filters())
            @if let Some((path, text)) = added(self.kind) { (button::row(&[button::link(path, text)])) }
            @if some.is_some() {
                ul.cards { @for row in &self.rows { li { (one(row, shell)) } } }
            } @else {
                (empty::render("There is nothing in this list.", about, None))
            }
            (pagination::render(self.first.as_deref(), self.next.as_deref()))
        }
    }
}

/// The agenda and the sessions have a room of their own.
fn committee(kind: EntryKind) -> Markup {
    let room = [EntryKind::AgendaItem, EntryKind::Meeting].contains(&kind).then_some(());
    html! { @if room.is_some() { p { a href="/committee" { "The committee room" } } } }
}

/// The way to the other lists.
fn kinds(current: EntryKind) -> Markup {
    html! {
        nav.lists aria-label="Lists" {
            ul {
                @for kind in EntryKind::ALL {
                    li {
                        a href=(path(kind)) aria-current=[(kind == current).then_some("page")] {
                            (told(kind).0)
                        }
                    }
                }
            }
        }
    }
}

fn one(row: &Row, shell: &Shell) -> Markup {
    let owner = Some(&row.owner).filter(|owner| !owner.is_empty());
    let text = Some(&row.text).filter(|text| !text.is_empty());
    html! {
        div.what {
            h2 { a href=(row.path) { (row.title) } }
            @if let Some(text) = text { p { (text) } }
            @if let Some(owner) = owner { p.hint { (owner) } }
        }
        div.where {
            (tag::render(&row.state))
            @if let Some(due) = row.due {
                (tag::render(&due_tag(shell, due)))
                p.hint { (shell.zone.moment(due)) }
            }
        }
    }
}

fn state_tag(word: &str) -> Tag {
    let tone = match word {
        "open" | "waiting" | "called" | "to_review" | "authorised" | "papers_due" => Tone::Active,
        "requested" | "reported" | "answered" | "proposed" => Tone::Active,
        "closed" | "settled" | "justified" | "worked" => Tone::Good,
        "unconfirmed" | "granted" | "stands" => Tone::Warn,
        "authority_denied" | "papers_overdue" | "overdue" | "misuse" | "failed" => Tone::Bad,
        _ => Tone::Quiet,
    };
    Tag::new(words::title(word), tone)
}

/// `GET /entries`
pub async fn start() -> axum::response::Redirect {
    axum::response::Redirect::to(&path(EntryKind::ALL[0]))
}

/// `GET /entries/{kind}`
pub async fn show(visitor: Visitor, Path(kind): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let Ok(kind) = kind.parse::<EntryKind>() else { return Err(missing().await) };
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let which = match typed.one("which") {
        "open" => Which::Open,
        "closed" => Which::Closed,
        _ => Which::All,
    };
    let after = cursor(&typed);
    let first = after.as_ref().map(|_| path(kind));
    let query = EntryQuery { kind, which, model: None, after, limit: 50 };
    let page = visitor.app.store.entries(&query).await.doing("list entries")?;
    let digests = page.items.iter().filter_map(|row| row.text).map(|text| text.digest());
    let digests: Vec<_> = digests.collect();
    let texts = visitor.app.store.texts(&digests).await.doing("read texts")?;
    let names = visitor.app.names().await?;
    let now = visitor.app.clock.now();
    let rows = page.items.into_iter().map(|row| row.as_of(now)).map(|row| {
        let text = row.text.and_then(|text| texts.get(&text.digest()).cloned());
        let owner = row.owner.as_ref().map(|owner| names.get(owner).cloned().unwrap_or_default());
        shown(row, text.unwrap_or_default(), owner.unwrap_or_default())
    });
    let which = typed.one("which").to_owned();
    let next = page.next.map(|next| path_after(kind, &which, &next));
    visitor.page(&Entries { kind, rows: rows.collect(), first, next, which })
}

/// Where more about an entry is said.
pub fn path_of(row: &EntryRow) -> String {
    match &row.subject {
        StreamId::Release(release) if row.kind == EntryKind::Purge => {
            format!("/releases/{release}/records")
        }
        StreamId::Release(release) => format!("/releases/{release}"),
        StreamId::Model(model) => format!("/models/{model}"),
        StreamId::Incident(incident) => format!("/incidents/{incident}"),
        StreamId::Risk(risk) => format!("/risks/{risk}"),
        StreamId::Sandbox(exclusion) => format!("/sandbox/{exclusion}"),
        StreamId::Meeting(meeting) => format!("/committee/{meeting}"),
        StreamId::Register => match row.id.strip_prefix("policy/") {
            // A review of it has a number behind its version.
            Some(policy) => match policy.split_once("/review/") {
                Some((policy, _)) => format!("/policy/{policy}#reviews"),
                None => format!("/policy/{policy}"),
            },
            None if row.kind == EntryKind::Freeze => "/calendar".to_owned(),
            None => match &row.model {
                Some(model) => format!("/models/{model}"),
                None => "/policy".to_owned(),
            },
        },
    }
}

fn shown(row: EntryRow, text: String, owner: String) -> Row {
    let path = path_of(&row);
    let due = row.due.filter(|_| row.closed_at.is_none());
    Row { title: row.title, path, text, owner, state: state_tag(&row.state), due }
}

fn cursor(typed: &Typed) -> Option<EntryCursor> {
    let opened_at = typed.filled("at")?.parse().ok()?;
    Some(EntryCursor { opened_at, id: typed.filled("id")?.to_owned() })
}

fn path_after(kind: EntryKind, which: &str, cursor: &EntryCursor) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("at", &cursor.opened_at.to_string()).append_pair("id", &cursor.id);
    query.append_pair("which", which);
    format!("{}?{}", path(kind), query.finish())
}
