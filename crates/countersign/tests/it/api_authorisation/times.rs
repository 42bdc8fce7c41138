//! Questions for the routes of calendars, change windows, freezes and schedules.

use super::probes::{Probe, gate, probe, reason};
use serde_json::json;

pub fn of_times() -> Vec<Probe> {
    vec![
        probe(
            "PUT /environments/{environment}/windows",
            |_, _| json!({"windows": ["mon-fri 09:00-16:00"]}),
        ),
        gate("POST /calendar/import"),
        probe("POST /freezes", |_, _| {
            json!({
                "name": "year end", "environments": ["production"],
                "until": "2027-01-03T00:00:00Z", "reason": "to see whether one may",
            })
        }),
        probe("POST /freezes/{number}/lift", reason),
        probe(
            "PUT /releases/{release}/schedule",
            |_, _| json!({"not_before": "2026-12-01T08:00:00Z"}),
        ),
    ]
}
