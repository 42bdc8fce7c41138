//! Pages for what went wrong: not found, not yours, out of date, our own fault.

use crate::failure::Failure;
use crate::portal::components::button;
use crate::portal::layout::{Page, Shell};
use crate::portal::words;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

/// Why there is no page to show.
#[derive(Debug, Clone)]
pub enum Wrong {
    /// Somebody has to sign in first, and then goes on to this path.
    SignIn(String),
    /// A page that says what is wrong.
    Page(Box<WrongPage>),
}

/// A page that says what is wrong.
#[derive(Debug, Clone)]
pub struct WrongPage {
    /// The HTTP status.
    pub status: StatusCode,
    /// The heading.
    pub heading: String,
    /// What is wrong.
    pub text: String,
    /// What to do.
    pub remedy: String,
}

impl Wrong {
    /// A form that does not carry the value it was given.
    pub fn out_of_date() -> Self {
        Self::page(
            StatusCode::FORBIDDEN,
            "This form is out of date",
            "The form did not carry the value this session gave it, so nothing was changed. This \
             happens when you signed in again in another window, or when the form did not come \
             from Countersign.",
            "Go back, load the page again, and send the form once more.",
        )
    }

    /// Somebody without the role for a page.
    pub fn forbidden(text: &str) -> Self {
        let remedy = "Ask an administrator of this installation.";
        Self::page(StatusCode::FORBIDDEN, "You may not see this page", text, remedy)
    }

    pub(super) fn page(status: StatusCode, heading: &str, text: &str, remedy: &str) -> Self {
        Self::Page(Box::new(WrongPage {
            status,
            heading: heading.to_owned(),
            text: text.to_owned(),
            remedy: remedy.to_owned(),
        }))
    }
}

impl From<Failure> for Wrong {
    fn from(failure: Failure) -> Self {
        let text = format!("{}.", words::capital(&failure.to_string()));
        match failure {
            Failure::NotFound { what, .. } => Self::page(
                StatusCode::NOT_FOUND,
                "Page not found",
                &text,
                &format!("Check the address, or look for the {what} in its list."),
            ),
            Failure::Gone { .. } => {
                let remedy = "What was read from it, and its digest, are still on its page.";
                Self::page(StatusCode::GONE, "This was purged", &text, remedy)
            }
            Failure::Unauthenticated { .. } => Self::SignIn("/".into()),
            Failure::Fault(fault) => {
                tracing::error!(error = %fault, cause = ?fault.source, "page failed");
                let remedy =
                    "Try again in a moment; if it fails again, tell the operator the time.";
                Self::page(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Something went wrong on our side",
                    "Nothing was changed.",
                    remedy,
                )
            }
            Failure::Refused(refusal) => Self::page(
                StatusCode::CONFLICT,
                "This cannot be done now",
                &text,
                &words::capital(&refusal.next_step()),
            ),
            Failure::Malformed(_) | Failure::Faulty { .. } | Failure::Unreadable(_) => {
                let remedy = "Go back and correct it.";
                Self::page(StatusCode::BAD_REQUEST, "This cannot be understood", &text, remedy)
            }
            Failure::TooLarge { .. } => {
                let remedy = "Send less at once.";
                Self::page(StatusCode::PAYLOAD_TOO_LARGE, "This is too large", &text, remedy)
            }
            Failure::TooMany { .. } => {
                let remedy = "Wait a little, then try again.";
                Self::page(StatusCode::TOO_MANY_REQUESTS, "Too many attempts", &text, remedy)
            }
            Failure::Stale { .. } | Failure::Busy => {
                let remedy = "Load the page again and repeat what you did.";
                Self::page(StatusCode::CONFLICT, "Somebody else was faster", &text, remedy)
            }
        }
    }
}

impl Page for WrongPage {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn main(&self, _: &Shell) -> Markup {
        html! {
            h1 { (self.heading) }
            p.lead { (self.text) }
            p { (self.remedy) }
            p { (button::link("/", "Go to the start page")) }
        }
    }
}

impl WrongPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let wrongs = [
            Wrong::out_of_date(),
            Wrong::forbidden("Only administrators keep people and roles."),
            Failure::not_found("release", "r-000000000000").into(),
        ];
        let page = |wrong| match wrong {
            Wrong::Page(page) => Some(*page),
            Wrong::SignIn(_) => None,
        };
        wrongs.into_iter().filter_map(page).collect()
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(next) => {
                let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
                Redirect::to(&format!("/sign-in?next={next}")).into_response()
            }
            Self::Page(page) => {
                let markup = Shell::nobody().show(&*page);
                let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
                (page.status, kind, markup.into_string()).into_response()
            }
        }
    }
}
