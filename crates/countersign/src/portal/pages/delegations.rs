//! Absence: whom somebody lets act in his roles while he is away, and for whom he acts himself.

use crate::app::{AnyCommand, Draft};
use crate::failure::{Doing, Failure};
use crate::portal::command::onwards;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::name::PersonId;
use countersign_core::register::{Delegation, NewDelegation, RegisterCommand};
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Delegations {
    /// Delegations by and to the visitor that are not over.
    pub lent: Vec<Lent>,
    /// The visitor's own roles: name and title.
    pub roles: Vec<(String, String)>,
    /// Everybody else: identifier and name.
    pub people: Vec<(String, String)>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// A delegation.
#[derive(Debug, Clone)]
pub struct Lent {
    /// Its number.
    pub number: u32,
    /// What it says: "Sam Chen acts for you as AI Governance Lead".
    pub says: String,
    /// From when.
    pub begins: Timestamp,
    /// Until when.
    pub ends: Timestamp,
}

impl Delegations {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let moment = |text: &str| text.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        let one = Lent {
            number: 1,
            says: "Sam Chen acts for you as AI Governance Lead".into(),
            begins: moment("2026-05-11T07:00:00Z"),
            ends: moment("2026-05-25T07:00:00Z"),
        };
        let page = Self {
            lent: vec![one],
            roles: vec![pair("ai_governance_lead", "AI Governance Lead")],
            people: vec![pair("p-1", "Sam Chen"), pair("p-2", "Mara Okafor")],
            ..Self::default()
        };
        let wrong = Self {
            faults: Faults::at("until", "say until when"),
            typed: Typed::default().with("reason", "On leave"),
            ..page.clone()
        };
        vec![page, wrong, Self::default()]
    }

    fn form(&self, shell: &Shell) -> Markup {
        let options = |all: &[(String, String)], name: &str| {
            let chosen = self.typed.one(name).to_owned();
            let each = all.iter().map(|(value, label)| {
                Option_::new(value, label).among(std::iter::once(chosen.as_str()))
            });
            each.collect::<Vec<_>>()
        };
        let zone = format!("In {}.", shell.zone.name);
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        form::post(
            "/delegations",
            shell,
            html! {
                (Choice::new("role", "Role", options(&self.roles, "role")).select(&self.faults))
                (Choice::new("to", "Who acts for you", options(&self.people, "to")).select(&self.faults))
                (field(Kind::Moment, "from", "From").optional().hint("At once when left out.").render(&self.faults))
                (field(Kind::Moment, "until", "Until").hint(&zone).render(&self.faults))
                (field(Kind::Line, "reason", "Why").render(&self.faults))
                (button::submit("Let this person act for you"))
            },
        )
    }
}

impl Page for Delegations {
    fn title(&self) -> String {
        "Absence".into()
    }

    fn section(&self) -> Section {
        Section::Inbox
    }

    fn main(&self, shell: &Shell) -> Markup {
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/inbox", "Waiting for you"))
            h1 { "Absence" }
            @if !self.lent.is_empty() {
                section {
                    h2 { "Who acts for whom" }
                    ul.lines {
                        @for one in &self.lent {
                            li {
                                div.over {
                                    div {
                                        p { strong { (one.says) } }
                                        p.hint { (shell.zone.moment(one.begins)) " to " (shell.zone.moment(one.ends)) }
                                    }
                                    (form::post(&format!("/delegations/{}/end", one.number), shell, button::stop(&format!("End delegation {}", one.number))))
                                }
                            }
                        }
                    }
                }
            }
            section {
                h2 { "Let somebody act for you" }
                @if self.roles.is_empty() {
                    p.hint { "You hold no role that could be lent. The owner of a model is changed with the model." }
                } @else {
                    (self.form(shell))
                    (notice::inset("You and whoever acts for you count as one person: only one of you signs, and both have to be independent. What is lent is not lent on."))
                }
            }
        }
    }
}

async fn page(visitor: &Visitor) -> Result<Delegations, Wrong> {
    let (now, register) = (visitor.now(), visitor.app.register().await?.state);
    let titles = Titles::in_force(visitor).await?;
    let everybody = visitor.app.store.people(None, 500).await.doing("list people")?.items;
    let name = |id: &PersonId| {
        let known = everybody.iter().find(|person| &person.id == id);
        known.map_or_else(|| id.to_string(), |person| person.name.clone())
    };
    let says = |one: &Delegation| {
        let role = titles.role(&one.role);
        match one.from == visitor.person {
            true => format!("{} acts for you as {role}", name(&one.to)),
            false => format!("You act for {} as {role}", name(&one.from)),
        }
    };
    let mine = |one: &Delegation| one.from == visitor.person || one.to == visitor.person;
    let lent = register.delegations.iter().filter(|(_, one)| mine(one) && !one.is_over(now));
    let lent = lent.map(|(number, one)| Lent {
        number: *number,
        says: says(one),
        begins: one.begins,
        ends: one.ends,
    });
    let actor = visitor.actor();
    let held = actor.roles.iter().filter(|role| {
        actor.reads_only.is_none() && **role != countersign_core::register::administrator()
    });
    let mut able = visitor.app.answerable().await?;
    able.remove(&visitor.person);
    let people = crate::portal::words::people(&able);
    Ok(Delegations {
        lent: lent.collect(),
        roles: held.map(|role| (role.to_string(), titles.role(role))).collect(),
        people,
        ..Delegations::default()
    })
}

/// `GET /delegations`
pub async fn show(visitor: Visitor) -> Answer {
    let page = page(&visitor).await?;
    visitor.page(&page)
}

/// What the form asks for.
fn asked(visitor: &Visitor, typed: &Typed, draft: &mut Draft) -> Result<NewDelegation, Failure> {
    let moment = |field: &str| {
        let at = visitor.shell.zone.parse(typed.one(field));
        at.ok_or_else(|| Failure::malformed(field, "say a day and a time"))
    };
    Ok(NewDelegation {
        to: crate::api::body::parse("to", typed.one("to"))?,
        role: crate::api::body::parse("role", typed.one("role"))?,
        begins: typed.filled("from").map(|_| moment("from")).transpose()?,
        ends: moment("until")?,
        reason: draft.text("reason", typed.one("reason"))?,
    })
}

/// `POST /delegations`
pub async fn delegate(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let faults = match asked(&visitor, &typed, &mut draft) {
        Ok(new) => {
            let command = AnyCommand::Register(RegisterCommand::Delegate(new));
            visitor.carry_out(command, draft).await?
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    answered(&visitor, typed, faults).await
}

/// `POST /delegations/{number}/end`
pub async fn end(Path(number): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let number = crate::api::body::parse("number", &number)?;
    let command = AnyCommand::Register(RegisterCommand::EndDelegation { number });
    let faults = visitor.carry_out(command, Draft::default()).await?;
    answered(&visitor, typed, faults).await
}

async fn answered(visitor: &Visitor, typed: Typed, faults: Option<Faults>) -> Answer {
    match faults {
        None => onwards("/delegations"),
        Some(faults) => {
            let page = Delegations { faults, typed, ..page(visitor).await? };
            visitor.again(&page)
        }
    }
}
