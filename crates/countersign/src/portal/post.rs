//! Forms that came back: only those that carry the value this browser was given are looked at.

use crate::app::App;
use crate::portal::form::Typed;
use crate::portal::visit::{Anybody, Visitor, set_cookie};
use crate::portal::wrong::Wrong;
use crate::random;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use countersign_core::digest::Sha256;
use std::sync::Arc;

/// The cookie behind the forms of people who are not signed in yet.
pub const FORM_COOKIE: &str = "countersign_form";

/// The name of the field that carries the value.
pub const CSRF_FIELD: &str = "csrf";

/// A form sent by somebody signed in, with the value of their session.
pub struct Post {
    /// Who sent it.
    pub visitor: Visitor,
    /// What was typed.
    pub typed: Typed,
}

impl FromRequest<Arc<App>> for Post {
    type Rejection = Wrong;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Wrong> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_parts(&mut parts, app).await?;
        let typed = typed(Request::from_parts(parts, body), app).await?;
        carries(&typed, &visitor.shell.csrf)?;
        Ok(Self { visitor, typed })
    }
}

/// A form sent by somebody who is not signed in, with the value of its cookie.
pub struct AnybodysPost {
    /// Whoever sent it.
    pub anybody: Anybody,
    /// What was typed.
    pub typed: Typed,
}

impl FromRequest<Arc<App>> for AnybodysPost {
    type Rejection = Wrong;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Wrong> {
        let (mut parts, body) = request.into_parts();
        let anybody = Anybody::from_parts(&mut parts, app).await?;
        let typed = typed(Request::from_parts(parts, body), app).await?;
        carries(&typed, anybody.form_cookie.as_deref().unwrap_or_default())?;
        Ok(Self { anybody, typed })
    }
}

impl Visitor {
    pub(super) async fn from_parts(
        parts: &mut axum::http::request::Parts,
        app: &Arc<App>,
    ) -> Result<Self, Wrong> {
        <Self as axum::extract::FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await
    }
}

impl Anybody {
    async fn from_parts(
        parts: &mut axum::http::request::Parts,
        app: &Arc<App>,
    ) -> Result<Self, Wrong> {
        <Self as axum::extract::FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await
    }

    /// The value for the forms of a page, and the line that keeps it in the browser.
    pub fn form_value(&self) -> (String, String) {
        let known = self.form_cookie.clone().filter(|value| value.starts_with("form_"));
        let value = known.unwrap_or_else(|| random::token("form"));
        let line = set_cookie(&self.app, FORM_COOKIE, &value, "Max-Age=3600");
        (value, line)
    }
}

async fn typed(request: Request, app: &Arc<App>) -> Result<Typed, Wrong> {
    let bytes = Bytes::from_request(request, app).await.map_err(|_| {
        crate::failure::Failure::malformed("form", "it cannot be read, or it is too large")
    })?;
    Ok(Typed::decode(&bytes))
}

/// Compared by digest, so that the time it takes says nothing about the value.
pub(super) fn carries(typed: &Typed, expected: &str) -> Result<(), Wrong> {
    let same = |given: &str| Sha256::of(given.as_bytes()) == Sha256::of(expected.as_bytes());
    if !expected.is_empty() && same(typed.one(CSRF_FIELD)) {
        return Ok(());
    }
    Err(Wrong::out_of_date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_the_sessions_value_is_not_looked_at() {
        let typed = Typed::default().with(CSRF_FIELD, "csrf_a");
        assert!(carries(&typed, "csrf_a").is_ok());
        assert!(carries(&typed, "csrf_b").is_err());
        assert!(carries(&Typed::default(), "").is_err());
    }
}
