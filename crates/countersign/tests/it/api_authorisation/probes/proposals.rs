//! What is asked about kinds of change, deployments and reviews of the policy.

use super::{Probe, probe, read, reason};
use serde_json::json;

/// Every route about them.
pub fn of_proposals() -> Vec<Probe> {
    vec![
        probe("POST /releases/propose", |_, _| json!({"model": "summarizer"})),
        read("GET /deployments"),
        read("GET /policies/{name}/{version}/reviews"),
        probe(
            "POST /policies/{name}/{version}/review",
            |_, _| json!({"outcome": "keep", "text": "to see whether one may"}),
        ),
        probe(
            "POST /policies/{name}/{version}/reviews",
            |_, _| json!({"trigger": "tooling", "text": "to see whether one may"}),
        ),
        probe("POST /releases/{release}/override", reason),
    ]
}
