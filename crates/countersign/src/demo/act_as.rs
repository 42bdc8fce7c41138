//! `POST /demo/act-as/{person}`: becoming somebody of the cast without a password.
//!
//! Only a demonstration has this route. A form of another site cannot use it: the form carries
//! the value that the browser was given with the page.

use super::cast;
use crate::app::App;
use crate::failure::{Doing, Failure};
use crate::portal::post::AnybodysPost;
use crate::portal::visit::{self, Answer};
use axum::extract::Path;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use countersign_store::Person;

/// Becomes somebody of the cast, and leaves whoever one was before.
pub async fn act_as(Path(handle): Path<String>, post: AnybodysPost) -> Answer {
    let AnybodysPost { anybody, typed } = post;
    let person = person(&anybody.app, &handle).await?;
    if let Some(old) = &anybody.session {
        anybody.app.close_session(old).await?;
    }
    let session = anybody.app.open_session(&person).await?;
    let line = visit::session_cookie(&anybody.app, &session.token);
    let next = visit::local_path(typed.one("next"));
    Ok((AppendHeaders([(header::SET_COOKIE, line)]), Redirect::to(next)).into_response())
}

async fn person(app: &App, handle: &str) -> Result<Person, Failure> {
    let missing = || Failure::not_found("person", handle);
    let part = cast::named(handle).ok_or_else(missing)?;
    let person = app.store.person_by_email(&cast::email(part)).await.doing("look up a person")?;
    person.ok_or_else(missing)
}
