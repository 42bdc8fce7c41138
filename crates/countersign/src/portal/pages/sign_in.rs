//! Signing in and out.

use crate::failure::Failure;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Shell};
use crate::portal::post::{AnybodysPost, Post};
use crate::portal::visit::{self, Answer, Anybody};
use axum::extract::RawQuery;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// The address typed.
    pub email: String,
    /// Where to go afterwards.
    pub next: String,
    /// What is wrong.
    pub faults: Faults,
}

impl SignIn {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let wrong = Faults::at("email", "the address or the password is not right: try again");
        vec![
            Self { next: "/".into(), ..Self::default() },
            Self { email: "rivera@example.org".into(), next: "/".into(), faults: wrong },
        ]
    }
}

impl Page for SignIn {
    fn title(&self) -> String {
        "Sign in".into()
    }

    fn main(&self, shell: &Shell) -> Markup {
        let email = Field::new(Kind::Email, "email", "E-mail address").value(&self.email);
        let password = Field::new(Kind::Password, "password", "Password");
        html! {
            div.narrow-page {
                (error_summary::render(&self.faults))
                h1 { "Sign in" }
                p.lead { "The release gate for AI models: evidence, named approvals, and a verdict anybody can check." }
                (form::post("/sign-in", shell, html! {
                    (form::hidden(&[("next", &self.next)]))
                    (email.autocomplete("username").render(&self.faults))
                    (password.autocomplete("current-password").render(&self.faults))
                    (button::submit("Sign in"))
                }))
                p.hint { "No account yet, or the password is lost? An administrator can make you a new set-up link." }
            }
        }
    }
}

/// `GET /sign-in`
pub async fn show(anybody: Anybody, RawQuery(query): RawQuery) -> Answer {
    let query = Typed::decode(query.unwrap_or_default().as_bytes());
    let next = visit::local_path(query.one("next")).to_owned();
    let (value, line) = anybody.form_value();
    let page = SignIn { next, ..SignIn::default() };
    let markup = anybody.shell(&value).show(&page);
    Ok((AppendHeaders([(header::SET_COOKIE, line)]), markup).into_response())
}

/// `POST /sign-in`
pub async fn sign_in(post: AnybodysPost) -> Answer {
    let AnybodysPost { anybody, typed } = post;
    let next = visit::local_path(typed.one("next")).to_owned();
    let found = anybody.app.check_password(typed.one("email"), typed.one("password")).await;
    let person = match found {
        Ok(person) => person,
        Err(failure @ Failure::Fault(_)) => return Err(failure.into()),
        Err(failure) => {
            let faults = Faults::at("email", failure.to_string());
            let page = SignIn { email: typed.one("email").to_owned(), next, faults };
            let (value, line) = anybody.form_value();
            let markup = anybody.shell(&value).show(&page);
            let headers = AppendHeaders([(header::SET_COOKIE, line)]);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, headers, markup).into_response());
        }
    };
    if let Some(old) = &anybody.session {
        anybody.app.close_session(old).await?;
    }
    let session = anybody.app.open_session(&person).await?;
    let line = visit::session_cookie(&anybody.app, &session.token);
    Ok((AppendHeaders([(header::SET_COOKIE, line)]), Redirect::to(&next)).into_response())
}

/// `POST /sign-out`
pub async fn sign_out(post: Post) -> Answer {
    post.visitor.app.close_session(&post.visitor.token).await?;
    let line = visit::no_session_cookie(&post.visitor.app);
    Ok((AppendHeaders([(header::SET_COOKIE, line)]), Redirect::to("/sign-in")).into_response())
}
