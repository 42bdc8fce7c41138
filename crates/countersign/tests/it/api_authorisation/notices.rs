//! Questions for the routes of notices, and of the log beside them.

use super::probes::{Probe, gate, read};

pub fn of_notices() -> Vec<Probe> {
    vec![
        read("GET /tasks"),
        read("GET /log/checkpoint"),
        read("GET /log/key"),
        read("GET /log/events"),
        read("GET /notices"),
        gate("POST /notices/read"),
        read("GET /notices/undelivered"),
        gate("PUT /people/{person}/address"),
    ]
}
