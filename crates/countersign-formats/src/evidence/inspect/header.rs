//! What a log says about its run: task, model, data set, settings. Claims, all of them.

use super::super::internal;
use super::super::measured::warn;
use super::super::node::{At, Node};
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use countersign_core::reading::{Fact, Reading};

/// A log and where it stands.
pub struct Log<'a> {
    /// The log without its samples, or with them.
    pub root: &'a Node,
    /// Its place: the file, or a member of it.
    pub at: At,
}

const FACTS: &[(&str, &[&str])] = &[
    ("status", &["status"]),
    ("task", &["eval", "task"]),
    ("task_version", &["eval", "task_version"]),
    ("dataset", &["eval", "dataset", "name"]),
    ("dataset_samples", &["eval", "dataset", "samples"]),
    ("epochs", &["eval", "config", "epochs"]),
    ("sample_limit", &["eval", "config", "limit"]),
    ("fail_on_error", &["eval", "config", "fail_on_error"]),
    ("run_id", &["eval", "run_id"]),
    ("eval_id", &["eval", "eval_id"]),
    ("revision", &["eval", "revision", "commit"]),
    ("total_samples", &["results", "total_samples"]),
    ("completed_samples", &["results", "completed_samples"]),
    ("started_at", &["stats", "started_at"]),
    ("completed_at", &["stats", "completed_at"]),
];

impl<'a> Log<'a> {
    /// The value along these keys.
    pub fn find(&self, keys: &[&str]) -> Option<&'a Node> {
        self.root.find(keys)
    }

    /// The count along these keys.
    pub fn count(&self, keys: &[&str]) -> Option<u64> {
        self.find(keys).and_then(Node::count)
    }

    /// The place along these keys.
    pub fn at(&self, keys: &[&str]) -> At {
        self.at.keys(keys)
    }

    /// How often each sample was run, if the log says so.
    pub fn epochs(&self) -> Option<u64> {
        self.count(&["eval", "config", "epochs"]).filter(|epochs| *epochs > 0)
    }

    /// Refuses another version than the one that is read.
    pub fn version(&self) -> Result<(), Unreadable> {
        match self.find(&["version"]) {
            Some(version) if version.count() == Some(2) => Ok(()),
            version => {
                let given = version.and_then(Node::scalar).unwrap_or_else(|| "none".into());
                let message = format!("log version {} is not read", quoted(&given));
                Err(Unreadable::at(self.at(&["version"]).place(), message)
                    .help("write version 2; `inspect log convert` converts older logs"))
            }
        }
    }

    /// Adds what the log says about its run.
    pub fn introduce(&self, reading: &mut Reading) {
        let said = |keys: &[&str]| self.find(keys).and_then(Node::scalar);
        reading.tool_version = said(&["eval", "packages", "inspect_ai"]).map(|it| cut(&it));
        reading.generated_at = said(&["eval", "created"]).map(|it| cut(&it));
        self.model(reading);
        for (name, keys) in FACTS {
            if let Some(value) = said(keys).filter(|value| !value.is_empty()) {
                let (value, place) = (cut(&value), self.at(keys).place());
                reading.facts.push(Fact { name: (*name).to_owned(), value, place });
            }
        }
        let reducers = self.find(&["eval", "config", "epochs_reducer"]).and_then(Node::list);
        for (index, reducer) in reducers.unwrap_or_default().iter().enumerate() {
            if let Some(value) = reducer.scalar() {
                let at = self.at(&["eval", "config", "epochs_reducer"]).index(index);
                let (name, value) = ("epochs_reducer".to_owned(), cut(&value));
                reading.facts.push(Fact { name, value, place: at.place() });
            }
        }
        for (key, what) in [
            ("log_updates", "changes to the log after the run"),
            ("config_updates", "changes of settings during the run"),
        ] {
            let edits = self.find(&[key]).and_then(Node::list).unwrap_or_default().len();
            if edits > 0 {
                warn(reading, self.at(&[key]).place(), format!("{what}: {edits}"));
            }
        }
    }

    fn model(&self, reading: &mut Reading) {
        let at = self.at(&["eval", "model"]);
        let Some(model) = self.find(&["eval", "model"]).and_then(Node::text) else { return };
        let (provider, name) = model.split_once('/').unwrap_or(("", model));
        reading.claimed_subject = Some(if internal::is_path(name) {
            let message = "`model` is a path, not a model id: which model was measured is only \
                           claimed";
            warn(reading, at.place(), message);
            let last = internal::last_part(name);
            cut(&if provider.is_empty() { last } else { format!("{provider}/{last}") })
        } else {
            cut(model)
        });
        match provider {
            "mockllm" => {
                let message = "made with the mock model, which answers from a script";
                warn(reading, at.place(), message);
            }
            "none" => warn(reading, at.place(), "made without a model"),
            _ => {}
        }
    }
}
