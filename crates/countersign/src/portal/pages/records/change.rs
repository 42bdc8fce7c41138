//! What the forms on the page of records ask for, and the copy to take along.

use super::page;
use crate::api::holds::NewHold;
use crate::api::releases::export::send;
use crate::api::releases::purges::NewPurge;
use crate::app::{AnyCommand, Draft};
use crate::failure::Failure;
use crate::pack::release::Files;
use crate::portal::command::onwards;
use crate::portal::faults::Faults;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use axum::extract::Path;
use countersign_core::name::ReleaseId;
use countersign_core::register::RegisterCommand;
use countersign_core::release::{Command, RetentionCommand};

/// The name of the text that a form of the page takes.
pub(super) fn field(what: &str) -> String {
    format!("reason-{what}")
}

/// `POST /releases/{release}/records/{what}`
pub async fn change(Path((id, what)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let field = field(&what);
    let faults = match asked(&visitor, (&id, &what), typed.one(&field), &mut draft).await {
        Ok(command) => visitor.carry_out(command, draft).await?,
        Err(Failure::Malformed(wrong)) if wrong.field == "reason" => {
            Some(Faults::at(&field, wrong.message))
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/releases/{id}/records")),
        Some(faults) => {
            let page = page(&visitor, &id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}

async fn asked(
    visitor: &Visitor,
    (id, what): (&str, &str),
    reason: &str,
    draft: &mut Draft,
) -> Result<AnyCommand, Failure> {
    let release: ReleaseId = crate::api::body::parse("release", id)?;
    let (word, number) = what.split_once('-').unwrap_or((what, ""));
    let number = || number.parse::<u32>().map_err(|_| Failure::not_found("number", number));
    let reason = reason.to_owned();
    let command = match word {
        "hold" => {
            let new = NewHold { model: None, release: Some(id.to_owned()), reason };
            return new.checked(&visitor.app, draft).await;
        }
        "lift" => {
            let (number, reason) = (number()?, draft.text("reason", &reason)?);
            return Ok(AnyCommand::Register(RegisterCommand::LiftHold { number, reason }));
        }
        "propose" => NewPurge { evidence: Vec::new(), reason }.checked(draft)?,
        "confirm" => Command::Retention(RetentionCommand::ConfirmPurge { number: number()? }),
        "refuse" => {
            let (number, reason) = (number()?, draft.text("reason", &reason)?);
            Command::Retention(RetentionCommand::RefusePurge { number, reason })
        }
        _ => return Err(Failure::not_found("page", what)),
    };
    Ok(AnyCommand::Release(release, Box::new(command)))
}

/// `GET /releases/{release}/records/export`: everything, as one archive.
pub async fn export(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let release: ReleaseId = crate::api::body::parse("release", &id)?;
    Ok(send(&visitor.app, &visitor.caller, &release, Files::Included).await?)
}
