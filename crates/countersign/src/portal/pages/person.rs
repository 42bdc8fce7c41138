//! One person: the roles they hold, and a new set-up link.

use crate::app::{AnyCommand, Draft};
use crate::failure::{Doing, Failure};
use crate::portal::command::onwards;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::people::link_notice;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::register::{RegisterCommand, Term, administrator};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct PersonPage {
    /// The identifier.
    pub id: String,
    /// What people call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The roles they hold: name and title.
    pub held: Vec<(String, String)>,
    /// The roles they could be given.
    pub free: Vec<(String, String)>,
    /// A set-up link, shown this once.
    pub invited: Option<(String, String)>,
    /// What is wrong.
    pub faults: Faults,
}

impl PersonPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "p-1".into(),
            name: "Jo Rivera".into(),
            email: "rivera@example.org".into(),
            held: vec![("ml_engineer".into(), "ML Engineer".into())],
            free: vec![("legal".into(), "Legal".into())],
            invited: None,
            faults: Faults::default(),
        };
        let invited = Some(("Jo Rivera".into(), "http://127.0.0.1:8080/setup/setup_sample".into()));
        vec![fresh.clone(), Self { invited, held: vec![], ..fresh }]
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
        let roles = format!("{path}/roles");
        let free = self.free.iter().map(|(name, title)| Option_::new(name, title)).collect();
        let none = Some(()).filter(|()| self.held.is_empty());
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/people", "All people"))
            (heading::with_caption(&self.email, &self.name))
            (link_notice(self.invited.as_ref()))
            section {
                h2 { "Roles held" }
                @if none.is_some() { p.hint { "None yet." } }
                ul.lines {
                    @for (name, title) in &self.held {
                        li {
                            div.over {
                                p { strong { (title) } }
                                (form::post(&roles, shell, html! {
                                    (form::hidden(&[("take", name)]))
                                    (button::stop(&format!("Take {title} from {}", self.name)))
                                }))
                            }
                        }
                    }
                }
            }
            section {
                h2 { "Give a role" }
                (form::post(&roles, shell, html! {
                    (Choice::new("give", "Role", free).select(&self.faults))
                    (button::submit(&format!("Give the role to {}", self.name)))
                }))
                (notice::inset("Who holds a role is fixed for a release when it is submitted. The owner of a model is decided model by model."))
            }
            section {
                h2 { "Set-up link" }
                p { "For a first password, or a lost one." }
                (form::post(&format!("{path}/setup-link"), shell, button::submit(&format!("Make a set-up link for {}", self.name))))
            }
        }
    }
}

async fn page(visitor: &Visitor, id: &str, faults: Faults) -> Result<PersonPage, Wrong> {
    let id: PersonId = crate::api::body::parse("person", id)?;
    let person = visitor.app.store.person(&id).await.doing("look up a person")?;
    let person = person.ok_or_else(|| Failure::not_found("person", &id))?;
    let register = visitor.app.register().await?.state;
    let held = register.roles_of(&id, visitor.now());
    let policy = visitor.app.policy_in_force(&register).await?;
    let mut known = vec![(administrator().to_string(), "Administrator".to_owned())];
    if let Some(loaded) = &policy {
        let roles = loaded.policy.roles.iter().filter(|role| !role.name.is_model_owner());
        known.extend(roles.map(|role| (role.name.to_string(), role.title.clone())));
    }
    let title = |role: &RoleName| {
        let known = known.iter().find(|(name, _)| name == role.as_str());
        known.map_or_else(|| words::title(role.as_str()), |(_, title)| title.clone())
    };
    let held: Vec<_> = held.iter().map(|role| (role.to_string(), title(role))).collect();
    let free = known.iter().filter(|one| !held.contains(one)).cloned().collect();
    let (name, email) = (person.name, person.email);
    Ok(PersonPage { id: id.to_string(), name, email, held, free, invited: None, faults })
}

/// `GET /people/{person}`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    visitor.administers()?;
    let page = page(&visitor, &id, Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /people/{person}/roles`
pub async fn roles(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    visitor.administers()?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let command = match typed.filled("take") {
        Some(role) => {
            RegisterCommand::RevokeRole { person, role: crate::api::body::parse("take", role)? }
        }
        None => {
            let role = crate::api::body::parse("give", typed.one("give"))?;
            RegisterCommand::GrantRole { person, role, term: Term::default() }
        }
    };
    match visitor.carry_out(AnyCommand::Register(command), Draft::default()).await? {
        None => onwards(&format!("/people/{id}")),
        Some(faults) => {
            let page = page(&visitor, &id, faults).await?;
            visitor.again(&page)
        }
    }
}

/// `POST /people/{person}/setup-link`
pub async fn link(Path(id): Path<String>, post: Post) -> Answer {
    let visitor = post.visitor;
    visitor.administers()?;
    let page = page(&visitor, &id, Faults::default()).await?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let link = visitor.app.setup_link(Some(person)).await?;
    let invited = Some((page.name.clone(), link));
    visitor.page(&PersonPage { invited, ..page })
}
