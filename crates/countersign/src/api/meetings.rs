//! `/meetings`: sessions of the committee. Their list is `GET /entries/meeting`, their agenda
//! `GET /entries/agenda_item`.

pub mod act;
pub mod call;
pub mod show;
pub mod vote;

use crate::api::body::parse;
use crate::api::command::ReceiptBody;
use crate::api::permit::Permit;
use crate::api::problem::Problem;
use crate::app::{AnyCommand, Draft, Precautions};
use axum::Json;
use countersign_core::meeting::MeetingCommand;
use countersign_core::name::MeetingId;

impl<P> Permit<P> {
    /// Carries out a command to a session.
    pub async fn to_meeting(
        &self,
        id: &str,
        command: MeetingCommand,
        draft: Draft,
        precautions: Precautions,
    ) -> Result<Json<ReceiptBody>, Problem> {
        let id: MeetingId = parse("session", id)?;
        let command = AnyCommand::Meeting(id, Box::new(command));
        self.carry_out(command, draft, precautions).await
    }
}
