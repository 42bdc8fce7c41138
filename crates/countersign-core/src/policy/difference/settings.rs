//! Clocks and switches.
//!
//! Settings are compared as they are written down, so that a new one can never be forgotten here:
//! one whose direction nobody stated is unclear.

use super::{Difference, Effect};
use crate::policy::{
    ChangeSettings, ConditionSettings, ExceptionSettings, NoticeSettings, Policy, ReviewSettings,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Which way a setting goes.
#[derive(Clone, Copy)]
enum Way {
    /// A larger number, or yes, is stricter.
    UpIsStricter,
    /// A larger number, or yes, is looser.
    UpIsLooser,
    /// More entries in the list are looser.
    MoreIsLooser,
    /// More entries in the list are stricter.
    MoreIsStricter,
}

const WAYS: &[(&str, Way)] = &[
    ("confirm_within_hours", Way::UpIsLooser),
    ("missed_confirmation_denies", Way::UpIsStricter),
    ("lease_minutes", Way::UpIsLooser),
    ("self_approval", Way::UpIsLooser),
    ("may_close_findings", Way::MoreIsLooser),
    ("conditions.grace_days", Way::UpIsLooser),
    ("exceptions.at_most_days", Way::UpIsLooser),
    ("exceptions.never", Way::MoreIsStricter),
    ("changes.minor_at_most", Way::UpIsLooser),
    ("reviews.failures", Way::UpIsLooser),
    ("reviews.within_days", Way::UpIsStricter),
    ("retention.keep_months", Way::UpIsStricter),
    ("retention.after_retirement_months", Way::UpIsStricter),
    ("retention.purge_by", Way::MoreIsLooser),
];

pub(super) fn differences(old: &Policy, new: &Policy) -> Vec<Difference> {
    let (old, new) = (flat(old), flat(new));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed = keys.into_iter().filter(|key| old.get(*key) != new.get(*key));
    let told = changed.map(|key| {
        let (before, after) = (old.get(key), new.get(key));
        let difference = Difference::new(subject(key), effect(key, before, after));
        difference.from(words(before)).to(words(after))
    });
    told.collect()
}

fn subject(key: &str) -> String {
    format!("setting {}", key.replace(['_', '.'], " "))
}

/// Every setting by its path: `emergency.papers_within_days`.
fn flat(policy: &Policy) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    // What is at its default is not written down.
    for (name, default) in [
        ("conditions", serde_json::to_value(ConditionSettings::default())),
        ("exceptions", serde_json::to_value(ExceptionSettings::default())),
        ("changes", serde_json::to_value(ChangeSettings::default())),
        ("reviews", serde_json::to_value(ReviewSettings::default())),
        ("notices", serde_json::to_value(NoticeSettings::default())),
    ] {
        flatten(name, default.unwrap_or_default(), &mut all);
    }
    all.insert("exceptions.never".into(), Value::Array(Vec::new()));
    if let Ok(settings) = serde_json::to_value(&policy.settings) {
        flatten("", settings, &mut all);
    }
    all
}

fn flatten(path: &str, value: Value, all: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                flatten(&path, value, all);
            }
        }
        value @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)) => {
            all.insert(path.to_owned(), value);
        }
    }
}

fn effect(key: &str, before: Option<&Value>, after: Option<&Value>) -> Effect {
    let way = WAYS.iter().find(|(name, _)| *name == key).map(|(_, way)| *way);
    let (Some(way), Some(before), Some(after)) = (way, before, after) else {
        return Effect::Unclear;
    };
    let up = match (before, after) {
        (Value::Bool(before), Value::Bool(after)) => after & !before,
        (Value::Number(before), Value::Number(after)) => after.as_f64() > before.as_f64(),
        (Value::Array(before), Value::Array(after)) => {
            let (gained, lost) = (
                after.iter().any(|one| !before.contains(one)),
                before.iter().any(|one| !after.contains(one)),
            );
            if gained && lost {
                return Effect::Unclear;
            }
            gained
        }
        (_, _) => return Effect::Unclear,
    };
    match (way, up) {
        (Way::UpIsStricter | Way::MoreIsStricter, true)
        | (Way::UpIsLooser | Way::MoreIsLooser, false) => Effect::Stricter,
        (Way::UpIsStricter | Way::MoreIsStricter, false)
        | (Way::UpIsLooser | Way::MoreIsLooser, true) => Effect::Looser,
    }
}

fn words(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(true)) => "yes".into(),
        Some(Value::Bool(false)) => "no".into(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => {
            all.iter().map(|one| words(Some(one))).collect::<Vec<_>>().join(", ")
        }
        // A thing named by its kind: `item fria`.
        Some(Value::Object(named)) => {
            let each = named.iter().map(|(kind, name)| format!("{kind} {}", words(Some(name))));
            each.collect::<Vec<_>>().join(", ")
        }
        Some(other @ Value::Number(_)) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::differences;
    use super::Effect;
    use crate::given::{policy, role};
    use crate::policy::Settings;

    #[track_caller]
    fn effect_of(change: impl FnOnce(&mut Settings)) -> Effect {
        let mut new = policy();
        change(&mut new.settings);
        let found = differences(&policy(), &new);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].effect
    }

    #[test]
    fn longer_clocks_and_more_hands_are_looser() {
        assert_eq!(effect_of(|settings| settings.confirm_within_hours += 24), Effect::Looser);
        assert_eq!(effect_of(|settings| settings.lease_minutes -= 1), Effect::Stricter);
        assert_eq!(effect_of(|settings| settings.self_approval ^= true), {
            if policy().settings.self_approval { Effect::Stricter } else { Effect::Looser }
        });
        let more = effect_of(|settings| {
            settings.may_close_findings.insert(role("anybody"));
        });
        assert_eq!(more, Effect::Looser);
    }

    ///
    #[test]
    fn more_grace_longer_exceptions_and_fewer_bounds_are_looser() {
        assert_eq!(effect_of(|settings| settings.conditions.grace_days = 5), Effect::Looser);
        assert_eq!(effect_of(|settings| settings.conditions.grace_days = 0), Effect::Stricter);
        assert_eq!(effect_of(|settings| settings.exceptions.at_most_days -= 1), Effect::Stricter);
        assert_eq!(effect_of(|settings| settings.exceptions.never.clear()), Effect::Looser);
        let roles = |settings: &mut Settings| settings.exceptions.accepted_by.clear();
        assert_eq!(effect_of(roles), Effect::Unclear);
    }

    #[test]
    fn a_longer_run_of_minor_changes_and_more_failures_are_looser() {
        assert_eq!(effect_of(|settings| settings.changes.minor_at_most = 9), Effect::Looser);
        assert_eq!(effect_of(|settings| settings.reviews.failures = 2), Effect::Stricter);
        assert_eq!(effect_of(|settings| settings.reviews.within_days = 30), Effect::Looser);
    }

    #[test]
    fn a_setting_nobody_judged_is_unclear() {
        let other = |settings: &mut Settings| settings.escalate_to = role("legal");
        assert_eq!(effect_of(other), Effect::Unclear);
    }
}
