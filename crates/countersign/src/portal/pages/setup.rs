//! Setting up an account from a link: the first administrator, and people who were invited.

use crate::auth::setup::Account;
use crate::failure::{Doing, Failure};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Shell};
use crate::portal::post::AnybodysPost;
use crate::portal::visit::{self, Answer, Anybody};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use countersign_core::digest::Sha256;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// The link's token.
    pub token: String,
    /// Whose account it is.
    pub account: Whose,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// Whose account is set up.
#[derive(Debug, Clone)]
pub enum Whose {
    /// The first administrator's.
    First,
    /// An invited person's, by name and address.
    Invited(String, String),
}

impl SetUp {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let first = Self {
            token: "setup_sample".into(),
            account: Whose::First,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let faults = Faults::at("password", "use at least 12 characters; a few words will do");
        let account = Whose::Invited("Sam Chen".into(), "chen@example.org".into());
        vec![first.clone(), Self { account, faults, ..first }]
    }

    fn who(&self) -> Markup {
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        match &self.account {
            Whose::First => html! {
                (field(Kind::Line, "name", "Your name").autocomplete("name").render(&self.faults))
                (field(Kind::Email, "email", "E-mail address").autocomplete("username").render(&self.faults))
            },
            Whose::Invited(name, email) => html! {
                p { "For " strong { (name) } ", who signs in as " strong { (email) } "." }
                (form::hidden(&[("username", email)]))
            },
        }
    }
}

impl Page for SetUp {
    fn title(&self) -> String {
        "Set up your account".into()
    }

    fn main(&self, shell: &Shell) -> Markup {
        let hint =
            "At least 12 characters. A few words in a row are easy to keep and hard to guess.";
        let password = Field::new(Kind::Password, "password", "Choose a password").hint(hint);
        let intro = match self.account {
            Whose::First => {
                "You are the first here. This account administers the installation: it invites people and gives them roles. It decides nothing about releases."
            }
            Whose::Invited(..) => "Choose a password, and you are in.",
        };
        html! {
            div.narrow-page {
                (error_summary::render(&self.faults))
                h1 { "Set up your account" }
                p.lead { (intro) }
                (form::post(&format!("/setup/{}", self.token), shell, html! {
                    (self.who())
                    (password.autocomplete("new-password").render(&self.faults))
                    (button::submit("Set up the account and sign in"))
                }))
            }
        }
    }
}

fn used_up() -> Wrong {
    Wrong::page(
        StatusCode::NOT_FOUND,
        "This link does not work any more",
        "A set-up link works once, and for three days.",
        "Ask an administrator for a new one; the operator of a new installation finds one in what \
         the server prints when it starts.",
    )
}

async fn whose(anybody: &Anybody, token: &str) -> Result<Whose, Wrong> {
    let digest = Sha256::of(token.as_bytes());
    let link = anybody.app.store.setup_link(&digest).await.doing("look up a set-up link")?;
    let now = anybody.app.clock.now();
    let link = link.filter(|link| now < link.expires_at).ok_or_else(used_up)?;
    match &link.person {
        None => Ok(Whose::First),
        Some(id) => {
            let person = anybody.app.store.person(id).await.doing("look up a person")?;
            let person = person.ok_or_else(used_up)?;
            Ok(Whose::Invited(person.name, person.email))
        }
    }
}

fn shown(anybody: &Anybody, status: StatusCode, page: &SetUp) -> Answer {
    let (value, line) = anybody.form_value();
    let markup = anybody.shell(&value).show(page);
    Ok((status, AppendHeaders([(header::SET_COOKIE, line)]), markup).into_response())
}

/// `GET /setup/{token}`
pub async fn show(anybody: Anybody, Path(token): Path<String>) -> Answer {
    let account = whose(&anybody, &token).await?;
    let page = SetUp { token, account, typed: Typed::default(), faults: Faults::default() };
    shown(&anybody, StatusCode::OK, &page)
}

/// `POST /setup/{token}`
pub async fn set_up(Path(token): Path<String>, post: AnybodysPost) -> Answer {
    let AnybodysPost { anybody, typed } = post;
    let account = whose(&anybody, &token).await?;
    let one = |name: &str| typed.one(name).trim().to_owned();
    let given = Account {
        name: one("name"),
        email: one("email"),
        password: typed.one("password").to_owned(),
    };
    let person = match anybody.app.use_setup_link(&token, given).await {
        Ok(person) => person,
        Err(Failure::NotFound { .. }) => return Err(used_up()),
        Err(failure) => {
            let faults = Faults::from_failure(failure)?;
            let page = SetUp { token, account, typed, faults };
            return shown(&anybody, StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let session = anybody.app.open_session(&person).await?;
    let line = visit::session_cookie(&anybody.app, &session.token);
    Ok((AppendHeaders([(header::SET_COOKIE, line)]), Redirect::to("/")).into_response())
}
