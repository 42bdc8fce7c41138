//! Permissions as parameters: a handler names what a caller needs, and gets the application with
//! the caller, or is never called.

use crate::api::problem::Problem;
use crate::app::{App, Caller};
use crate::failure::Failure;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use countersign_core::actor::{Scope, Who};
use countersign_core::name::PersonId;
use countersign_core::refusal::Refusal;
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
    /// What machines may do with it.
    const MACHINES: Machines;
    /// Whether a person must be administrator.
    const ADMINISTRATOR: Need;
}

/// What machines may do with a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machines {
    /// Nothing.
    Never,
    /// What it allows, with this scope.
    With(Scope),
    /// Whatever the rules say, which is no: a machine that tries to decide is refused by them, and
    /// the attempt is logged (I-01).
    AsTheRulesSay,
}

/// Whether something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It is.
    Needed,
    /// It is, unless the person's role reads everything.
    OrReading,
    /// It is not.
    NotNeeded,
}

macro_rules! permission {
    ($(#[$doc:meta])* $name:ident, $machines:expr, $administrator:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Permission for $name {
            const MACHINES: Machines = $machines;
            const ADMINISTRATOR: Need = $administrator;
        }
    };
}

permission!(
    /// Read releases, models, policies, runbooks.
    Read, Machines::With(Scope::Read), Need::NotNeeded
);
permission!(
    /// Ask for verdicts.
    AskVerdict, Machines::With(Scope::Verdict), Need::NotNeeded
);
permission!(
    /// Attach evidence.
    AttachEvidence, Machines::With(Scope::Evidence), Need::NotNeeded
);
permission!(
    /// Record deployments.
    RecordDeployment, Machines::With(Scope::Deployment), Need::NotNeeded
);
permission!(
    /// Take copies of records along: everybody who may read them, machines with a scope of their own.
    TakeAlong, Machines::With(Scope::Export), Need::NotNeeded
);
permission!(
    /// Act as a person: prepare, submit, approve. What exactly is decided by the rules.
    Act, Machines::Never, Need::NotNeeded
);
permission!(
    /// Decide about a release, as far as the rules let the caller.
    Decide, Machines::AsTheRulesSay, Need::NotNeeded
);
permission!(
    /// Keep people, tokens, settings and publications.
    Administer, Machines::Never, Need::Needed
);

permission!(
    /// Read what only administrators keep: they themselves, and people whose role reads
    /// everything.
    Inspect, Machines::Never, Need::OrReading
);

impl<P> Permit<P> {
    /// Whether the caller may look at what administrators keep.
    pub async fn sees_everything(&self) -> Result<bool, Failure> {
        let register = self.app.register().await?.state;
        let actor = self.caller.actor(&register, self.app.clock.now());
        Ok(actor.holds(&administrator()) || actor.reads_only.is_some())
    }

    /// Whether the caller keeps people, tokens and settings.
    pub async fn is_administrator(&self) -> Result<bool, Failure> {
        let register = self.app.register().await?.state;
        Ok(self.caller.actor(&register, self.app.clock.now()).holds(&administrator()))
    }

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
    let token = header.and_then(|value| value.split_once(' '));
    let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let token = token.map(|(_, token)| token.trim());
    match token {
        Some(token) => app.bearer(token).await,
        None => Err(Failure::Unauthenticated {
            message: "send a token as `Authorization: Bearer TOKEN`: `countersign login` gets one \
                      for a person, an administrator makes one for a machine"
                .into(),
        }),
    }
}

async fn allowed<P: Permission>(app: &App, caller: &Caller) -> Result<(), Problem> {
    match (&caller.who, P::MACHINES) {
        (Who::Machine(_), Machines::Never) => {
            let action = "do this; a machine's token attaches evidence and asks for verdicts";
            Err(Refusal::PeopleOnly { action }.into())
        }
        (Who::Machine(_), Machines::With(scope)) if !caller.scopes.contains(&scope) => {
            let detail = format!("the token lacks the scope `{}`", scope.word());
            let next_step = "ask an administrator for a token with this scope";
            Err(Problem::new(StatusCode::FORBIDDEN, "token.scope_missing", detail, next_step))
        }
        (Who::Person(person), _) if P::ADMINISTRATOR != Need::NotNeeded => {
            let actor = app.register().await?.state.actor(person, app.clock.now());
            let reads = P::ADMINISTRATOR == Need::OrReading && actor.reads_only.is_some();
            if actor.holds(&administrator()) || reads {
                return Ok(());
            }
            let (action, needs) = ("administer this installation", vec![administrator()]);
            Err(Refusal::NotPermitted { action, needs }.into())
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
