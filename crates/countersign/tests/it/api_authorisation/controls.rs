//! The questions about controls.

use super::probes::{Probe, gate, probe, read};
use serde_json::json;

/// Every route below `/controls`.
pub fn of_controls() -> Vec<Probe> {
    vec![
        read("GET /controls"),
        gate("POST /controls"),
        read("POST /controls/check"),
        read("GET /controls/{control}"),
        read("GET /controls/{control}/evidence"),
        read("GET /controls/{control}/maturity"),
        probe(
            "POST /controls/{control}/reports",
            |_, _| json!({"from": "2026-05-01", "to": "2026-05-31"}),
        ),
    ]
}

/// The path with the control, and with days where it asks for them.
pub fn filled(path: &str) -> String {
    let days = path.ends_with("{control}/evidence") || path.ends_with("{control}/maturity");
    let query = if days { "?from=2026-05-01&to=2026-05-31" } else { "" };
    format!("{}{query}", path.replace("{control}", "CHM-002"))
}
