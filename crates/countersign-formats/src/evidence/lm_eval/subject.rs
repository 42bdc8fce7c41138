//! What a results file says it measured, and with what. Claims, and no internal paths among them.

use super::super::internal::{hidden, is_internal};
use super::super::measured::warn;
use super::super::node::{At, Node};
use super::super::text::cut;
use countersign_core::reading::{Fact, Reading};

/// The settings of a model that say which model it is and give nothing internal away.
const SHOWN: &[&str] = &[
    "pretrained",
    "base_name",
    "model",
    "peft",
    "adapter",
    "delta",
    "revision",
    "subfolder",
    "dtype",
];

/// Adds what the file says about its subject.
pub fn read(reading: &mut Reading, root: &Node) {
    reading.tool_version = root.get("lm_eval_version").and_then(Node::scalar).map(|it| cut(&it));
    reading.generated_at = root.get("date").and_then(Node::scalar).map(|it| cut(&it));
    for keys in [
        &["model_source"][..],
        &["git_hash"],
        &["config", "model"],
        &["config", "model_sha"],
        &["config", "model_revision"],
        &["config", "model_dtype"],
        &["config", "limit"],
        &["chat_template_sha"],
        &["total_evaluation_time_seconds"],
    ] {
        if let Some(value) = root.find(keys).and_then(Node::scalar).filter(|it| !it.is_empty()) {
            fact(reading, keys.last().unwrap_or(&""), &value, &At::root().keys(keys));
        }
    }
    let count = |key: &str| root.get(key).and_then(Node::object).map_or(0, |it| it.iter().count());
    let (tasks, hashes) = (count("results"), count("task_hashes"));
    fact(reading, "tasks", &tasks.to_string(), &At::root().key("results"));
    if root.get("task_hashes").is_some() {
        fact(reading, "task_hashes", &hashes.to_string(), &At::root().key("task_hashes"));
    }
    model(reading, root);
    arguments(reading, root);
}

fn model(reading: &mut Reading, root: &Node) {
    let at = At::root().key("model_name");
    if let Some(name) = root.get("model_name").and_then(Node::text) {
        if is_internal(name) {
            let message = "`model_name` is a path, not a model id: which model was measured is \
                           only claimed";
            warn(reading, at.place(), message);
        }
        reading.claimed_subject = Some(cut(&hidden(name)));
    }
    let source = [root.get("model_source"), root.find(&["config", "model"])];
    if source.into_iter().flatten().any(|source| source.text() == Some("dummy")) {
        let message = "made with the `dummy` model, which answers at random";
        warn(reading, At::root().keys(&["config", "model"]).place(), message);
    }
}

/// The model's arguments, given as `key=value,…` today and as a whole object in old files.
fn arguments(reading: &mut Reading, root: &Node) {
    let at = At::root().keys(&["config", "model_args"]);
    let given: Vec<(String, String)> = match root.find(&["config", "model_args"]) {
        Some(Node::Text(text)) => text
            .split(',')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .collect(),
        Some(Node::Object(settings)) => settings
            .iter()
            .map(|(key, value)| (key.to_owned(), value.scalar().unwrap_or_default()))
            .collect(),
        _ => return,
    };
    let (shown, kept_back): (Vec<_>, Vec<_>) = given.into_iter().partition(|(key, value)| {
        SHOWN.contains(&key.as_str()) && !value.is_empty() && !is_internal(value)
    });
    for (key, value) in shown {
        fact(reading, &format!("model_args {key}"), &value, &at);
    }
    if !kept_back.is_empty() {
        let value = format!("{} settings not shown", kept_back.len());
        fact(reading, "model_args", &value, &at);
    }
}

fn fact(reading: &mut Reading, name: &str, value: &str, at: &At) {
    let value = if is_internal(value) { hidden(value) } else { cut(value) };
    reading.facts.push(Fact { name: name.to_owned(), value, place: at.place() });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_show_which_model_and_nothing_internal() {
        let text = r#"{"config": {"model_args":
            "pretrained=org/model,peft=/srv/adapters/a,api_key=abc,base_url=http://10.0.0.1"}}"#;
        let mut reading = Reading::new("lm-eval");
        read(&mut reading, &super::super::super::json::parse(text).unwrap());
        let shown = format!("{:?}", reading.facts);
        assert!(shown.contains("org/model") && shown.contains("3 settings not shown"), "{shown}");
        assert!(!["srv", "abc", "10.0"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }
}
