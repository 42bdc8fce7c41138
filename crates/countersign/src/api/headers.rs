//! `Idempotency-Key`, `If-Match` and `ETag`.

use crate::api::problem::Problem;
use crate::app::IdempotencyKey;
use crate::failure::Failure;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use countersign_core::digest::Sha256;

/// What a request says about repeating it and about what it was based on.
#[derive(Debug, Clone, Default)]
pub struct Care {
    key: Option<String>,
    /// The version the caller looked at.
    pub if_version: Option<u64>,
}

impl Care {
    /// The key with the request it stands for.
    pub fn idempotency(&self, request: Sha256) -> Option<IdempotencyKey> {
        self.key.clone().map(|key| IdempotencyKey { key, request })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Care {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let key = text("idempotency-key").map(str::to_owned);
        if key.as_ref().is_some_and(|key| key.is_empty() || key.len() > 100) {
            let message = "use 1 to 100 characters, for example a UUID";
            return Err(Failure::malformed("Idempotency-Key", message).into());
        }
        let if_version = match text("if-match") {
            None => None,
            Some(tag) => Some(version_of(tag).ok_or_else(|| {
                let message =
                    format!("`{tag}` is no tag of this API: send the `ETag` you received");
                Failure::malformed("If-Match", message)
            })?),
        };
        Ok(Self { key, if_version })
    }
}

fn version_of(tag: &str) -> Option<u64> {
    tag.trim().strip_prefix("\"v")?.strip_suffix('"')?.parse().ok()
}

/// The tag of a version.
pub fn etag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"v{version}\"")).unwrap_or(HeaderValue::from_static("\"v0\""))
}
