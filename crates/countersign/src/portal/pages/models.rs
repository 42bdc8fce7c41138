//! The models under governance.

use crate::failure::Doing;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::tag::{self, Tag};
use crate::portal::components::{button, empty, filters, pagination};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use axum::extract::RawQuery;
use countersign_store::ModelQuery;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// The text looked for.
    pub text: String,
    /// The models.
    pub rows: Vec<Row>,
    /// The path of the next page.
    pub next: Option<String>,
}

/// A model in the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its short name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Who owns it.
    pub owner: String,
    /// Its tier.
    pub tier: Tag,
}

impl Models {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let row = |name: &str, title: &str, tier: &str| Row {
            name: name.into(),
            title: title.into(),
            owner: "Jo Rivera".into(),
            tier: Tag::of_tier(tier),
        };
        let rows = vec![
            row("intent-router", "Intent router", "low"),
            row("support-summarizer", "Support summarizer", "critical"),
        ];
        vec![Self { rows, ..Self::default() }, Self::default()]
    }
}

impl Page for Models {
    fn title(&self) -> String {
        "Models".into()
    }

    fn section(&self) -> Section {
        Section::Models
    }

    fn main(&self, _: &Shell) -> Markup {
        let some = self.rows.first();
        let clear = Some("/models").filter(|_| !self.text.is_empty());
        let text = Field::new(Kind::Search, "text", "Name or title").value(&self.text);
        html! {
            div.over {
                h1 { "Models" }
                (button::link("/models/new", "Register a model"))
            }
            (filters::render("/models", text.render(&Faults::default()), clear))
            @if some.is_some() {
                ul.cards {
                    @for row in &self.rows {
                        li {
                            div.what {
                                h2 { a href={ "/models/" (row.name) } { (row.title) } }
                                p.hint { (row.name) " · owned by " (row.owner) }
                            }
                            div.where { (tag::render(&row.tier)) }
                        }
                    }
                }
            } @else {
                (empty::render("No model is registered under this name.", "A model comes under governance before its first release.", None))
            }
            (pagination::render(None, self.next.as_deref()))
        }
    }
}

/// `GET /models`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let wanted = ModelQuery {
        text: typed.filled("text").map(str::to_owned),
        after: typed.filled("after").and_then(|after| after.parse().ok()),
        limit: 50,
    };
    let page = visitor.app.store.models(&wanted).await.doing("list models")?;
    let names = visitor.app.names().await?;
    let rows = page.items.into_iter().map(|row| Row {
        owner: names.get(&row.owner).cloned().unwrap_or_else(|| row.owner.to_string()),
        name: row.model.to_string(),
        title: row.title,
        tier: Tag::of_tier(row.tier.word()),
    });
    let next = page.next.map(|next| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("text", typed.one("text")).append_pair("after", next.as_str());
        format!("/models?{}", query.finish())
    });
    let text = typed.one("text").to_owned();
    visitor.page(&Models { text, rows: rows.collect(), next })
}
