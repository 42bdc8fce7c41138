//! Taking in an upload: the session's value and the small fields first, then the file, chunk by
//! chunk to disk.

use crate::app::{NewEvidence, Precautions, Redacted, file_name};
use crate::failure::Failure;
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::post::{CSRF_FIELD, carries};
use crate::portal::visit::Visitor;
use crate::portal::wrong::Wrong;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use countersign_core::release::Target;

/// How an upload ended.
#[derive(Debug)]
pub enum Attached {
    /// The file is attached.
    Done,
    /// Something is wrong with it.
    Wrong(Faults),
}

/// The longest of the small fields, in bytes.
const MAX_FIELD: usize = 10_000;

/// Attaches the file of an upload form to this. Nothing is read of a form that does not carry the
/// session's value, and nothing is kept of a file that is not taken.
pub async fn attach(
    visitor: &Visitor,
    (id, target): (&str, Target),
    request: Request,
) -> Result<Attached, Wrong> {
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|error| broken(error.body_text()))?;
    let mut typed = Typed::default();
    while let Some(field) = parts.next_field().await.map_err(of_multipart)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            typed = typed.with(&name, small(field).await?);
            if name == CSRF_FIELD {
                carries(&typed, &visitor.shell.csrf)?;
            }
            continue;
        }
        carries(&typed, &visitor.shell.csrf)?;
        return match take(visitor, (id, target), &typed, field).await {
            Ok(()) => Ok(Attached::Done),
            Err(failure) => Faults::from_failure(failure).map(Attached::Wrong),
        };
    }
    carries(&typed, &visitor.shell.csrf)?;
    Ok(Attached::Wrong(Faults::at("file", "choose a file")))
}

async fn take(
    visitor: &Visitor,
    (id, target): (&str, Target),
    typed: &Typed,
    mut field: Field<'_>,
) -> Result<(), Failure> {
    let given = field.file_name().unwrap_or_default().to_owned();
    if given.is_empty() {
        return Err(Failure::malformed("file", "choose a file"));
    }
    let parse = crate::api::body::parse;
    let new = NewEvidence {
        release: crate::api::body::parse("release", id)?,
        name: file_name("file", &given)?,
        target,
        parts: typed.list("parts").into_iter().collect(),
        redacted: if typed.has("redacted", "true") { Redacted::Yes } else { Redacted::No },
        replaces: typed.filled("replaces").map(|text| parse("replaces", text)).transpose()?,
    };
    let precautions = Precautions::default();
    visitor.app.would_attach(&visitor.caller, &new, &precautions).await?;
    let mut receiver = visitor.app.receive()?;
    while let Some(chunk) = field.chunk().await.map_err(of_multipart)? {
        receiver.take(chunk).await?;
    }
    let received = receiver.whole().await?;
    visitor.app.attach(&visitor.caller, new, received, precautions).await?;
    Ok(())
}

async fn small(mut field: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(of_multipart)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_FIELD {
            return Err(Failure::malformed("form", "a field of the form is too long"));
        }
    }
    String::from_utf8(bytes).map_err(|_| broken("a field is not text".into()))
}

fn of_multipart(error: MultipartError) -> Failure {
    broken(error.body_text())
}

fn broken(why: String) -> Failure {
    Failure::malformed("form", format!("the upload cannot be read: {why}; send it again"))
}
