//! `POST /incidents/{incident}/{what}`: what the forms of an incident's page ask for.

use super::page;
use crate::api::body::parse;
use crate::app::{AnyCommand, Draft};
use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::pages::missing;
use crate::portal::pages::new_incident::names;
use crate::portal::post::Post;
use crate::portal::visit::Answer;
use axum::extract::Path;
use countersign_core::incident::{Closing, IncidentCommand, Links};
use countersign_core::name::CriterionName;

/// The command a form asks for; `None` when there is no such form.
fn command(
    what: &str,
    typed: &Typed,
    draft: &mut Draft,
) -> Option<Result<IncidentCommand, Failure>> {
    Some(match what {
        "note" => draft.text("text", typed.one("text")).map(|text| IncidentCommand::Note { text }),
        "assign" => {
            parse("owner", typed.one("owner")).map(|owner| IncidentCommand::Assign { owner })
        }
        "severity" => severity(typed, draft),
        "link" => link(typed),
        "suspension" => suspension(typed, draft),
        "close" => close(typed, draft),
        _ => return None,
    })
}

fn severity(typed: &Typed, draft: &mut Draft) -> Result<IncidentCommand, Failure> {
    let reason = draft.text("reason", typed.one("reason"))?;
    Ok(IncidentCommand::ChangeSeverity { to: parse("severity", typed.one("severity"))?, reason })
}

fn link(typed: &Typed) -> Result<IncidentCommand, Failure> {
    let criteria = names(typed.one("criteria"));
    let criteria = criteria.iter().map(|one| parse::<CriterionName>("criteria", one));
    let links = Links {
        release: typed.filled("release").map(|text| parse("release", text)).transpose()?,
        criteria: criteria.collect::<Result<_, _>>()?,
        ..Links::default()
    };
    Ok(IncidentCommand::Link { links })
}

fn suspension(typed: &Typed, draft: &mut Draft) -> Result<IncidentCommand, Failure> {
    let reason = draft.text("why", typed.one("why"))?;
    Ok(IncidentCommand::ConsiderSuspension {
        answer: parse("answer", typed.one("answer"))?,
        reason,
    })
}

fn close(typed: &Typed, draft: &mut Draft) -> Result<IncidentCommand, Failure> {
    let root_cause = draft.text("root_cause", typed.one("root_cause"))?;
    let outcome = parse("outcome", typed.one("outcome"))?;
    Ok(IncidentCommand::Close { closing: Closing { outcome, root_cause } })
}

/// `POST /incidents/{incident}/{what}`
pub async fn change(Path((id, what)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let Some(command) = command(&what, &typed, &mut draft) else { return Err(missing().await) };
    let faults = match command {
        Ok(command) => {
            let command = AnyCommand::Incident(parse("incident", &id)?, command);
            visitor.carry_out(command, draft).await?
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/incidents/{id}")),
        Some(faults) => {
            let page = page(&visitor, &id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
