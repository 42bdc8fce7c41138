//! What changed between two versions of a policy, and which way: stricter or looser.
//!
//! The approval of a version that loosens something needs more people than any other, so nothing
//! here may call a change harmless that is not: what cannot be judged is [`Effect::Unclear`], and
//! an unclear change is treated like a looser one.

mod approvals;
mod coverage;
mod criteria;
mod documents;
mod items;
mod settings;

pub use criteria::criteria_changed;

use super::Policy;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What changed: `approvals of new_model at high`, `criterion hallucination_rate`.
    pub subject: String,
    /// Which way.
    pub effect: Effect,
    /// How it was; empty for something new.
    pub before: String,
    /// How it is; empty for something gone.
    pub after: String,
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Releases that passed before may not pass any more; none passes that did not.
    Stricter,
    /// Some release passes that would not have passed before.
    Looser,
    /// It cannot be told, or it goes both ways; treated like looser.
    Unclear,
    /// Only words for people changed.
    Wording,
}

impl Effect {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stricter => "stricter",
            Self::Looser => "looser",
            Self::Unclear => "unclear",
            Self::Wording => "wording",
        }
    }

    /// Whether the change may let something through that was stopped before.
    pub fn may_loosen(self) -> bool {
        match self {
            Self::Looser | Self::Unclear => true,
            Self::Stricter | Self::Wording => false,
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Difference {
    fn new(subject: impl Into<String>, effect: Effect) -> Self {
        Self { subject: subject.into(), effect, before: String::new(), after: String::new() }
    }

    fn from(mut self, before: impl fmt::Display) -> Self {
        self.before = before.to_string();
        self
    }

    fn to(mut self, after: impl fmt::Display) -> Self {
        self.after = after.to_string();
        self
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, effect, before, after } = self;
        match (before.is_empty(), after.is_empty()) {
            (false, false) => write!(f, "{subject} is {effect}: it was {before}, now {after}"),
            (false, true) => write!(f, "{subject} is gone ({effect}): it was {before}"),
            (true, false) => write!(f, "{subject} is new ({effect}): {after}"),
            (true, true) => write!(f, "{subject} is {effect}"),
        }
    }
}

/// What may let something pass under `new` that did not pass under `old`: what the approval of a
/// new version depends on.
pub fn loosened(old: &Policy, new: &Policy) -> Vec<Difference> {
    differences(old, new).into_iter().filter(|one| one.effect.may_loosen()).collect()
}

/// Everything that changed from `old` to `new`, in the order of the document.
pub fn differences(old: &Policy, new: &Policy) -> Vec<Difference> {
    let mut found = documents::differences(old, new);
    found.extend(approvals::differences(old, new));
    found.extend(items::differences(old, new));
    found.extend(criteria::differences(old, new));
    found.extend(documents::runbooks(old, new));
    found.extend(settings::differences(old, new));
    found
}

/// Pairs what two lists share by key, and keeps what only one of them has. Of several with one key
/// the first is paired with the first, the second with the second.
fn paired<'a, T, K: Ord + Clone>(
    old: &'a [T],
    new: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let (old, new) = (numbered(old, &key), numbered(new, &key));
    let find = |list: &[((K, usize), &'a T)], wanted: &(K, usize)| {
        list.iter().find(|(key, _)| key == wanted).map(|(_, one)| *one)
    };
    let kept = old.iter().map(|(key, one)| (Some(*one), find(&new, key)));
    let added = new.iter().filter(|(key, _)| find(&old, key).is_none());
    kept.chain(added.map(|(_, one)| (None, Some(*one)))).collect()
}

fn numbered<'a, T, K: Ord + Clone>(
    list: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<((K, usize), &'a T)> {
    let mut seen: BTreeMap<K, usize> = BTreeMap::new();
    let number = |one: &'a T| {
        let key = key(one);
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        ((key, *count), one)
    };
    list.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::policy;

    #[test]
    fn a_policy_does_not_differ_from_itself() {
        assert_eq!(differences(&policy(), &policy()), []);
    }

    #[test]
    fn what_cannot_be_judged_is_treated_like_looser() {
        let loosening = [Effect::Stricter, Effect::Looser, Effect::Unclear, Effect::Wording]
            .map(Effect::may_loosen);
        assert_eq!(loosening, [false, true, true, false]);
    }
}
