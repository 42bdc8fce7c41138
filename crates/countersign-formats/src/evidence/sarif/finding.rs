//! One result of a scanner as a finding: its name, state and words.

use super::super::ids::Ids;
use super::super::node::Node;
use super::super::text::cut;
use super::rules::Found;
use super::severity::severity;
use countersign_core::reading::{Finding, FindingState, Place};

/// The result at this place as a finding. Its rule has been found already.
pub fn read(result: &Node, run: &Node, found: &Found, ids: &mut Ids, place: Place) -> Finding {
    let (severity, severity_from) = severity(result, found.rule);
    Finding {
        id: ids.claim(name(result, run, found)),
        severity,
        severity_from,
        state: state(result),
        message: cut(&message(result, run, found.rule)),
        rule: cut(&found.id),
        place,
    }
}

/// A name that stays the same from scan to scan as far as the tool allows (§3.27.16, §3.27.17).
fn name(result: &Node, run: &Node, found: &Found) -> String {
    if let Some(whole) = fingerprint(result, "fingerprints") {
        return cut(&format!("{} {whole}", found.id));
    }
    let location = result.get("locations").and_then(|all| all.item(0)?.get("physicalLocation"));
    let artifact = location.and_then(|it| it.get("artifactLocation"));
    let uri = artifact.and_then(|it| it.get("uri")).or_else(|| {
        let index = usize::try_from(artifact?.get("index")?.count()?).ok()?;
        run.get("artifacts")?.item(index)?.find(&["location", "uri"])
    });
    let uri = uri.and_then(Node::scalar).unwrap_or_default();
    let line = location.and_then(|it| it.find(&["region", "startLine"])).and_then(Node::count);
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    match fingerprint(result, "partialFingerprints") {
        Some(partial) => cut(&format!("{} {uri} {partial}", found.id)),
        None => cut(format!("{} {uri}{line}", found.id).trim_end()),
    }
}

/// The first fingerprint by name: the order in a file means nothing.
fn fingerprint(result: &Node, kind: &str) -> Option<String> {
    let all = result.get(kind)?.object()?;
    let (key, value) = all.iter().min_by_key(|(key, _)| *key)?;
    Some(format!("{key}={}", value.scalar()?))
}

/// Suppressed only by at least one suppression none of which is disputed (§3.27.23, §3.35.3).
fn state(result: &Node) -> FindingState {
    if result.get("baselineState").and_then(Node::text) == Some("absent") {
        return FindingState::Absent;
    }
    let suppressions = result.get("suppressions").and_then(Node::list).unwrap_or_default();
    let accepted = |suppression: &Node| {
        suppression.object().is_some()
            && suppression.get("status").is_none_or(|status| status.text() == Some("accepted"))
    };
    if !suppressions.is_empty() && suppressions.iter().all(accepted) {
        FindingState::Suppressed
    } else {
        FindingState::Open
    }
}

/// The result's words: its own text, or its rule's with the arguments put in (§3.11).
fn message(result: &Node, run: &Node, rule: Option<&Node>) -> String {
    let message = result.get("message");
    let own = message.and_then(|it| it.get("text").or(it.get("markdown"))).and_then(Node::scalar);
    let id = message.and_then(|it| it.get("id")).and_then(Node::text);
    let looked_up = || {
        let strings = rule.and_then(|rule| rule.find(&["messageStrings", id?, "text"]));
        let shared = || run.find(&["tool", "driver", "globalMessageStrings", id?, "text"]);
        strings.or_else(shared).and_then(Node::scalar)
    };
    let described = || {
        rule?
            .find(&["shortDescription", "text"])
            .or(rule?.find(&["fullDescription", "text"]))?
            .scalar()
    };
    let text = own.or_else(looked_up).or_else(described).unwrap_or_default();
    with_arguments(&text, message)
}

/// A notification's words, or its name when they stand elsewhere.
pub fn plain_message(notification: &Node) -> String {
    let own = notification.find(&["message", "text"]).or(notification.find(&["descriptor", "id"]));
    cut(&own.and_then(Node::scalar).unwrap_or_else(|| "without a message".into()))
}

fn with_arguments(text: &str, message: Option<&Node>) -> String {
    let arguments = message.and_then(|it| it.get("arguments")).and_then(Node::list);
    let arguments = arguments.unwrap_or_default().iter().take(20).enumerate();
    arguments.fold(cut(text), |text, (index, argument)| {
        cut(&text.replace(&format!("{{{index}}}"), &argument.scalar().unwrap_or_default()))
    })
}
