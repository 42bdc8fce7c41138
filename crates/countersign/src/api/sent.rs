//! A request that becomes one command: who sends it, about what, what it says, and the precautions
//! it came with. A handler says only which command that is.

use crate::api::body::{Body, Path, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Permission, Permit};
use crate::api::policies::decide::published;
use crate::api::problem::Problem;
use crate::app::{AnyCommand, App, Draft, Precautions};
use crate::failure::Failure;
use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Request};
use countersign_core::name::ReleaseId;
use countersign_core::policy::PolicyRef;
use countersign_core::register::RegisterCommand;
use countersign_core::release::Command;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What a handler answers that carries out a command.
pub type Landed = Result<Json<ReceiptBody>, Problem>;

/// What a path names that leads to one of several things of one thing: a release and a number, a
/// policy's name and its version.
pub type Pair = (String, String);

/// A request of somebody who may do `P`, with the body `B`, about what `N` names.
pub struct Sent<P, B, N = String> {
    /// Who sends it, and the application.
    pub permit: Permit<P>,
    /// What the path names.
    pub about: N,
    /// What it says.
    pub said: B,
    precautions: Precautions,
}

impl<P, B, N> FromRequest<Arc<App>> for Sent<P, B, N>
where
    P: Permission,
    B: DeserializeOwned,
    N: DeserializeOwned + Send,
{
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let (mut parts, bytes) = request.into_parts();
        // The permission comes first: whoever may not call learns nothing about what he sent.
        let permit = Permit::from_request_parts(&mut parts, app).await?;
        let Path(about) = Path::from_request_parts(&mut parts, app).await?;
        let care = Care::from_request_parts(&mut parts, app).await?;
        let body = Body::from_request(Request::from_parts(parts, bytes), app).await?;
        Ok(Self { permit, about, said: body.value, precautions: care.of(body.request) })
    }
}

impl<P, B, N> Sent<P, B, N> {
    /// Carries out a command that was made of the request.
    pub async fn carry_out(self, command: AnyCommand, draft: Draft) -> Landed {
        self.permit.carry_out(command, draft, self.precautions).await
    }

    /// Carries out the command that path and body stand for.
    pub async fn to(
        self,
        command: impl FnOnce(&N, &B, &mut Draft) -> Result<AnyCommand, Failure>,
    ) -> Landed {
        let mut draft = Draft::default();
        let command = command(&self.about, &self.said, &mut draft)?;
        self.carry_out(command, draft).await
    }
}

impl<P, B> Sent<P, B> {
    /// Carries out a command to the release the path names.
    pub async fn to_release(
        self,
        command: impl FnOnce(&B, &mut Draft) -> Result<Command, Failure>,
    ) -> Landed {
        self.to(|id, said, draft| of_release(id, command(said, draft)?)).await
    }
}

impl<P, B> Sent<P, B, Pair> {
    /// Carries out a command about the numbered thing of a release that the path names.
    pub async fn to_numbered(
        self,
        command: impl FnOnce(u32, &B, &mut Draft) -> Result<Command, Failure>,
    ) -> Landed {
        self.to(|(id, number), said, draft| {
            of_release(id, command(parse("number", number)?, said, draft)?)
        })
        .await
    }

    /// Carries out a command about the published policy that the path names.
    pub async fn to_policy(
        self,
        command: impl FnOnce(PolicyRef, &B, &mut Draft) -> Result<RegisterCommand, Failure>,
    ) -> Landed {
        let policy = published(&self.permit.app, &self.about.0, &self.about.1).await?;
        self.to(|_, said, draft| Ok(AnyCommand::Register(command(policy, said, draft)?))).await
    }
}

fn of_release(id: &str, command: Command) -> Result<AnyCommand, Failure> {
    let id: ReleaseId = parse("release", id)?;
    Ok(AnyCommand::Release(id, Box::new(command)))
}
