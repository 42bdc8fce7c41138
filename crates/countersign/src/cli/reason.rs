//! Reasons as lines: what, where, who can lift it, and what to do about it.

use super::client::Client;
use crate::api::problem::Reason;
use serde_json::Value;
use std::collections::BTreeMap;

/// The names of people by identifier, as far as they are known.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<String, String>);

impl From<BTreeMap<String, String>> for Names {
    fn from(names: BTreeMap<String, String>) -> Self {
        Self(names)
    }
}

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

    /// Items whose people at this key are called by name instead of by identifier.
    pub fn put_into(&self, items: &[Value], key: &str) -> Vec<Value> {
        let named = |item: &Value| {
            let mut item = item.clone();
            if let Some(id) = item[key].as_str() {
                item[key] = self.get(id).into();
            }
            item
        };
        items.iter().map(named).collect()
    }
}

/// Reasons as an indented list. Who can lift several that follow each other, and how, is said once
/// below them.
pub fn lines<'a>(reasons: impl IntoIterator<Item = &'a Reason>, names: &Names) -> Vec<String> {
    let reasons: Vec<&Reason> = reasons.into_iter().collect();
    let same = |a: &&Reason, b: &&Reason| advice(a) == advice(b);
    reasons.chunk_by(same).flat_map(|group| told(group, names)).collect()
}

/// What tells whether two reasons are closed in the same way by the same people.
fn advice(reason: &Reason) -> (&str, &[String], &[String], &str) {
    (&reason.code, &reason.roles, &reason.people, &reason.next_step)
}

fn told(group: &[&Reason], names: &Names) -> Vec<String> {
    let line = |reason: &&Reason| match &reason.place {
        Some(place) => format!("- {place}: {} [{}]", reason.message, reason.code),
        None => format!("- {} [{}]", reason.message, reason.code),
    };
    let mut lines: Vec<String> = group.iter().map(line).collect();
    let Some(first) = group.first() else { return lines };
    let each = if group.len() > 1 { "each " } else { "" };
    if let Some(who) = lifters(first, names) {
        lines.push(format!("    {each}can be lifted by: {who}"));
    }
    if !first.next_step.is_empty() {
        lines.push(format!("    next: {}", first.next_step));
    }
    lines
}

/// Who can lift a reason: people by name, in which role.
fn lifters(reason: &Reason, names: &Names) -> Option<String> {
    let people: Vec<&str> = reason.people.iter().map(|id| names.get(id)).collect();
    let (people, roles) = (people.join(", "), reason.roles.join(" or "));
    match (people.is_empty(), roles.is_empty()) {
        (true, true) => None,
        (false, true) => Some(people),
        (true, false) => Some(format!("whoever holds {roles}")),
        // An approval waits for these people in this role; anything else for either.
        (false, false) if reason.code == "approval.missing" => {
            Some(format!("{people}, as {roles}"))
        }
        (false, false) => Some(format!("{people}, or whoever holds {roles}")),
    }
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
                "    can be lifted by: Ada, p-2, as legal",
                "    next: ask",
            ]
        );
    }

    #[test]
    fn what_the_same_person_closes_in_the_same_way_is_advised_once() {
        let item = |name: &str| Reason {
            code: "item.open".into(),
            message: format!("`{name}` is open"),
            place: None,
            roles: Vec::new(),
            people: vec!["p-1".into()],
            next_step: "answer it".into(),
        };
        let (one, two) = (item("model card"), item("data sheet"));
        assert_eq!(
            lines([&one, &two], &Names::default()),
            [
                "- `model card` is open [item.open]",
                "- `data sheet` is open [item.open]",
                "    each can be lifted by: p-1",
                "    next: answer it",
            ]
        );
    }
}
