//! What the API answers where there is no endpoint: a problem, like everywhere else.

use crate::api::problem::Problem;
use axum::http::{Method, StatusCode, Uri};

const DESCRIPTION: &str = "read `/api/v1/openapi.json`: it lists every endpoint";

/// There is no such path.
pub async fn unknown(uri: Uri) -> Problem {
    let detail = format!("there is no `{}` in this API", uri.path());
    Problem::new(StatusCode::NOT_FOUND, "endpoint.unknown", detail, DESCRIPTION)
}

/// There is such a path, but not with this method.
pub async fn wrong_method(method: Method, uri: Uri) -> Problem {
    let detail = format!("`{}` does not take `{method}`", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "endpoint.wrong_method", detail, DESCRIPTION)
}
