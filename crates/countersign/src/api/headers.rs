//! `Idempotency-Key`, `If-Match` and `ETag`.

use crate::api::problem::Problem;
use crate::app::{IdempotencyKey, Precautions};
use crate::failure::Failure;
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::ETAG;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use countersign_core::digest::Sha256;
use serde::Serialize;

/// The longest idempotency key accepted, in bytes.
const MAX_KEY: usize = 100;

/// What a request says about repeating it and about what it was based on.
#[derive(Debug, Clone, Default)]
pub struct Care {
    key: Option<String>,
    if_version: Option<u64>,
}

impl Care {
    /// The precautions for the request with this digest.
    pub fn of(self, request: Sha256) -> Precautions {
        let idempotency = self.key.map(|key| IdempotencyKey { key, request });
        Precautions { idempotency, if_version: self.if_version }
    }

    /// The same for a command to something that has no versions.
    pub fn of_unversioned(self, request: Sha256) -> Result<Precautions, Failure> {
        if self.if_version.is_some() {
            let message = "what this changes has no versions: repeat the request without it";
            return Err(Failure::malformed("If-Match", message));
        }
        Ok(self.of(request))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Care {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = text(parts, "Idempotency-Key", "use 1 to 100 printable characters")?;
        if key.as_ref().is_some_and(|key| key.is_empty() || key.len() > MAX_KEY) {
            let message = "use 1 to 100 characters, for example a UUID";
            return Err(Failure::malformed("Idempotency-Key", message).into());
        }
        let if_version = match text(parts, "If-Match", "send the `ETag` you received")? {
            None => None,
            Some(tag) => Some(version_of(&tag).ok_or_else(|| {
                let message =
                    format!("`{tag}` is no tag of this API: send the `ETag` you received");
                Failure::malformed("If-Match", message)
            })?),
        };
        Ok(Self { key, if_version })
    }
}

/// A header as text. One that cannot be read is never passed over: the caller relies on it.
fn text(parts: &Parts, name: &str, remedy: &str) -> Result<Option<String>, Failure> {
    let values: Vec<&HeaderValue> = parts.headers.get_all(name).iter().collect();
    match values.as_slice() {
        [] => Ok(None),
        [value] => match value.to_str() {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(_) => Err(Failure::malformed(name, format!("is not readable: {remedy}"))),
        },
        [_, _, ..] => Err(Failure::malformed(name, "is there twice: send it once")),
    }
}

fn version_of(tag: &str) -> Option<u64> {
    tag.strip_prefix("\"v")?.strip_suffix('"')?.parse().ok()
}

/// The tag of a version.
pub fn etag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"v{version}\"")).unwrap_or(HeaderValue::from_static("\"v0\""))
}

/// A JSON answer with the tag of its version.
pub fn tagged<T: Serialize>(version: u64, body: T) -> Response {
    ([(ETAG, etag(version))], Json(body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_reads_back_as_its_version_and_nothing_else_does() {
        assert_eq!(version_of(etag(17).to_str().unwrap()), Some(17));
        for bad in ["17", "v17", "\"17\"", "\"v\"", "W/\"v17\"", "*", "\"v-1\""] {
            assert_eq!(version_of(bad), None, "{bad}");
        }
    }
}
