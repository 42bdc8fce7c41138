//! Who visits: the application comes to a handler only together with the answer.

use crate::app::{App, Caller};
use crate::portal::layout::{Badge, Installation, Page, Shell};
use crate::portal::moment::Zone;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use countersign_core::actor::Actor;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::register::{Register, administrator};
use jiff::Timestamp;
use maud::Markup;
use std::sync::Arc;

/// The cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "countersign_session";

/// What a handler answers.
pub type Answer = Result<Response, Wrong>;

/// Somebody signed in.
pub struct Visitor {
    /// The application.
    pub app: Arc<App>,
    /// Who.
    pub caller: Caller,
    /// The person's identifier.
    pub person: PersonId,
    /// The register now.
    pub register: Arc<Register>,
    /// What is around the page.
    pub shell: Shell,
    /// The session's token.
    pub token: String,
}

impl Visitor {
    /// The visitor with the roles held now.
    pub fn actor(&self) -> Actor {
        self.caller.actor(&self.register, self.now())
    }

    /// The moment of the request.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// A page.
    pub fn page(&self, page: &impl Page) -> Answer {
        Ok(self.shell.show(page).into_response())
    }

    /// The same page again, because what was sent cannot be accepted as it is.
    pub fn again(&self, page: &impl Page) -> Answer {
        let markup: Markup = self.shell.show(page);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, markup).into_response())
    }

    /// Whether the visitor administers this installation.
    pub fn administers(&self) -> Result<(), Wrong> {
        if self.actor().holds(&administrator()) {
            return Ok(());
        }
        Err(Wrong::forbidden("Only administrators keep people and roles."))
    }

    /// Whether the visitor may look at what administrators keep: they themselves, and people whose
    /// role reads everything.
    pub fn inspects(&self) -> Result<(), Wrong> {
        if self.actor().reads_only.is_some() {
            return Ok(());
        }
        self.administers()
    }

    /// What people call a role, by the policy in force.
    pub async fn role_title(&self, role: &RoleName) -> Result<String, Wrong> {
        let policy = self.app.policy_in_force(&self.register).await?;
        Ok(policy.map_or_else(
            || words::title(role.as_str()),
            |loaded| loaded.policy.title_of(role).to_owned(),
        ))
    }
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Wrong;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Wrong> {
        let token = cookie(&parts.headers, SESSION_COOKIE).unwrap_or_default();
        let signed_in = app.signed_in(&token).await?;
        let known = signed_in.and_then(|it| Some((it.caller.who.person()?.clone(), it)));
        let Some((person, signed_in)) = known else {
            let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            let next = if parts.method == Method::GET { path } else { "/" };
            return Err(Wrong::SignIn(next.to_owned()));
        };
        let register = app.register().await?.state;
        let roles = register.roles_of(&person, app.clock.now());
        let reads_only = register.actor(&person, app.clock.now()).reads_only.is_some();
        let badge = Badge {
            name: signed_in.caller.name.clone(),
            roles: roles.iter().map(|role| words::title(role.as_str())).collect(),
            keeps_people: roles.contains(&administrator()),
            sees_people: roles.contains(&administrator()) || reads_only,
        };
        let shell = Shell {
            visitor: Some(badge),
            csrf: signed_in.csrf,
            zone: Zone::of(&register, app.clock.now()),
            installation: installation(app),
        };
        let caller = signed_in.caller;
        Ok(Self { app: app.clone(), caller, person, register, shell, token })
    }
}

/// Whoever comes: signing in, setting up an account.
pub struct Anybody {
    /// The application.
    pub app: Arc<App>,
    /// The value the browser keeps for the forms of those pages.
    pub form_cookie: Option<String>,
    /// Whether somebody is signed in already.
    pub session: Option<String>,
}

impl FromRequestParts<Arc<App>> for Anybody {
    type Rejection = Wrong;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Wrong> {
        Ok(Self {
            app: app.clone(),
            form_cookie: cookie(&parts.headers, super::post::FORM_COOKIE),
            session: cookie(&parts.headers, SESSION_COOKIE),
        })
    }
}

impl Anybody {
    /// The shell around a page for anybody, whose forms carry this value.
    pub fn shell(&self, csrf: &str) -> Shell {
        Shell {
            csrf: csrf.to_owned(),
            zone: Zone::utc(self.app.clock.now()),
            installation: installation(&self.app),
            ..Shell::nobody()
        }
    }
}

fn installation(app: &App) -> Installation {
    if app.config.demo { Installation::Demo } else { Installation::Real }
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (given, value) = pair.trim().split_once('=')?;
        (given == name).then(|| value.to_owned())
    })
}

/// The line that sets the session's cookie; the demonstration's sign-in uses it as well.
pub fn session_cookie(app: &App, token: &str) -> String {
    set_cookie(app, SESSION_COOKIE, token, "Max-Age=43200")
}

/// The line that removes it.
pub fn no_session_cookie(app: &App) -> String {
    set_cookie(app, SESSION_COOKIE, "", "Max-Age=0")
}

/// A line that sets a cookie which no script can read and no other site sends along.
pub fn set_cookie(app: &App, name: &str, value: &str, age: &str) -> String {
    let secure = if app.config.https() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; {age}{secure}")
}

/// A path of this site, or the start page: nobody is sent elsewhere.
pub fn local_path(next: &str) -> &str {
    let strange = |c: char| c.is_control() || c == '\\';
    let local = next.starts_with('/') && !next.starts_with("//") && !next.contains(strange);
    if local { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local_path("/releases?state=draft"), "/releases?state=draft");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/\r\nx"]
        {
            assert_eq!(local_path(elsewhere), "/");
        }
    }
}
