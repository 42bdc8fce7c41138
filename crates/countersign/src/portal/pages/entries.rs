//! One list kept beside the releases, the newest entry first.

mod lists;

use crate::failure::Doing;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, empty, filters, pagination};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::inbox::due_tag;
use crate::portal::pages::missing;
use crate::portal::pages::release::titles::Titles;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::{Path, RawQuery};
use countersign_core::entry::EntryKind;
use countersign_core::rows::EntryRow;
use countersign_core::stream::StreamId;
use countersign_store::{EntryCursor, EntryQuery, ModelQuery, Which};
use jiff::Timestamp;
use lists::{added, kinds, told};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Entries {
    /// Which list.
    pub kind: EntryKind,
    /// `open`, `closed`, or nothing for both.
    pub which: String,
    /// The model whose entries are shown, by its short name; empty for every model's.
    pub model: String,
    /// The models to choose from: short name and title.
    pub models: Vec<(String, String)>,
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
        let none = Self {
            kind,
            which: String::new(),
            model: String::new(),
            models: vec![("summarizer".into(), "Summarizer".into())],
            rows: Vec::new(),
            first: None,
            next: None,
        };
        vec![Self { rows, next: Some("/entries/condition?at=x".into()), ..none.clone() }, none]
    }

    fn filters(&self) -> Markup {
        let options = [("", "All"), ("open", "Open"), ("closed", "Settled")];
        let options = options.map(|(value, label)| {
            Option_::new(value, label).among(std::iter::once(self.which.as_str()))
        });
        let choice = Choice::new("which", "Show", options.into());
        let models = self.models.iter().map(|(name, title)| Option_::new(name, title));
        let models = std::iter::once(Option_::new("", "Every model")).chain(models);
        let models = models.map(|one| one.among(std::iter::once(self.model.as_str())));
        let models = Choice::new("model", "Model", models.collect());
        let none = Faults::default();
        let boxes = html! { (choice.select(&none)) (models.select(&none)) };
        let (path, set) = (path(self.kind), !self.which.is_empty() || !self.model.is_empty());
        filters::render(&path, boxes, set.then_some(path.as_str()))
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
            div.tags {
                (tag::render(&row.state))
                @if let Some(due) = row.due { (tag::render(&due_tag(shell, due))) }
            }
            @if let Some(due) = row.due {
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
    // A name that is none finds nothing, like any other that is not there.
    let model = typed.filled("model");
    let query =
        EntryQuery { kind, which, model: model.and_then(|it| it.parse().ok()), after, limit: 50 };
    let page = visitor.app.entries(&query).await?;
    let digests = page.items.iter().filter_map(|row| row.text).map(|text| text.digest());
    let digests: Vec<_> = digests.collect();
    let texts = visitor.app.store.texts(&digests).await.doing("read texts")?;
    let names = visitor.app.names().await?;
    let titles = Titles::in_force(&visitor).await?;
    let rows = page.items.into_iter().map(|row| {
        let text = row.text.and_then(|text| texts.get(&text.digest()).cloned());
        let owner = row.owner.as_ref().map(|owner| names.get(owner).cloned().unwrap_or_default());
        let row = match &row.role {
            // Rows name a role by its word; people call it something else.
            Some(role) => {
                let title = row.title.replace(&format!("`{role}`"), &titles.role(role));
                EntryRow { title, ..row }
            }
            None => row,
        };
        shown(row, text.unwrap_or_default(), owner.unwrap_or_default())
    });
    let (which, model) = (typed.one("which").to_owned(), typed.one("model").to_owned());
    let next = page.next.map(|next| path_after(kind, (&which, &model), &next));
    let models = models(&visitor).await?;
    visitor.page(&Entries { kind, rows: rows.collect(), first, next, which, model, models })
}

/// The models to choose from: short name and title.
async fn models(visitor: &Visitor) -> Result<Vec<(String, String)>, Wrong> {
    let query = ModelQuery { limit: 200, ..ModelQuery::default() };
    let page = visitor.app.store.models(&query).await.doing("list models")?;
    Ok(page.items.into_iter().map(|row| (row.model.to_string(), row.title)).collect())
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

fn path_after(kind: EntryKind, (which, model): (&str, &str), cursor: &EntryCursor) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("at", &cursor.opened_at.to_string()).append_pair("id", &cursor.id);
    query.append_pair("which", which).append_pair("model", model);
    format!("{}?{}", path(kind), query.finish())
}
