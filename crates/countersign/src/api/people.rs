//! `/people`: who can sign in, and which roles they hold.

pub mod account;
pub mod delegations;
pub mod qualifications;
pub mod roles;
pub mod standing;

use crate::api::body::{Body, Path, Query, parse, title};
use crate::api::headers::Care;
use crate::api::once::Repeatable;
use crate::api::permit::{Act, Administer, Permit};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::name::PersonId;
use countersign_core::register::Register;
use countersign_store::Person;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use standing::Standing;
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of people.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PersonPage {
    /// The people.
    pub items: Vec<PersonItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PersonItem {
    /// The identifier that events carry.
    pub id: String,
    /// What people call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The roles held now.
    pub roles: Vec<String>,
    /// Whether they have set a password.
    pub set_up: bool,
    /// Whether they may not sign in.
    pub disabled: bool,
    /// What they hold, for how long, and for whom.
    #[serde(default)]
    pub standing: Standing,
}

impl PersonItem {
    fn of(person: Person, register: &Register, now: Timestamp) -> Self {
        let roles = register.roles_of(&person.id, now);
        Self {
            standing: Standing::of(&person.id, register, now),
            id: person.id.to_string(),
            name: person.name,
            email: person.email,
            roles: roles.iter().map(ToString::to_string).collect(),
            set_up: person.password_hash.is_some(),
            disabled: person.disabled_at.is_some(),
        }
    }
}

/// Lists people.
#[utoipa::path(get, path = "/people", params(Wanted), tag = "people", responses(
    (status = 200, body = PersonPage), (status = "4XX", body = Problem)
))]
pub async fn list(
    permit: Permit<Act>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<PersonPage>, Problem> {
    let after: Option<PersonId> =
        wanted.after.as_deref().map(|text| parse("after", text)).transpose()?;
    let limit = wanted.limit.unwrap_or(50).clamp(1, 200);
    let page = permit.app.store.people(after.as_ref(), limit).await.doing("list people")?;
    let register = permit.app.register().await?.state;
    let now = permit.app.clock.now();
    Ok(Json(PersonPage {
        items: page.items.into_iter().map(|one| PersonItem::of(one, &register, now)).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}

/// Shows a person.
#[utoipa::path(get, path = "/people/{person}", tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = PersonItem), (status = "4XX", body = Problem))
)]
pub async fn show(
    permit: Permit<Act>,
    Path(id): Path<String>,
) -> Result<Json<PersonItem>, Problem> {
    let person = existing(&permit, &id).await?;
    let register = permit.app.register().await?.state;
    Ok(Json(PersonItem::of(person, &register, permit.app.clock.now())))
}

/// Somebody to add.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// What people call them.
    pub name: String,
    /// Their address; they sign in with it.
    pub email: String,
}

/// A person with a link to set a password.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Invited {
    /// The identifier that events carry.
    pub person: String,
    /// Give this to the person: it works once, for 72 hours. It is shown once and kept nowhere;
    /// absent when the request is repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setup_link: Option<String>,
}

impl Repeatable for Invited {
    fn without_secrets(self) -> Self {
        Self { setup_link: None, ..self }
    }
}

/// Adds a person.
#[utoipa::path(post, path = "/people", request_body = NewPerson, tag = "people", responses(
    (status = 200, body = Invited), (status = "4XX", body = Problem)
))]
pub async fn add(
    permit: Permit<Administer>,
    care: Care,
    body: Body<NewPerson>,
) -> Result<Json<Invited>, Problem> {
    let new = body.value;
    let work = async {
        let name = title("name", &new.name)?;
        let person = permit.app.add_person(&name, &new.email).await?;
        let link = permit.app.setup_link(Some(person.id.clone())).await?;
        Ok(Invited { person: person.id.to_string(), setup_link: Some(link) })
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}

/// A person who is known.
pub(super) async fn existing<P>(permit: &Permit<P>, id: &str) -> Result<Person, Failure> {
    let id: PersonId = parse("person", id)?;
    let person = permit.app.store.person(&id).await.doing("look up a person")?;
    person.ok_or_else(|| Failure::not_found("person", &id))
}
