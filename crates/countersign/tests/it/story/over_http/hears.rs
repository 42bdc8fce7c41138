//! What people find in their notices, after the program's own clock has looked.

use super::OverHttp;
use super::look::text;
use crate::story::hears::{Heard, Hears, line};
use countersign::jobs::notices;
use std::collections::BTreeSet;

impl Hears for OverHttp {
    fn told(&mut self, release: &str) -> Result<Vec<Heard>, String> {
        let id = self.id_of(release)?.to_string();
        let found = self.runtime.block_on(notices::find(&self.world.app));
        found.map_err(|failure| failure.to_string())?;
        let mut heard = BTreeSet::new();
        for person in self.people.keys() {
            let client = self.client(person)?;
            let answer = self.runtime.block_on(client.get("/notices?limit=200")).json();
            let items = answer["items"].as_array().cloned().unwrap_or_default();
            let about = items.iter().filter(|one| text(&one["release"]) == id);
            heard.extend(about.filter(|one| one["kind"] != "assigned").map(|one| {
                let to = one["role"].as_str().unwrap_or(person);
                let how = (one["kind"].as_str().unwrap_or_default(), level(&one["level"]));
                Heard { line: line(how, to, &text(&one["title"])), id: text(&one["id"]) }
            }));
        }
        Ok(heard.into_iter().collect())
    }
}

fn level(value: &serde_json::Value) -> u64 {
    value.as_u64().unwrap_or_default()
}
