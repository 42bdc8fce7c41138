//! The OpenAPI 3.1 document, finished: what the annotations beside the handlers cannot say one by
//! one is said here for all of them.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

/// What the annotations say, with unique operation ids, the headers every command takes, the
/// media type of problems, and a description for each answer.
pub(super) fn finished(annotated: &OpenApi) -> Value {
    let mut document = serde_json::to_value(annotated).unwrap_or_default();
    let Some(paths) = document["paths"].as_object_mut() else { return document };
    for (path, operations) in paths {
        let Some(operations) = operations.as_object_mut() else { continue };
        for (method, operation) in operations {
            operation["operationId"] = operation_id(method, path).into();
            summarise(operation);
            parameters(operation, headers(method, path));
            answers(operation);
            if let Some(body) = operation.get_mut("requestBody") {
                bytes(body);
            }
        }
    }
    document
}

/// `post_releases_submit`: functions may share a name, operations may not.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.split('/').filter(|word| !word.is_empty());
    let words = words.map(|word| word.trim_matches(['{', '}']).replace(['-', '.'], "_"));
    std::iter::once(method.to_owned()).chain(words).collect::<Vec<_>>().join("_")
}

/// The first sentence is the summary, the rest the description.
fn summarise(operation: &mut Value) {
    let text = operation["summary"].as_str().unwrap_or_default().replace('\n', " ");
    let (first, rest) = text.split_once(". ").unwrap_or((text.trim_end_matches('.'), ""));
    if !rest.is_empty() {
        operation["description"] = rest.into();
    }
    operation["summary"] = first.into();
}

/// The headers a command takes. What has no versions takes no `If-Match`; what anybody may call
/// and what changes nothing takes neither.
fn headers(method: &str, path: &str) -> Vec<Value> {
    let asks = method == "get" || path.ends_with("/check");
    if asks || matches!(path, "/login" | "/setup") {
        return Vec::new();
    }
    let header = |name: &str, about: &str| {
        json!({
            "name": name, "in": "header", "required": false, "description": about,
            "schema": { "type": "string" },
        })
    };
    let key = header(
        "Idempotency-Key",
        "A key of your choice, at most 100 bytes: the same request under the same key is carried \
         out once",
    );
    let unversioned = ["/people", "/tokens", "/webhooks"].iter().any(|it| path.starts_with(it));
    if unversioned && !path.contains("/roles") {
        return vec![key];
    }
    let seen = header(
        "If-Match",
        "The `ETag` of what you looked at: the command is carried out only if nothing has changed",
    );
    vec![key, seen]
}

fn parameters(operation: &mut Value, headers: Vec<Value>) {
    if headers.is_empty() {
        return;
    }
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.extend(headers),
        None => operation["parameters"] = headers.into(),
    }
}

fn answers(operation: &mut Value) {
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, response) in responses {
        let refusal = status.ends_with("XX");
        if response["description"].as_str().is_none_or(str::is_empty) {
            let about = if refusal { "Refused, with every reason" } else { "Done" };
            response["description"] = about.into();
        }
        let content = response.get_mut("content").and_then(Value::as_object_mut);
        if let (true, Some(content)) = (refusal, content) {
            as_problem(content);
        }
        bytes(response);
    }
}

fn as_problem(content: &mut Map<String, Value>) {
    if let Some(problem) = content.remove("application/json") {
        content.insert("application/problem+json".into(), problem);
    }
}

/// Bytes as they are have no schema in OpenAPI 3.1.
fn bytes(holder: &mut Value) {
    if let Some(content) = holder.pointer_mut("/content/application~1octet-stream") {
        *content = json!({});
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_named_by_method_and_path() {
        assert_eq!(operation_id("get", "/openapi.json"), "get_openapi_json");
        let path = "/releases/{release}/evidence/{evidence}/close-finding";
        let named = "post_releases_release_evidence_evidence_close_finding";
        assert_eq!(operation_id("post", path), named);
    }

    #[test]
    fn what_has_no_versions_takes_no_if_match() {
        assert_eq!(headers("post", "/tokens").len(), 1);
        assert_eq!(headers("post", "/people/{person}/roles").len(), 2);
        assert_eq!(headers("put", "/calendar").len(), 2);
        assert!(headers("get", "/calendar").is_empty() && headers("post", "/login").is_empty());
    }
}
