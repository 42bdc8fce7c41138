//! One person: the roles they hold and for how long, what they have passed, and a new set-up link.

mod address;
mod disable;
mod erase;
mod roles;

pub use address::address;
pub use disable::disable;
pub use erase::erase;
pub use roles::{qualify, roles};

use crate::failure::{Doing, Failure};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::people::link_notice;
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::name::PersonId;
use countersign_core::register::administrator;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct PersonPage {
    /// The identifier.
    pub id: String,
    /// What people call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The roles they hold or will hold.
    pub held: Vec<Held>,
    /// Roles they act in for others, and others for them, in words.
    pub lent: Vec<String>,
    /// What they have passed, in words.
    pub passed: Vec<String>,
    /// Roles the policy asks a qualification for: name, and what it is called.
    pub asked: Vec<(String, String)>,
    /// The roles they could be given.
    pub free: Vec<(String, String)>,
    /// Since when they are let in no longer, in words.
    pub disabled: Option<String>,
    /// A set-up link, shown this once.
    pub invited: Option<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// A role with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its name.
    pub role: String,
    /// What people call it.
    pub title: String,
    /// From when and until when, and who gave it, in words; may be empty.
    pub term: String,
}

impl PersonPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "p-1".into(),
            name: "Jo Rivera".into(),
            email: "rivera@example.org".into(),
            held: vec![Held {
                role: "ml_engineer".into(),
                title: "ML Engineer".into(),
                term: "until 1 Sep 2026, 09:00 CEST, given by Ada Okafor".into(),
            }],
            lent: vec!["Stands in for Sam Chen as Product Lead until 25 May 2026".into()],
            passed: vec![
                "AI Governance Lead: passed on 2026-05-04, counts until 4 May 2027".into(),
            ],
            asked: vec![("ai_governance_lead".into(), "Approver training".into())],
            free: vec![("legal".into(), "Legal".into())],
            disabled: None,
            invited: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let invited = Some(("Jo Rivera".into(), "http://127.0.0.1:8080/setup/setup_sample".into()));
        let bare =
            Self { held: vec![], lent: vec![], passed: vec![], asked: vec![], ..fresh.clone() };
        let disabled = Some("1 Sep 2026, 09:00 CEST".into());
        vec![fresh, Self { disabled, ..bare.clone() }, Self { invited, ..bare }]
    }
}

impl Page for PersonPage {
    fn title(&self) -> String {
        self.name.clone()
    }

    fn section(&self) -> Section {
        Section::People
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/people/{}", self.id);
        let none = Some(()).filter(|()| self.held.is_empty());
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/people", "All people"))
            (heading::with_caption(&self.email, &self.name))
            (link_notice(self.invited.as_ref()))
            section {
                h2 { "Roles held" }
                @if none.is_some() { p.hint { "None yet." } }
                ul.lines { @for one in &self.held { li { (self.held(one, shell)) } } }
                @for one in &self.lent { p { (one) } }
            }
            @if !self.passed.is_empty() {
                section {
                    h2 { "Qualifications" }
                    ul { @for one in &self.passed { li { (one) } } }
                }
            }
            @if shell.keeps_people() {
                (self.give(shell))
                (self.address(shell))
                @if !self.asked.is_empty() { (self.qualify(shell)) }
                section {
                    h2 { "Set-up link" }
                    p { "For a first password, or a lost one." }
                    (form::post(&format!("{path}/setup-link"), shell, button::submit(&format!("Make a set-up link for {}", self.name))))
                }
                (self.disabling(shell))
                (self.erasure(shell))
            }
        }
    }
}

/// The page as it stands.
async fn page(visitor: &Visitor, id: &str) -> Result<PersonPage, Wrong> {
    let id: PersonId = crate::api::body::parse("person", id)?;
    let person = visitor.app.store.person(&id).await.doing("look up a person")?;
    let person = person.ok_or_else(|| Failure::not_found("person", &id))?;
    let titles = Titles::in_force(visitor).await?;
    let told = roles::told(visitor, &id, &titles).await?;
    let policy = visitor.app.policy_in_force(&visitor.register).await?;
    let mut known = vec![(administrator().to_string(), "Administrator".to_owned())];
    let mut asked = Vec::new();
    if let Some(loaded) = &policy {
        let roles = loaded.policy.roles.iter().filter(|role| !role.name.is_model_owner());
        known.extend(roles.map(|role| (role.name.to_string(), role.title.clone())));
        let rules = loaded.policy.people_rules().qualifications;
        asked.extend(rules.into_iter().map(|(role, it)| (role.to_string(), it.title)));
    }
    Ok(PersonPage {
        id: id.to_string(),
        name: person.name,
        disabled: person.disabled_at.map(|at| visitor.shell.zone.text(at)),
        email: person.email,
        free: known,
        asked,
        ..told
    })
}

/// `GET /people/{person}`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    visitor.inspects()?;
    let page = page(&visitor, &id).await?;
    visitor.page(&page)
}

/// `POST /people/{person}/setup-link`
pub async fn link(Path(id): Path<String>, post: Post) -> Answer {
    let visitor = post.visitor;
    visitor.administers()?;
    let page = page(&visitor, &id).await?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let link = visitor.app.setup_link(Some(person)).await?;
    let invited = Some((page.name.clone(), link));
    visitor.page(&PersonPage { invited, ..page })
}
