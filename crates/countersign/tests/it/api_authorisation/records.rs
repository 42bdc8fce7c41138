//! The questions about records: who reads them, takes them along, holds them, ends them.

use super::probes::{Probe, nothing, probe, reason};
use serde_json::json;

pub fn of_records() -> Vec<Probe> {
    vec![
        probe("GET /releases/{release}/records", nothing),
        probe("GET /releases/{release}/export", nothing),
        probe("POST /releases/{release}/purges", reason),
        probe("POST /releases/{release}/purges/{number}/confirm", nothing),
        probe("POST /releases/{release}/purges/{number}/refuse", reason),
        probe("POST /holds", |_, _| json!({"model": "summarizer", "reason": "to see"})),
        probe("POST /holds/{number}/lift", reason),
        probe("POST /people/{person}/erase", reason),
        probe("POST /texts/erase", |_, subject| {
            let stream = format!("release/{}", subject.release);
            json!({"stream": stream, "event": 1, "reason": "to see"})
        }),
    ]
}
