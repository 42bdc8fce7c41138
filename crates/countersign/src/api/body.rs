//! JSON bodies and query strings whose faults name the place and the remedy.

use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use countersign_core::digest::Sha256;
use serde::de::DeserializeOwned;

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
        let head = format!("{} {}\n", request.method(), request.uri());
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|error| Failure::malformed("body", format!("cannot be read: {error}")))?;
        let mut signed = head.into_bytes();
        signed.extend_from_slice(&bytes);
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let value = serde_json::from_slice(text).map_err(|error| {
            Failure::malformed("body", format!("is not the JSON expected here: {error}"))
        })?;
        Ok(Self { value, request: Sha256::of(&signed) })
    }
}

/// A query string.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let axum::extract::Query(value) = query
            .map_err(|error| Failure::malformed("query", format!("cannot be read: {error}")))?;
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
