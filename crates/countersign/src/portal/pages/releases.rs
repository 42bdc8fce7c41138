//! The list of releases, with its filters.

use crate::api::releases::list::{read_cursor, write_cursor};
use crate::failure::Doing;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::tag::{self, Tag};
use crate::portal::components::{button, empty, filters, pagination};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::RawQuery;
use countersign_core::rows::ReleaseRow;
use countersign_store::{ModelQuery, ReleaseQuery};
use jiff::Timestamp;
use maud::{Markup, html};

/// The words of states, as the filter offers them.
const STATES: [&str; 10] = [
    "draft",
    "in_review",
    "changes_requested",
    "approved",
    "deployed",
    "confirmed",
    "rejected",
    "withdrawn",
    "superseded",
    "suspended",
];

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Releases {
    /// The filters as they were set.
    pub typed: Typed,
    /// The models to filter by: short name and title.
    pub models: Vec<(String, String)>,
    /// The releases.
    pub rows: Vec<Row>,
    /// The path of the next page.
    pub next: Option<String>,
}

/// A release in the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its path.
    pub path: String,
    /// What people call it.
    pub title: String,
    /// Its model.
    pub model: String,
    /// Its state.
    pub state: Tag,
    /// Its tier.
    pub tier: Tag,
    /// Its change type.
    pub change: String,
    /// Who asked for it.
    pub requested_by: String,
    /// When something last happened.
    pub updated_at: Timestamp,
}

impl Releases {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let row = |title: &str, model: &str, state: &str, tier: &str, change: &str| Row {
            path: "/releases/r-000000000000".into(),
            title: title.into(),
            model: model.into(),
            state: Tag::of_state(state),
            tier: Tag::of_tier(tier),
            change: change.into(),
            requested_by: "Jo Rivera".into(),
            updated_at: "2026-05-11T14:20:00Z".parse().unwrap_or_default(),
        };
        let rows = vec![
            row(
                "summarizer v1.4",
                "support-summarizer",
                "in_review",
                "critical",
                "Configuration change",
            ),
            row("triage-lora r7", "ticket-triage", "draft", "medium", "Minor update"),
            row("router v2", "intent-router", "deployed", "low", "New model"),
            row("summarizer v1.3", "support-summarizer", "superseded", "critical", "Minor update"),
            row("pricing v9", "pricing", "rejected", "high", "Major update"),
        ];
        let models = vec![("support-summarizer".into(), "Support summarizer".into())];
        vec![
            Self { rows, next: Some("/releases?after=x".into()), models, ..Self::default() },
            Self { typed: Typed::default().with("state", "draft"), ..Self::default() },
        ]
    }

    fn filters(&self) -> Markup {
        let none = Faults::default();
        let states = STATES.iter().map(|word| Option_::new(*word, words::title(word)));
        let states = std::iter::once(Option_::new("", "Any state")).chain(states);
        let models = self.models.iter().map(|(name, title)| Option_::new(name, title));
        let models = std::iter::once(Option_::new("", "Any model")).chain(models);
        let chosen = |name| move |one: Option_| one.among(self.typed.all(name));
        let set = ["text", "state", "model"].iter().any(|name| self.typed.filled(name).is_some());
        let text = Field::new(Kind::Search, "text", "Title, model or id");
        filters::render(
            "/releases",
            html! {
                (text.value(self.typed.one("text")).render(&none))
                (Choice::new("state", "State", states.map(chosen("state")).collect()).select(&none))
                (Choice::new("model", "Model", models.map(chosen("model")).collect()).select(&none))
            },
            set.then_some("/releases"),
        )
    }
}

impl Page for Releases {
    fn title(&self) -> String {
        "Releases".into()
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let some = self.rows.first();
        let first = self.typed.filled("after").map(|_| "/releases");
        html! {
            div.over {
                h1 { "Releases" }
                (button::link("/releases/new", "Request a release"))
            }
            (self.filters())
            @if some.is_some() {
                ul.cards { @for row in &self.rows { li { (one(row, shell)) } } }
            } @else {
                (empty::render(
                    "No release is like that.",
                    "Take a filter away, or request the first release of a model.",
                    None,
                ))
            }
            (pagination::render(first, self.next.as_deref()))
        }
    }
}

fn one(row: &Row, shell: &Shell) -> Markup {
    html! {
        div.what {
            h2 { a href=(row.path) { (row.title) } }
            p.hint { (row.model) " · " (row.change) " · " (row.tier.text) }
        }
        div.where {
            (tag::render(&row.state))
            p.hint { (row.requested_by) ", " (shell.zone.moment(row.updated_at)) }
        }
    }
}

/// `GET /releases`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let wanted = ReleaseQuery {
        model: typed.filled("model").and_then(|model| model.parse().ok()),
        state: typed.filled("state").map(str::to_owned),
        text: typed.filled("text").map(str::to_owned),
        after: typed.filled("after").map(read_cursor).transpose()?,
        limit: 30,
    };
    let page = visitor.app.store.releases(&wanted).await.doing("list releases")?;
    let names = visitor.app.names().await?;
    let name = |row: &ReleaseRow| {
        names.get(&row.requested_by).cloned().unwrap_or_else(|| row.requested_by.to_string())
    };
    let rows = page.items.iter().map(|row| Row {
        path: format!("/releases/{}", row.release),
        title: row.title.clone(),
        model: row.model.to_string(),
        state: Tag::of_state(&row.state),
        tier: Tag::of_tier(row.tier.word()),
        change: row.change.human().to_owned(),
        requested_by: name(row),
        updated_at: row.updated_at,
    });
    let rows = rows.collect();
    let next = page.next.as_ref().map(|next| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(typed.except(&["after"])).append_pair("after", &write_cursor(next));
        format!("/releases?{}", query.finish())
    });
    let models = models(&visitor).await?;
    visitor.page(&Releases { typed, models, rows, next })
}

/// The models a filter or a form offers.
pub async fn models(
    visitor: &Visitor,
) -> Result<Vec<(String, String)>, crate::portal::wrong::Wrong> {
    let query = ModelQuery { limit: 200, ..ModelQuery::default() };
    let page = visitor.app.store.models(&query).await.doing("list models")?;
    Ok(page.items.into_iter().map(|row| (row.model.to_string(), row.title)).collect())
}
