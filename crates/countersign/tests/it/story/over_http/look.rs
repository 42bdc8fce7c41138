//! What everybody can see of a release, from the API's own words.

use super::OverHttp;
use crate::story::gate::{Blocked, Listed, Look, Signature, Work};
use serde_json::Value;

/// A text, or nothing.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A list of texts.
pub(super) fn texts(value: &Value) -> Vec<String> {
    list(value).map(text).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn spaced(value: &Value) -> String {
    text(value).replace('_', " ")
}

impl OverHttp {
    pub(super) fn look_of(&self, view: &Value) -> Look {
        let step = |one: &Value| Listed {
            name: format!("{} {}", one["number"], text(&one["step"])),
            stands: spaced(&one["progress"]),
            remarks: texts(&one["remarks"]),
        };
        let item = |one: &Value| Listed {
            name: text(&one["item"]),
            stands: spaced(&one["state"]),
            remarks: texts(&one["missing"]),
        };
        let criterion = |one: &Value| Listed {
            name: text(&one["title"]),
            stands: spaced(&one["outcome"]),
            remarks: vec![text(&one["because"])],
        };
        let work = |one: &Value| Work {
            number: one["number"].as_u64().unwrap_or(0),
            step: text(&one["step"]),
            kind: text(&one["kind"]),
            role: text(&one["role"]),
            stands: spaced(&one["progress"]),
            parts: texts(&one["parts"]),
            questions: list(&one["fields"]).map(|field| text(&field["name"])).collect(),
        };
        let happened = |one: &Value| (self.handle(&text(&one["by"])), text(&one["event"]));
        Look {
            state: spaced(&view["state"]),
            artifacts: list(&view["artifacts"]).map(|one| text(&one["name"])).collect(),
            policy: text(&view["policy"]),
            runbook: text(&view["runbook"]),
            blockers: list(&view["blockers"]).map(|one| self.blocked(one)).collect(),
            items: list(&view["items"]).map(item).collect(),
            prerequisites: u32::try_from(list(&view["prerequisites"]).count()).unwrap_or(0),
            steps: list(&view["steps"]).map(step).collect(),
            work: list(&view["steps"]).map(work).collect(),
            criteria: list(&view["criteria"]).map(criterion).collect(),
            approvals: list(&view["approvals"]).map(|one| self.signature(one)).collect(),
            history: list(&view["timeline"]).map(happened).collect(),
        }
    }

    fn blocked(&self, reason: &Value) -> Blocked {
        let mut people = self.sorted(&reason["people"]);
        let mut lifted_by = texts(&reason["roles"]);
        lifted_by.append(&mut people);
        Blocked { message: self.titled(&text(&reason["message"])), lifted_by }
    }

    fn signature(&self, one: &Value) -> Signature {
        Signature {
            purpose: text(&one["purpose"]),
            role: text(&one["role"]),
            needed: one["needed"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
            given: self.sorted(&one["given_by"]),
            self_approved: one["self_approved"].as_bool().unwrap_or(false),
            lapsed: self.sorted(&one["lapsed"]),
            eligible: self.sorted(&one["eligible"]),
        }
    }

    fn sorted(&self, people: &Value) -> Vec<String> {
        let mut names: Vec<String> = list(people).map(|one| self.handle(&text(one))).collect();
        names.sort();
        names
    }
}
