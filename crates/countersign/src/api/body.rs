//! Bodies, query strings and path parameters whose faults name the place and the remedy.

use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Uri};
use countersign_core::digest::Sha256;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// The largest body of JSON or of a document accepted, in bytes. Evidence has its own limit.
pub const MAX_BODY: usize = 2 * 1024 * 1024;

/// A JSON body, with the digest of the request it came in.
pub struct Body<T> {
    /// The value.
    pub value: T,
    /// SHA-256 over method, path and body: what an idempotency key stands for.
    pub request: Sha256,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (bytes, request) = received(request, state).await?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let value = serde_json::from_slice(text).map_err(|error| not_json(&error))?;
        Ok(Self { value, request })
    }
}

/// A document in plain text, with the digest of the request it came in.
pub struct Document {
    /// The text.
    pub text: String,
    /// SHA-256 over method, path and body: what an idempotency key stands for.
    pub request: Sha256,
}

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (bytes, request) = received(request, state).await?;
        let text = String::from_utf8(bytes.into()).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let message = format!("is not UTF-8 from byte {at} on: save the document as UTF-8");
            Failure::malformed("body", message)
        })?;
        Ok(Self { text, request })
    }
}

/// The digest that an idempotency key stands for.
pub fn request_digest(method: &Method, uri: &Uri, body: &[u8]) -> Sha256 {
    let mut signed = format!("{method} {uri}\n").into_bytes();
    signed.extend_from_slice(body);
    Sha256::of(&signed)
}

async fn received<S: Send + Sync>(request: Request, state: &S) -> Result<(Bytes, Sha256), Failure> {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let bytes = Bytes::from_request(request, state).await.map_err(|error| unreadable(&error))?;
    let digest = request_digest(&method, &uri, &bytes);
    Ok((bytes, digest))
}

fn unreadable(error: &BytesRejection) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Failure::TooLarge { what: "the body", limit: MAX_BODY as u64 };
    }
    Failure::malformed("body", format!("broke off while it was received: {}", error.body_text()))
}

fn not_json(error: &serde_json::Error) -> Failure {
    // The library ends its messages with the place, which is given apart here.
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    let place = format!("line {}, column {}", error.line(), error.column());
    match (error.classify(), field_in(what)) {
        (Category::Data, Some(field)) => {
            Failure::malformed(field, format!("{what} ({place}): correct or remove it"))
        }
        (Category::Data, None) => Failure::malformed(place, format!("{what}: correct the value")),
        (Category::Syntax | Category::Eof | Category::Io, _) => {
            Failure::malformed(place, format!("the body is not JSON: {what}"))
        }
    }
}

/// The field a message of the JSON or query reader speaks of.
fn field_in(message: &str) -> Option<String> {
    let field = ["unknown field `", "missing field `", "duplicate field `"];
    let rest = field.iter().find_map(|start| message.split_once(start))?.1;
    rest.split_once('`').map(|(field, _)| field.to_owned())
}

/// A query string.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let axum::extract::Query(value) = query.map_err(|error| {
            let text = error.body_text();
            let what = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
            let parameter = what.split_once(": ").map(|(parameter, _)| parameter.to_owned());
            let place = field_in(what).or(parameter).unwrap_or_else(|| "query".into());
            Failure::malformed(place, format!("the query cannot be read: {what}"))
        })?;
        Ok(Self(value))
    }
}

/// Parameters in the path.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        let axum::extract::Path(value) =
            path.map_err(|error| Failure::malformed("path", error.body_text()))?;
        Ok(Self(value))
    }
}

/// A checked value of text: a name, a digest, a word of a closed set.
pub fn parse<T>(field: &str, text: &str) -> Result<T, Failure>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| Failure::malformed(field, error))
}

/// One word of a closed set.
pub fn one_of<T: Copy>(field: &str, text: &str, known: &[(&str, T)]) -> Result<T, Failure> {
    let found = known.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let words: Vec<String> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
        Failure::malformed(field, format!("`{text}` is not known: use {}", words.join(", ")))
    })
}

/// A title of something, trimmed.
pub fn title(field: &str, text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() || text.len() > 200 {
        return Err(Failure::malformed(field, "use 1 to 200 bytes"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its fields' names matter")]
    struct Two {
        name: String,
        count: u32,
    }

    fn fault(text: &str) -> (String, String) {
        match not_json(&serde_json::from_str::<Two>(text).unwrap_err()) {
            Failure::Malformed(malformed) => (malformed.field, malformed.message),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_fault_in_json_names_line_and_column() {
        let (place, message) = fault("{\n  \"name\": }");
        assert_eq!(place, "line 2, column 11");
        assert!(message.starts_with("the body is not JSON"), "{message}");
        let (place, message) = fault("{\"name\": 7, \"count\": 1}");
        assert_eq!(place, "line 1, column 10");
        assert!(message.contains("expected a string"), "{message}");
    }

    #[test]
    fn a_field_that_is_unknown_or_missing_is_named() {
        assert_eq!(fault("{\"nmae\": \"x\"}").0, "nmae");
        assert_eq!(fault("{\"name\": \"x\"}").0, "count");
        assert_eq!(fault("{\"name\": \"x\", \"name\": \"y\"}").0, "name");
    }
}
