//! How a handler sends its command: one call, with the precautions the request came with.

use crate::api::body::parse;
use crate::api::permit::Permit;
use crate::api::problem::Problem;
use crate::app::{AnyCommand, Draft, Precautions, Receipt, Submission};
use axum::Json;
use countersign_core::name::ReleaseId;
use countersign_core::register::RegisterCommand;
use countersign_core::release::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a command landed in the log.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptBody {
    /// The history it changed: `release/r-…`.
    pub stream: String,
    /// That history's version now.
    pub version: u64,
    /// When (RFC 3339).
    pub at: String,
    /// What happened: `approval_given`, `approved` …
    pub events: Vec<String>,
    /// The first position of the events in the log.
    pub from_position: u64,
    /// The position after the last of them.
    pub to_position: u64,
}

impl From<Receipt> for ReceiptBody {
    fn from(receipt: Receipt) -> Self {
        Self {
            stream: receipt.stream.to_string(),
            version: receipt.version,
            at: receipt.at.to_string(),
            events: receipt.events,
            from_position: receipt.positions.0,
            to_position: receipt.positions.1,
        }
    }
}

impl<P> Permit<P> {
    /// Carries out a command and answers where it landed.
    pub async fn carry_out(
        &self,
        command: AnyCommand,
        draft: Draft,
        precautions: Precautions,
    ) -> Result<Json<ReceiptBody>, Problem> {
        let submission = Submission::new(command).with(draft).taking(precautions);
        let receipt = self.app.execute(&self.caller, submission).await?;
        Ok(Json(receipt.into()))
    }

    /// Carries out a command to a release.
    pub async fn to_release(
        &self,
        id: &str,
        command: Command,
        draft: Draft,
        precautions: Precautions,
    ) -> Result<Json<ReceiptBody>, Problem> {
        let id: ReleaseId = parse("release", id)?;
        let command = AnyCommand::Release(id, Box::new(command));
        self.carry_out(command, draft, precautions).await
    }

    /// Carries out a command to the register.
    pub async fn to_register(
        &self,
        command: RegisterCommand,
        precautions: Precautions,
    ) -> Result<Json<ReceiptBody>, Problem> {
        self.carry_out(AnyCommand::Register(command), Draft::default(), precautions).await
    }
}
