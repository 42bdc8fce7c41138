//! promptfoo: the results of an evaluation or a red team, as JSON.
//!
//! The counts of the file are compared with its rows. A severity in a row is that of the plugin
//! that attacked, on rows that held out as well; only a row that failed is a finding.

mod rows;
mod scores;

use self::rows::{Row, Tally};
use super::measured::{fact, failed, partial, warn};
use super::node::{At, Node};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, Reader, Upload, internal, too_many};
use countersign_core::reading::{Outcome, Reading};
use std::collections::BTreeSet;

pub use rows::PROMPTFOO_SEVERITIES;

pub const READER: Reader = Reader {
    format: "promptfoo",
    title: "promptfoo",
    notes: &[
        "the output `-o results.json`, results of version 2 and 3; the other outputs are not read, \
         but for JUnit XML",
        "each row is a check named by its description, or `test` and its number; with several \
         prompts or providers, the provider and the prompt's number behind it",
        "a row that asserts nothing is a skip, `failureReason` 2 an error, a row that contradicts \
         itself an error; an assertion that threw is a failure, as promptfoo counts it, and is \
         warned of",
        "in a red team, which is a file that names a `pluginId`, each failed row is a finding with \
         the severity that its `metadata` states; anything else, or nothing, is `unknown`, which \
         counts as the worst",
        "worked out by us, as fractions: `pass_rate`, successes by all cases, also per prompt when \
         there are several, with provider and label as slice; `attack_success_rate`, failed by failed and passed rows of a red team, \
         and per plugin as task",
        "each named score is a measurement: its sum by its weights, or else by its count",
        "counts that disagree with the rows, cases that were not run, or that ended in an error: a \
         partial run; no row, or nothing but errors: a failed run",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        root.find(&["results", "results"]).is_some_and(|rows| rows.list().is_some())
            && root.find(&["results", "stats"]).is_some()
    })
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let mut reading = Reading::new(READER.format);
    version(root)?;
    introduce(&mut reading, root);
    let rows = root.find(&["results", "results"]).and_then(Node::list).unwrap_or_default();
    let most = rows.len().max(prompts(root).len());
    if most > MAX_ENTRIES {
        return Err(too_many(most));
    }
    let at = At::root().keys(&["results", "results"]);
    let mut tally = Tally::default();
    for (index, row) in rows.iter().enumerate() {
        let row = Row::read(row, at.index(index), prompts(root).len())?;
        row.note(&mut reading);
        tally.add(row);
    }
    tally.findings(&mut reading);
    scores::read(&mut reading, root, &tally)?;
    judge(&mut reading, root, &tally);
    Ok(reading)
}

fn version(root: &Node) -> Result<(), Unreadable> {
    let version = root.find(&["results", "version"]).and_then(Node::count);
    if matches!(version, Some(2 | 3)) {
        return Ok(());
    }
    let given = root.find(&["results", "version"]).and_then(Node::scalar).unwrap_or_default();
    let message = format!("results of version {} are not read", quoted(&given));
    Err(Unreadable::at(At::root().keys(&["results", "version"]).place(), message)
        .help("write them with a promptfoo that gives version 3"))
}

fn introduce(reading: &mut Reading, root: &Node) {
    let said = |keys: &[&str]| root.find(keys).and_then(Node::scalar).filter(|it| !it.is_empty());
    reading.tool = Some("promptfoo".to_owned());
    reading.tool_version = said(&["metadata", "promptfooVersion"]).map(|it| cut(&it));
    reading.generated_at = said(&["results", "timestamp"]).map(|it| cut(&it));
    for (name, keys) in [
        ("evalId", &["evalId"][..]),
        ("description", &["config", "description"]),
        ("successes", &["results", "stats", "successes"]),
        ("failures", &["results", "stats", "failures"]),
        ("errors", &["results", "stats", "errors"]),
    ] {
        if let Some(value) = said(keys) {
            fact(reading, name, &value, At::root().keys(keys).place());
        }
    }
    providers(reading, root);
    if root.get("shareableUrl").is_some() {
        let message = "the results were uploaded to a service that shares them";
        warn(reading, At::root().key("shareableUrl").place(), message);
    }
}

/// The prompts of the evaluation, one for each prompt and provider.
fn prompts(root: &Node) -> &[Node] {
    root.find(&["results", "prompts"]).and_then(Node::list).unwrap_or_default()
}

/// What tells a prompt from its neighbours: the provider where there are several, and its label
/// where that is short; a label is the whole prompt unless somebody named it.
fn slice(root: &Node, index: usize) -> Option<String> {
    let all = prompts(root);
    let prompt = all.get(index).filter(|_| all.len() > 1)?;
    let label = prompt.get("label").and_then(Node::text);
    let label = label.filter(|label| label.len() <= 60 && !label.contains('\n'));
    let label = label.map_or_else(|| format!("prompt {index}"), str::to_owned);
    let first = all.first().and_then(provider);
    let several = all.iter().any(|other| provider(other) != first);
    Some(cut(&match provider(prompt).filter(|_| several) {
        Some(provider) => format!("{provider}, {label}"),
        None => label,
    }))
}

/// A provider as it may be shown: an address is internal.
fn provider(prompt: &Node) -> Option<String> {
    let name = match prompt.get("provider")? {
        Node::Object(provider) => provider.get("id")?.scalar()?,
        name => name.scalar()?,
    };
    Some(if internal::is_path(&name) { internal::last_part(&name) } else { name })
}

fn providers(reading: &mut Reading, root: &Node) {
    let mut names = BTreeSet::new();
    for (index, prompt) in prompts(root).iter().enumerate() {
        let at = At::root().keys(&["results", "prompts"]).index(index).key("provider");
        let Some(name) = provider(prompt).filter(|name| !names.contains(name)) else { continue };
        if name == "echo" {
            warn(reading, at.place(), "made with the provider `echo`, which repeats the prompt");
        }
        fact(reading, "provider", &name, at.place());
        names.insert(name);
    }
    if names.len() > 1 {
        let place = At::root().keys(&["results", "prompts"]).place();
        let message = format!("the file compares {} providers", names.len());
        warn(reading, place, message);
    }
    reading.claimed_subject = (!names.is_empty()).then(|| cut(&Vec::from_iter(names).join(", ")));
}

/// Whether the counts of the file are those of its rows.
fn judge(reading: &mut Reading, root: &Node, tally: &Tally) {
    let at = At::root().keys(&["results", "stats"]);
    if tally.rows == 0 {
        let place = At::root().keys(&["results", "results"]).place();
        return failed(reading, "the file holds no result", place);
    }
    let stated = |key| root.find(&["results", "stats", key]).and_then(Node::count);
    let (Some(passed), Some(fell)) = (stated("successes"), stated("failures")) else {
        return partial(reading, "the file does not count its results", at.place());
    };
    let errors = stated("errors").unwrap_or_default();
    let total = passed.saturating_add(fell).saturating_add(errors);
    if total != tally.rows {
        let what = format!("{} of {total} results stand in the file", tally.rows);
        partial(reading, what, at.place());
    }
    for (key, stated, counted) in [
        ("successes", passed, tally.stated(Outcome::Pass)),
        ("failures", fell, tally.stated(Outcome::Fail)),
        ("errors", errors, tally.stated(Outcome::Error)),
    ] {
        if stated != counted {
            let what = format!("{stated} {key} are stated and {counted} stand in the file");
            partial(reading, what, at.key(key).place());
        }
    }
    let planned = root.find(&["config", "tests"]).and_then(Node::list).unwrap_or_default().len();
    if tally.cases() < planned as u64 {
        let what = format!("{} of {planned} cases were run", tally.cases());
        partial(reading, what, At::root().keys(&["config", "tests"]).place());
    }
    if errors > 0 && errors == total {
        failed(reading, "every case ended in an error", at.key("errors").place());
    } else if errors > 0 {
        let what = format!("{errors} of {total} cases ended in an error");
        partial(reading, what, at.key("errors").place());
    }
}
