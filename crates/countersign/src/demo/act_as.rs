//! `POST /demo/act-as/{person}`: becoming somebody of the cast without a password.
//!
//! Only a demonstration has this route. A form of another site cannot use it: the form carries
//! the value that the browser was given with the page.

use super::cast;
use crate::app::App;
use crate::failure::{Doing, Failure};
use crate::random;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use countersign_core::digest::Sha256;
use serde::Deserialize;
use std::sync::Arc;

/// The cookie of a session, the same as after signing in.
const SESSION_COOKIE: &str = "countersign_session";

/// The cookie behind the forms of people who are not signed in.
const FORM_COOKIE: &str = "countersign_form";

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    /// The value the browser was given.
    #[serde(default)]
    csrf: String,
    /// Where to go afterwards.
    #[serde(default)]
    next: String,
}

/// Becomes somebody of the cast.
pub async fn act_as(
    State(app): State<Arc<App>>,
    Path(handle): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    let expected = cookie(&headers, FORM_COOKIE).unwrap_or_default();
    let same = Sha256::of(chosen.csrf.as_bytes()) == Sha256::of(expected.as_bytes());
    if expected.is_empty() || !same {
        let text = "This form is out of date: open /demo again and choose there.";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    match open_session(&app, &handle).await {
        Ok(line) => {
            ([(header::SET_COOKIE, line)], Redirect::to(local(&chosen.next))).into_response()
        }
        Err(failure) => crate::api::problem::Problem::from(failure).into_response(),
    }
}

async fn open_session(app: &App, handle: &str) -> Result<String, Failure> {
    let part = cast::named(handle).ok_or_else(|| Failure::not_found("person", handle))?;
    let person = app.store.person_by_email(&cast::email(part)).await.doing("look up a person")?;
    let person = person.ok_or_else(|| Failure::not_found("person", handle))?;
    let session = app.open_session(&person).await?;
    Ok(set_cookie(app, SESSION_COOKIE, &session.token, 43_200))
}

/// The value for the forms of a page, and the line that keeps it in the browser.
pub(super) fn form_value(app: &App, headers: &HeaderMap) -> (String, String) {
    let known = cookie(headers, FORM_COOKIE).filter(|value| value.starts_with("form_"));
    let value = known.unwrap_or_else(|| random::token("form"));
    let line = set_cookie(app, FORM_COOKIE, &value, 3_600);
    (value, line)
}

fn set_cookie(app: &App, name: &str, value: &str, seconds: u32) -> String {
    let secure = if app.config.https() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (given, value) = pair.trim().split_once('=')?;
        (given == name).then(|| value.to_owned())
    })
}

/// A path of this site, or the inbox: nobody is sent elsewhere.
fn local(next: &str) -> &str {
    let strange = |c: char| c.is_control() || c == '\\';
    let local = next.starts_with('/') && !next.starts_with("//") && !next.contains(strange);
    if local { next } else { "/inbox" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local("/releases/r-1"), "/releases/r-1");
        for elsewhere in ["", "//evil.example", "https://evil.example", "/\\evil.example"] {
            assert_eq!(local(elsewhere), "/inbox");
        }
    }
}
