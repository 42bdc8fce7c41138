//! `POST /people/{person}/setup-link` and `…/disable`, `PUT …/address`: how a person gets in, is
//! written to, and no longer gets in.

use super::{Invited, PersonItem, existing};
use crate::api::body::{Body, Path};
use crate::api::headers::Care;
use crate::api::once::Repeatable;
use crate::api::permit::{Administer, Permit};
use crate::api::problem::Problem;
use crate::api::releases::submit::Nothing;
use crate::failure::Failure;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

impl Repeatable for PersonItem {}

/// Makes a new set-up link for a person: for who lost the first one, or the password.
#[utoipa::path(post, path = "/people/{person}/setup-link", tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = Invited), (status = "4XX", body = Problem))
)]
pub async fn setup_link(
    permit: Permit<Administer>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<Invited>, Problem> {
    let person = existing(&permit, &id).await?;
    let work = async {
        if person.disabled_at.is_some() {
            let message = "this person is disabled: add them anew under another address";
            return Err(Failure::malformed("person", message));
        }
        let link = permit.app.setup_link(Some(person.id.clone())).await?;
        Ok(Invited { person: person.id.to_string(), setup_link: Some(link) })
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}

/// Another address.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAddress {
    /// The address: they sign in with it, and notices are mailed there.
    pub email: String,
}

/// Gives a person another address, for signing in and for notices. Nothing of the earlier one stays.
#[utoipa::path(put, path = "/people/{person}/address", request_body = NewAddress, tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = PersonItem), (status = "4XX", body = Problem))
)]
pub async fn address(
    permit: Permit<Administer>,
    Path(id): Path<String>,
    care: Care,
    body: Body<NewAddress>,
) -> Result<Json<PersonItem>, Problem> {
    let person = existing(&permit, &id).await?;
    let email = body.value.email;
    let work = async {
        let register = permit.app.register().await?.state;
        let person = permit.app.set_address(person, &email).await?;
        Ok(PersonItem::of(person, &register, permit.app.clock.now()))
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}

/// Lets a person no longer in: roles and delegations end, then sessions, and tokens no longer work.
/// What they did stays.
#[utoipa::path(post, path = "/people/{person}/disable", tag = "people",
    params(("person" = String, Path, description = "The person's identifier")),
    responses((status = 200, body = PersonItem), (status = "4XX", body = Problem))
)]
pub async fn disable(
    permit: Permit<Administer>,
    Path(id): Path<String>,
    care: Care,
    body: Body<Nothing>,
) -> Result<Json<PersonItem>, Problem> {
    let person = existing(&permit, &id).await?;
    let work = async {
        let person = permit.app.disable_person(&permit.caller, person).await?;
        let register = permit.app.register().await?.state;
        Ok(PersonItem::of(person, &register, permit.app.clock.now()))
    };
    permit.once(care.of_unversioned(body.request)?, work).await
}
