//! People and the roles they hold, for administrators.

use crate::failure::Doing;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, notice, pagination};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::RawQuery;
use countersign_core::name::PersonId;
use countersign_store::Person;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The people.
    pub rows: Vec<Row>,
    /// The path of the next page.
    pub next: Option<String>,
    /// A new person's name and set-up link, shown this once.
    pub invited: Option<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// A person in the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Their page.
    pub path: String,
    /// What people call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The roles they hold.
    pub roles: Vec<String>,
}

impl People {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let rows = vec![Row {
            path: "/people/p-1".into(),
            name: "Jo Rivera".into(),
            email: "rivera@example.org".into(),
            roles: vec!["ML Engineer".into()],
        }];
        let link = "http://127.0.0.1:8080/setup/setup_sample".to_owned();
        let faults =
            Faults::at("email", "`chen` is not an e-mail address, for example ada@example.org");
        vec![
            Self { rows: rows.clone(), ..Self::default() },
            Self {
                rows: rows.clone(),
                invited: Some(("Sam Chen".into(), link)),
                ..Self::default()
            },
            Self { rows, faults, typed: Typed::default().with("email", "chen"), ..Self::default() },
        ]
    }
}

/// A set-up link, shown once.
pub fn link_notice(invited: Option<&(String, String)>) -> Markup {
    html! {
        @if let Some((name, link)) = invited {
            (notice::warning(html! {
                "Send this link to " (name) ". It is shown once, works once, and for three days: "
                code.digest { (link) }
            }))
        }
    }
}

impl Page for People {
    fn title(&self) -> String {
        "People".into()
    }

    fn section(&self) -> Section {
        Section::People
    }

    fn main(&self, shell: &Shell) -> Markup {
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        html! {
            (error_summary::render(&self.faults))
            h1 { "People and roles" }
            (link_notice(self.invited.as_ref()))
            ul.cards {
                @for row in &self.rows {
                    li {
                        div.what { h2 { a href=(row.path) { (row.name) } } p.hint { (row.email) } }
                        div.where { p { (row.roles.join(", ")) } }
                    }
                }
            }
            (pagination::render(None, self.next.as_deref()))
            @if shell.keeps_people() {
                section {
                    h2 { "Invite a person" }
                    (form::post("/people", shell, html! {
                        (field(Kind::Line, "name", "Name").render(&self.faults))
                        (field(Kind::Email, "email", "E-mail address").render(&self.faults))
                        (button::submit("Invite this person"))
                    }))
                }
            }
        }
    }
}

async fn page(visitor: &Visitor, after: Option<PersonId>) -> Result<People, Wrong> {
    let page = visitor.app.store.people(after.as_ref(), 100).await.doing("list people")?;
    let titles = Titles::in_force(visitor).await?;
    let row = |person: Person| Row {
        path: format!("/people/{}", person.id),
        roles: visitor
            .register
            .roles_of(&person.id, visitor.now())
            .iter()
            .map(|role| titles.role(role))
            .collect(),
        name: person.name,
        email: person.email,
    };
    let mut rows: Vec<Row> = page.items.into_iter().map(row).collect();
    rows.sort_by_key(|row| row.name.to_lowercase());
    let next = page.next.map(|next| format!("/people?after={next}"));
    Ok(People { rows, next, ..People::default() })
}

/// `GET /people`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    visitor.inspects()?;
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let page = page(&visitor, typed.one("after").parse().ok()).await?;
    visitor.page(&page)
}

/// `POST /people`
pub async fn add(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    visitor.administers()?;
    let added = visitor.app.add_person(typed.one("name"), typed.one("email")).await;
    match added {
        Ok(person) => {
            let link = visitor.app.setup_link(Some(person.id)).await?;
            let page = People { invited: Some((person.name, link)), ..page(&visitor, None).await? };
            visitor.page(&page)
        }
        Err(failure) => {
            let faults = Faults::from_failure(failure)?;
            let page = People { faults, typed, ..page(&visitor, None).await? };
            visitor.again(&page)
        }
    }
}
