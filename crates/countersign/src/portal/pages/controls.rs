//! The controls an auditor holds the organisation to.

use crate::app::controls::LoadedControl;
use crate::portal::components::empty;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Controls {
    /// The controls, by identifier.
    pub rows: Vec<Row>,
}

/// A control in the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its identifier.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Its domain.
    pub domain: String,
    /// What it is for.
    pub objective: String,
}

impl From<LoadedControl> for Row {
    fn from(loaded: LoadedControl) -> Self {
        Self {
            id: loaded.reference.id.to_string(),
            version: loaded.reference.version,
            title: loaded.control.title,
            domain: loaded.control.domain,
            objective: loaded.control.objective,
        }
    }
}

impl Controls {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let row = Row {
            id: "CHM-002".into(),
            version: "1.0".into(),
            title: "A gate before production".into(),
            domain: "Change Management".into(),
            objective: "Nothing untested or unapproved reaches production.".into(),
        };
        vec![Self::default(), Self { rows: vec![row] }]
    }
}

impl Page for Controls {
    fn title(&self) -> String {
        "Controls".into()
    }

    fn section(&self) -> Section {
        Section::Policy
    }

    fn main(&self, _: &Shell) -> Markup {
        let some = self.rows.first();
        html! {
            h1 { "Controls" }
            p { "What an auditor asks for, and what the log shows of it." }
            @if some.is_some() {
                ul.cards {
                    @for row in &self.rows {
                        li { div.what {
                            h2 { a href={ "/controls/" (row.id) } { (row.id) " " (row.title) } }
                            p { (row.objective) }
                            p.hint { (row.domain) " · version " (row.version) }
                        } }
                    }
                }
            } @else {
                (empty::render(
                    "No control was published yet.",
                    "An administrator publishes one with countersign control publish; the catalog \
                     has five to start from.",
                    None,
                ))
            }
        }
    }
}

/// `GET /controls`
pub async fn show(visitor: Visitor) -> Answer {
    let rows = visitor.app.controls().await?.into_iter().map(Row::from).collect();
    visitor.page(&Controls { rows })
}
