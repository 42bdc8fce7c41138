//! Giving and taking roles, and recording what somebody has passed.

use super::{Held, PersonPage, page};
use crate::app::{AnyCommand, Draft};
use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, form, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::Shell;
use crate::portal::pages::release::titles::Titles;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::name::PersonId;
use countersign_core::register::{Grant, NewQualification, RegisterCommand, Term};
use maud::{Markup, html};

impl PersonPage {
    /// A role held, and the button that takes it.
    pub(super) fn held(&self, one: &Held, shell: &Shell) -> Markup {
        let path = format!("/people/{}/roles", self.id);
        let take = format!("Take {} from {}", one.title, self.name);
        html! {
            div.over {
                div {
                    p { strong { (one.title) } }
                    @if !one.term.is_empty() { p.hint { (one.term) } }
                }
                @if shell.keeps_people() {
                    (form::post(&path, shell, html! {
                        (form::hidden(&[("take", &one.role)]))
                        (button::stop(&take))
                    }))
                }
            }
        }
    }

    fn options(&self, name: &str, all: &[(String, String)]) -> Vec<Option_> {
        let chosen = self.typed.one(name);
        let each = all
            .iter()
            .map(|(value, label)| Option_::new(value, label).among(std::iter::once(chosen)));
        each.collect()
    }

    /// The form that gives a role.
    pub(super) fn give(&self, shell: &Shell) -> Markup {
        let path = format!("/people/{}/roles", self.id);
        let zone = format!("In {}. Without an end when left out.", shell.zone.name);
        let field = |name, label| Field::new(Kind::Moment, name, label).value(self.typed.one(name));
        html! {
            section {
                h2 { "Give a role" }
                (form::post(&path, shell, html! {
                    (Choice::new("give", "Role", self.options("give", &self.free)).select(&self.faults))
                    (field("from", "From").optional().hint("At once when left out.").render(&self.faults))
                    (field("until", "Until").optional().hint(&zone).render(&self.faults))
                    (button::submit(&format!("Give the role to {}", self.name)))
                }))
                (notice::inset("Who holds a role is fixed for a release when it is submitted. The owner of a model is decided model by model. Giving a role anew moves its end."))
            }
        }
    }

    /// The form that records what somebody has passed.
    pub(super) fn qualify(&self, shell: &Shell) -> Markup {
        let path = format!("/people/{}/qualifications", self.id);
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        html! {
            section {
                h2 { "Record a qualification" }
                (form::post(&path, shell, html! {
                    (Choice::new("role", "What was passed", self.options("role", &self.asked)).select(&self.faults))
                    (field(Kind::Date, "passed_on", "Passed on").render(&self.faults))
                    (field(Kind::Line, "proof", "What shows it").hint("A certificate's number, or where the record lies.").render(&self.faults))
                    (button::submit("Record it"))
                }))
            }
        }
    }
}

/// What the register tells of a person, in words.
pub(super) async fn told(
    visitor: &Visitor,
    id: &PersonId,
    titles: &Titles,
) -> Result<PersonPage, Wrong> {
    let (now, register) = (visitor.now(), visitor.app.register().await?.state);
    let zone = &visitor.shell.zone;
    let mut page = PersonPage::default();
    let grants = register.grants.get(id).into_iter().flatten();
    for (role, grant) in grants.filter(|(_, grant)| !grant.is_over(now)) {
        let by = match &grant.by {
            Some(by) => Some(name(visitor, by).await?),
            None => None,
        };
        let term = term(visitor, grant, by.as_deref());
        page.held.push(Held { role: role.to_string(), title: titles.role(role), term });
    }
    let lent = register.delegations.values().filter(|one| !one.is_over(now));
    for one in lent.filter(|one| &one.from == id || &one.to == id) {
        let (role, until) = (titles.role(&one.role), zone.text(one.ends));
        page.lent.push(match &one.to == id {
            true => {
                format!(
                    "Stands in for {} as {role} until {until}.",
                    name(visitor, &one.from).await?
                )
            }
            false => {
                format!("{} stands in as {role} until {until}.", name(visitor, &one.to).await?)
            }
        });
    }
    for ((_, role), has) in register.qualifications.iter().filter(|((whose, _), _)| whose == id) {
        let counts = if now < has.until { "counts until" } else { "expired on" };
        let (role, day) = (titles.role(role), zone.day(has.until));
        page.passed.push(format!("{role}: passed on {}, {counts} {day}.", has.passed_on));
    }
    Ok(page)
}

async fn name(visitor: &Visitor, id: &PersonId) -> Result<String, Wrong> {
    use crate::failure::Doing;
    let person = visitor.app.store.person(id).await.doing("look up a person")?;
    Ok(person.map_or_else(|| id.to_string(), |person| person.name))
}

fn term(visitor: &Visitor, grant: &Grant, by: Option<&str>) -> String {
    let zone = &visitor.shell.zone;
    let from = grant.from.filter(|from| *from > visitor.now());
    let parts = [
        from.map(|from| format!("from {}", zone.text(from))),
        grant.until.map(|until| format!("until {}", zone.text(until))),
        by.map(|by| format!("given by {by}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the form about roles asks for.
fn asked(visitor: &Visitor, person: PersonId, typed: &Typed) -> Result<RegisterCommand, Failure> {
    use crate::api::body::parse;
    if let Some(role) = typed.filled("take") {
        return Ok(RegisterCommand::RevokeRole { person, role: parse("take", role)? });
    }
    let moment = |field: &str| {
        let at = typed.filled(field).map(|text| visitor.shell.zone.parse(text));
        at.map(|at| at.ok_or_else(|| Failure::malformed(field, "say a day and a time"))).transpose()
    };
    let term = Term { from: moment("from")?, until: moment("until")? };
    Ok(RegisterCommand::GrantRole { person, role: parse("give", typed.one("give"))?, term })
}

/// `POST /people/{person}/roles`
pub async fn roles(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    visitor.administers()?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let faults = match asked(&visitor, person, &typed) {
        Ok(command) => visitor.carry_out(AnyCommand::Register(command), Draft::default()).await?,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    answered(&visitor, &id, typed, faults).await
}

/// `POST /people/{person}/qualifications`
pub async fn qualify(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    visitor.administers()?;
    let person: PersonId = crate::api::body::parse("person", &id)?;
    let mut draft = Draft::default();
    let faults = match passed(person, &typed, &mut draft) {
        Ok(command) => visitor.carry_out(AnyCommand::Register(command), draft).await?,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    answered(&visitor, &id, typed, faults).await
}

fn passed(person: PersonId, typed: &Typed, draft: &mut Draft) -> Result<RegisterCommand, Failure> {
    use crate::api::body::parse;
    Ok(RegisterCommand::RecordQualification(NewQualification {
        person,
        role: parse("role", typed.one("role"))?,
        passed_on: parse("passed_on", typed.one("passed_on"))?,
        proof: draft.text("proof", typed.one("proof"))?,
    }))
}

pub(super) async fn answered(
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    faults: Option<Faults>,
) -> Answer {
    match faults {
        None => onwards(&format!("/people/{id}")),
        Some(faults) => {
            let page = PersonPage { faults, typed, ..page(visitor, id).await? };
            visitor.again(&page)
        }
    }
}
