//! The checklist.

use super::approvals::together;
use super::{Difference, Effect, coverage, paired};
use crate::field::Field;
use crate::policy::{EvidenceNeed, Item, Policy};
use std::cmp::Ordering;

pub(super) fn differences(old: &Policy, new: &Policy) -> Vec<Difference> {
    let pairs = paired(&old.items, &new.items, |item: &Item| item.name.clone());
    pairs.into_iter().flat_map(of_item).collect()
}

fn of_item(pair: (Option<&Item>, Option<&Item>)) -> Vec<Difference> {
    let (old, new) = match pair {
        (Some(old), Some(new)) => (old, new),
        (Some(old), None) => {
            let subject = format!("item {}", old.name);
            return vec![Difference::new(subject, Effect::Looser).from(&old.title)];
        }
        (None, Some(new)) => {
            let subject = format!("item {}", new.name);
            return vec![Difference::new(subject, Effect::Stricter).to(&new.title)];
        }
        (None, None) => return Vec::new(),
    };
    let subject = |part: &str| format!("item {}: {part}", new.name);
    let mut found = Vec::new();
    if let Some(effect) = coverage::effect(&old.when, &new.when) {
        let difference = Difference::new(subject("when it is asked"), effect);
        found.push(difference.from(&old.when).to(&new.when));
    }
    if let Some(effect) = evidence(&old.evidence, &new.evidence) {
        let difference = Difference::new(subject("evidence"), effect);
        found.push(difference.from(need(&old.evidence)).to(need(&new.evidence)));
    }
    let may_not_apply = new.may_not_apply.cmp(&old.may_not_apply);
    found.extend(switch(&subject("may not apply"), may_not_apply, Effect::Looser));
    let checks = new.checks_must_pass.cmp(&old.checks_must_pass);
    found.extend(switch(&subject("checks must pass"), checks, Effect::Stricter));
    found.extend(fields(&subject("question"), &old.fields, &new.fields));
    let words = |item: &Item| format!("{} · {} · {}", item.section, item.title, item.guidance);
    if words(old) != words(new) {
        let difference = Difference::new(subject("text"), Effect::Wording);
        found.push(difference.from(words(old)).to(words(new)));
    }
    found
}

/// A switch that was turned on or off; `on` is what turning it on does.
fn switch(subject: &str, turned: Ordering, on: Effect) -> Option<Difference> {
    let off = if on == Effect::Looser { Effect::Stricter } else { Effect::Looser };
    match turned {
        Ordering::Greater => Some(Difference::new(subject, on).from("no").to("yes")),
        Ordering::Less => Some(Difference::new(subject, off).from("yes").to("no")),
        Ordering::Equal => None,
    }
}

/// Evidence that more files satisfy is looser.
fn evidence(old: &EvidenceNeed, new: &EvidenceNeed) -> Option<Effect> {
    use EvidenceNeed::{AnyFile, Formats, None as Nothing};
    match (old, new) {
        (Nothing, Nothing) | (AnyFile, AnyFile) => None,
        (Nothing, AnyFile | Formats(_)) | (AnyFile, Formats(_)) => Some(Effect::Stricter),
        (AnyFile | Formats(_), Nothing) | (Formats(_), AnyFile) => Some(Effect::Looser),
        (Formats(old), Formats(new)) => {
            let more = new.iter().any(|format| !old.contains(format)).then_some(Effect::Looser);
            let fewer = old.iter().any(|format| !new.contains(format)).then_some(Effect::Stricter);
            together([more, fewer])
        }
    }
}

fn need(evidence: &EvidenceNeed) -> String {
    match evidence {
        EvidenceNeed::None => "none".into(),
        EvidenceNeed::AnyFile => "any file".into(),
        EvidenceNeed::Formats(formats) => formats.join(", "),
    }
}

fn fields(subject: &str, old: &[Field], new: &[Field]) -> Vec<Difference> {
    let pairs = paired(old, new, |field: &Field| field.name.clone());
    let told = |field: &Field, effect| Difference::new(format!("{subject} {}", field.name), effect);
    let differences = pairs.into_iter().filter_map(|pair| match pair {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => {
            let same_question = Field { label: new.label.clone(), ..old.clone() } == *new;
            let effect = match (same_question, old.required, new.required) {
                (true, _, _) => Effect::Wording,
                (false, false, true) if old.kind == new.kind && old.when == new.when => {
                    Effect::Stricter
                }
                (false, _, _) => Effect::Unclear,
            };
            Some(told(new, effect).from(&old.label).to(&new.label))
        }
        (Some(old), None) => Some(told(old, Effect::Looser).from(&old.label)),
        (None, Some(new)) => Some(told(new, Effect::Stricter).to(&new.label)),
        (None, None) => None,
    });
    differences.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Difference, Effect, differences};
    use super::*;
    use crate::given::policy;

    #[track_caller]
    fn only(change: impl FnOnce(&mut Item)) -> Difference {
        let mut new = policy();
        change(&mut new.items[0]);
        let found = differences(&policy(), &new);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    }

    #[test]
    fn an_item_taken_away_is_looser_and_a_new_one_stricter() {
        let mut fewer = policy();
        let gone = fewer.items.remove(0);
        let found = differences(&policy(), &fewer);
        assert_eq!((found.len(), found[0].effect), (1, Effect::Looser));
        assert!(found[0].subject.contains(gone.name.as_str()));
        assert_eq!(differences(&fewer, &policy())[0].effect, Effect::Stricter);
    }

    #[test]
    fn an_item_that_may_not_apply_or_needs_no_evidence_is_looser() {
        let flipped = !policy().items[0].may_not_apply;
        let effect = if flipped { Effect::Looser } else { Effect::Stricter };
        assert_eq!(only(|item| item.may_not_apply = flipped).effect, effect);
        let formats =
            |names: &[&str]| EvidenceNeed::Formats(names.iter().map(|n| n.to_string()).collect());
        assert_eq!(evidence(&formats(&["sarif"]), &EvidenceNeed::AnyFile), Some(Effect::Looser));
        assert_eq!(evidence(&EvidenceNeed::AnyFile, &formats(&["sarif"])), Some(Effect::Stricter));
        let (one, two) = (formats(&["sarif"]), formats(&["sarif", "junit"]));
        assert_eq!(evidence(&one, &two), Some(Effect::Looser));
        assert_eq!(evidence(&two, &one), Some(Effect::Stricter));
        assert_eq!(evidence(&one, &formats(&["junit"])), Some(Effect::Unclear));
    }

    #[test]
    fn other_words_change_nothing_but_words() {
        let found = only(|item| item.guidance = "Read it twice.".into());
        assert_eq!(found.effect, Effect::Wording);
    }
}
