//! Reasons as lines: what, where, who can lift it, and what to do about it.

use super::client::Client;
use crate::api::problem::Reason;
use serde_json::Value;
use std::collections::BTreeMap;

/// The names of people by identifier, as far as they are known.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Everybody's name, or nobody's when the caller may not know: names only help reading.
    pub fn of(client: &Client) -> Self {
        let people = super::who::everybody(client).unwrap_or_default();
        let pair = |person: &Value| {
            Some((person["id"].as_str()?.to_owned(), person["name"].as_str()?.to_owned()))
        };
        Self(people.iter().filter_map(pair).collect())
    }

    /// A person's name, or the identifier.
    pub fn get<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, String::as_str)
    }
}

/// Reasons as an indented list.
pub fn lines<'a>(reasons: impl IntoIterator<Item = &'a Reason>, names: &Names) -> Vec<String> {
    let mut lines = Vec::new();
    for reason in reasons {
        lines.push(match &reason.place {
            Some(place) => format!("- {place}: {} [{}]", reason.message, reason.code),
            None => format!("- {} [{}]", reason.message, reason.code),
        });
        if let Some(who) = lifters(reason, names) {
            lines.push(format!("    can be lifted by: {who}"));
        }
        if !reason.next_step.is_empty() {
            lines.push(format!("    next: {}", reason.next_step));
        }
    }
    lines
}

/// Who can lift a reason: people by name, then roles.
fn lifters(reason: &Reason, names: &Names) -> Option<String> {
    let people = reason.people.iter().map(|id| names.get(id).to_owned());
    let all: Vec<String> = people.chain(reason.roles.iter().cloned()).collect();
    if all.is_empty() { None } else { Some(all.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_where_who_and_what_next() {
        let reason = Reason {
            code: "approval.missing".into(),
            message: "the approval is missing".into(),
            place: Some("answers.x".into()),
            roles: vec!["legal".into()],
            people: vec!["p-1".into(), "p-2".into()],
            next_step: "ask".into(),
        };
        let names = Names([("p-1".to_owned(), "Ada".to_owned())].into());
        assert_eq!(
            lines([&reason], &names),
            [
                "- answers.x: the approval is missing [approval.missing]",
                "    can be lifted by: Ada, p-2, legal",
                "    next: ask",
            ]
        );
    }
}
