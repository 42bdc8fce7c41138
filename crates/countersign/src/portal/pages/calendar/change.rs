//! What the forms of the calendar's page do.

use super::{CalendarPage, page};
use crate::api::body::parse;
use crate::api::calendar::CalendarBody;
use crate::api::environments::windows;
use crate::api::freezes::{self, NewFreezeBody};
use crate::app::{AnyCommand, Draft, Import, Meets, Precautions};
use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::post::{CSRF_FIELD, Post, carries};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::{FromRequest, Multipart, Path, Request};
use countersign_core::register::{RegisterCommand, TimesCommand};
use countersign_formats::holidays::MAX_FILE;

/// How many years after this one the page reads of a file.
const YEARS: i16 = 3;

/// `POST /calendar`
pub async fn set(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let asked =
        CalendarBody::of_lines(typed.one("zone"), typed.one("closes"), typed.one("holidays"));
    let asked = asked.and_then(|body| body.command(&visitor.register.holiday_names));
    done(&visitor, typed, asked.map(|command| (command, Draft::default()))).await
}

/// `POST /calendar/windows/{environment}`
pub async fn windows(Path(environment): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let field = format!("windows-{environment}");
    let lines: Vec<String> = typed.one(&field).lines().map(str::trim).map(str::to_owned).collect();
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let asked = windows::checked(&field, &lines).map_err(|failure| at(&field, failure));
    let asked = asked.and_then(|windows| {
        let environment = parse("environment", &environment)?;
        Ok((
            RegisterCommand::Times(TimesCommand::SetChangeWindows { environment, windows }),
            Draft::default(),
        ))
    });
    done(&visitor, typed, asked).await
}

/// `POST /calendar/freezes`
pub async fn freeze(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let zone = &visitor.shell.zone;
    let new = NewFreezeBody {
        name: typed.one("name").to_owned(),
        environments: typed.list("environments"),
        from: typed.filled("from").map(|text| zone.as_sent(text)),
        until: zone.as_sent(typed.one("until")),
        reason: typed.one("reason").to_owned(),
    };
    let asked = freezes::checked(&visitor.app, &new).await;
    done(&visitor, typed, asked).await
}

/// `POST /calendar/freezes/{number}/lift`
pub async fn lift(Path(number): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let field = format!("lift-{number}");
    let mut draft = Draft::default();
    let reason = draft.text(&field, typed.one(&field));
    let asked = reason.and_then(|reason| {
        let number = parse("number", &number)?;
        Ok((RegisterCommand::Times(TimesCommand::LiftFreeze { number, reason }), draft))
    });
    done(&visitor, typed, asked).await
}

/// `POST /calendar/import`
pub async fn import(visitor: Visitor, request: Request) -> Answer {
    let (typed, file) = taken(&visitor, request).await?;
    let meets = if typed.has("replace", "true") { Meets::Replaces } else { Meets::Joins };
    let read = match file {
        Ok(file) => visitor.app.read_holidays(&file, Import { years: YEARS, meets }).await,
        Err(failure) => Err(failure),
    };
    let outcome = match read {
        Ok(imported) => {
            let none = Precautions::default();
            visitor.app.import_holidays(&visitor.caller, imported, none).await.map(|_| ())
        }
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => onwards("/calendar"),
        Err(failure) => again(&visitor, typed, Faults::from_failure(failure)?).await,
    }
}

/// The small fields of the form, and its file; nothing is read of a form without the session's
/// value.
async fn taken(
    visitor: &Visitor,
    request: Request,
) -> Result<(Typed, Result<Vec<u8>, Failure>), Wrong> {
    let broken = || Failure::malformed("file", "the upload cannot be read: send it again");
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let mut typed = Typed::default();
    while let Some(mut field) = parts.next_field().await.map_err(|_| broken())? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            carries(&typed, &visitor.shell.csrf)?;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MAX_FILE {
                let limit = MAX_FILE as u64;
                return Ok((typed, Err(Failure::TooLarge { what: "the file", limit })));
            }
        }
        if name == "file" && !bytes.is_empty() {
            return Ok((typed, Ok(bytes)));
        }
        typed = typed.with(&name, String::from_utf8_lossy(&bytes));
        if name == CSRF_FIELD {
            carries(&typed, &visitor.shell.csrf)?;
        }
    }
    carries(&typed, &visitor.shell.csrf)?;
    Ok((typed, Err(Failure::malformed("file", "choose a file"))))
}

/// What is wrong with one line is shown beside the box with all of them.
fn at(field: &str, failure: Failure) -> Failure {
    match failure {
        Failure::Malformed(one) => Failure::malformed(field, one.message),
        other => other,
    }
}

async fn done(
    visitor: &Visitor,
    typed: Typed,
    asked: Result<(RegisterCommand, Draft), Failure>,
) -> Answer {
    let faults = match asked {
        Ok((command, draft)) => visitor.carry_out(AnyCommand::Register(command), draft).await?,
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards("/calendar"),
        Some(faults) => again(visitor, typed, faults).await,
    }
}

async fn again(visitor: &Visitor, typed: Typed, faults: Faults) -> Answer {
    let page = CalendarPage { typed, faults, ..page(visitor).await? };
    visitor.again(&page)
}
