//! One run of a scanner: who ran, whether it ended well, and its results.

use super::super::ids::Ids;
use super::super::measured::{failed, partial, warn};
use super::super::node::{At, Node};
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use super::finding;
use super::rules::Rules;
use countersign_core::reading::{Fact, Reading};
use std::collections::BTreeMap;

/// Adds a run to a reading.
pub fn read(reading: &mut Reading, run: &Node, at: &At, ids: &mut Ids) -> Result<(), Unreadable> {
    introduce(reading, run, at);
    for (index, invocation) in list(run, "invocations").iter().enumerate() {
        ended_well(reading, invocation, &at.key("invocations").index(index));
    }
    if run.find(&["externalPropertyFileReferences", "results"]).is_some() {
        let place = at.keys(&["externalPropertyFileReferences", "results"]).place();
        partial(reading, "results are kept in other files", place);
    }
    if run.get("results").is_none_or(|results| results.list().is_none()) {
        failed(reading, "the run has no `results`, so nothing was scanned", at.place());
        return Ok(());
    }
    let results = list(run, "results");
    if reading.findings.len() + results.len() > MAX_ENTRIES {
        return Err(too_many(reading.findings.len() + results.len()));
    }
    let rules = Rules::of(run);
    let mut no_findings = BTreeMap::new();
    for (index, result) in results.iter().enumerate() {
        let at = at.key("results").index(index);
        if result.object().is_none() {
            return Err(Unreadable::at(at.place(), format!("{} is no result", result.kind()))
                .help("attach the file as the tool wrote it"));
        }
        match undecided_kind(result) {
            Some(kind) => no_findings.entry(kind).or_insert((at.place(), 0)).1 += 1,
            None => {
                let found = rules.find(result);
                if found.contradicts {
                    warn(reading, at.place(), "`ruleId` and `ruleIndex` name different rules");
                }
                reading.findings.push(finding::read(result, run, &found, ids, at.place()));
            }
        }
    }
    for (kind, (place, count)) in no_findings {
        if matches!(kind, "open" | "review") {
            let message = format!("{count} of kind `{kind}` need a person's judgement");
            warn(reading, place, message);
        }
    }
    Ok(())
}

/// The kind of a result that is no finding. An unknown kind is a finding.
fn undecided_kind(result: &Node) -> Option<&str> {
    let kind = result.get("kind")?.text()?;
    let none = ["pass", "open", "informational", "notApplicable", "review"];
    none.contains(&kind).then_some(kind)
}

fn introduce(reading: &mut Reading, run: &Node, at: &At) {
    let driver = at.keys(&["tool", "driver"]);
    let said = |key: &str| run.find(&["tool", "driver", key]).and_then(Node::scalar);
    let name = said("name").map(|name| cut(&name));
    let version = said("version").or(said("semanticVersion")).map(|version| cut(&version));
    if let Some(name) = &name {
        let value = format!("{name} {}", version.as_deref().unwrap_or("")).trim_end().to_owned();
        let place = driver.key("name").place();
        reading.facts.push(Fact { name: "tool".into(), value, place });
    }
    if reading.tool.is_none() {
        reading.tool = name;
        reading.tool_version = version;
    }
    if let Some(end) = run.get("invocations").and_then(|all| all.item(0)?.get("endTimeUtc")) {
        reading.generated_at = reading.generated_at.take().or(end.scalar());
    }
    for (index, source) in list(run, "versionControlProvenance").iter().enumerate() {
        let at = at.key("versionControlProvenance").index(index);
        for (key, name) in [("repositoryUri", "repository"), ("revisionId", "revision")] {
            if let Some(value) = source.get(key).and_then(Node::scalar) {
                let (value, place) = (cut(&value), at.key(key).place());
                reading.facts.push(Fact { name: name.into(), value, place });
            }
        }
    }
}

/// Whether an invocation ended well, by its own word and by its notifications (§3.20.14, §3.58.6).
fn ended_well(reading: &mut Reading, invocation: &Node, at: &At) {
    for (key, kind) in [
        ("toolExecutionNotifications", "while it ran"),
        ("toolConfigurationNotifications", "about its configuration"),
    ] {
        for (index, notification) in list(invocation, key).iter().enumerate() {
            let at = at.key(key).index(index);
            let what = format!("the tool spoke {kind}: {}", finding::plain_message(notification));
            warn(reading, at.place(), what.clone());
            if notification.get("level").and_then(Node::text) == Some("error") {
                partial(reading, what, at.place());
            }
        }
    }
    let successful = invocation.get("executionSuccessful");
    if successful.is_some_and(|value| *value != Node::Bool(true)) {
        let exit = invocation.get("exitCode").and_then(Node::scalar);
        let exit = exit.map(|code| format!(" (exit code {})", quoted(&code))).unwrap_or_default();
        let place = at.key("executionSuccessful").place();
        failed(reading, format!("the tool says that its run failed{exit}"), place);
    }
}

fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::list).unwrap_or_default()
}
