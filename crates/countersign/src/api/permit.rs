//! Permissions as parameters: a handler names what a caller needs, and gets the application with
//! the caller, or is never called.

use crate::api::problem::Problem;
use crate::app::{App, Caller};
use crate::failure::Failure;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use countersign_core::actor::{Scope, Who};
use countersign_core::name::PersonId;
use countersign_core::register::administrator;
use std::marker::PhantomData;
use std::sync::Arc;

/// A caller who may do `P`, and the application to do it with.
pub struct Permit<P> {
    /// The application.
    pub app: Arc<App>,
    /// Who calls.
    pub caller: Caller,
    permission: PhantomData<P>,
}

/// What a caller may need.
pub trait Permission: Send + Sync + 'static {
    /// The scope a machine's token needs; `None` when no machine may.
    const SCOPE: Option<Scope>;
    /// Whether a person must be administrator.
    const ADMINISTRATOR: Need;
}

/// Whether something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It is.
    Needed,
    /// It is not.
    NotNeeded,
}

macro_rules! permission {
    ($(#[$doc:meta])* $name:ident, $scope:expr, $administrator:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Permission for $name {
            const SCOPE: Option<Scope> = $scope;
            const ADMINISTRATOR: Need = $administrator;
        }
    };
}

permission!(
    /// Read releases, models, policies, runbooks.
    Read, Some(Scope::Read), Need::NotNeeded
);
permission!(
    /// Ask for verdicts.
    AskVerdict, Some(Scope::Verdict), Need::NotNeeded
);
permission!(
    /// Attach evidence.
    AttachEvidence, Some(Scope::Evidence), Need::NotNeeded
);
permission!(
    /// Record deployments.
    RecordDeployment, Some(Scope::Deployment), Need::NotNeeded
);
permission!(
    /// Act as a person: prepare, submit, approve. What exactly is decided by the rules.
    Act, None, Need::NotNeeded
);
permission!(
    /// Keep people, tokens, settings and publications.
    Administer, None, Need::Needed
);

impl<P> Permit<P> {
    /// The person who calls.
    pub fn person(&self) -> Result<&PersonId, Failure> {
        self.caller
            .who
            .person()
            .ok_or_else(|| Failure::Unauthenticated { message: "sign in as a person".into() })
    }
}

impl<P: Permission> FromRequestParts<Arc<App>> for Permit<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let caller = bearer(parts, app).await?;
        allowed::<P>(app, &caller).await?;
        Ok(Self { app: app.clone(), caller, permission: PhantomData })
    }
}

async fn bearer(parts: &Parts, app: &App) -> Result<Caller, Failure> {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
    match token {
        Some(token) => app.bearer(token).await,
        None => Err(Failure::Unauthenticated {
            message: "send a token as `Authorization: Bearer TOKEN`: `countersign login` gets one \
                      for a person, an administrator makes one for a machine"
                .into(),
        }),
    }
}

async fn allowed<P: Permission>(app: &App, caller: &Caller) -> Result<(), Failure> {
    let denied = |action, needs| {
        Err(countersign_core::refusal::Refusal::NotPermitted { action, needs }.into())
    };
    match (&caller.who, P::SCOPE) {
        (Who::Machine(_), None) => {
            let action = "do this with a machine's token";
            Err(countersign_core::refusal::Refusal::PeopleOnly { action }.into())
        }
        (Who::Machine(_), Some(scope)) if !caller.scopes.contains(&scope) => {
            let message =
                format!("the token lacks the scope `{}`: ask for a token with it", scope.word());
            Err(Failure::Unauthenticated { message })
        }
        (Who::Person(person), _) if P::ADMINISTRATOR == Need::Needed => {
            let roles = app.register().await?.state.roles_of(person);
            if roles.contains(&administrator()) {
                return Ok(());
            }
            denied("administer this installation", vec![administrator()])
        }
        (Who::Machine(_) | Who::Person(_) | Who::System, _) => Ok(()),
    }
}

/// The application for a handler that anybody may call. Only signing in, health and the API's own
/// description use it; a test lists them.
pub struct Anyone {
    /// The application.
    pub app: Arc<App>,
}

impl FromRequestParts<Arc<App>> for Anyone {
    type Rejection = Problem;

    async fn from_request_parts(_: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        Ok(Self { app: app.clone() })
    }
}
