//! Criteria.

use super::approvals::together;
use super::{Difference, Effect, coverage, paired};
use crate::criterion::{Bound, Comparison, Criterion, CriterionRule, with_unit};
use crate::decimal::Decimal;
use crate::name::CriterionName;
use crate::policy::Policy;
use std::cmp::Ordering;

pub(super) fn differences(old: &Policy, new: &Policy) -> Vec<Difference> {
    let pairs = paired(&old.criteria, &new.criteria, |one: &Criterion| one.name.clone());
    pairs.into_iter().flat_map(of_criterion).collect()
}

/// Which criteria changed, and which way; one that changed in several ways stands there several
/// times.
pub fn criteria_changed(old: &Policy, new: &Policy) -> Vec<(CriterionName, Effect)> {
    let pairs = paired(&old.criteria, &new.criteria, |one: &Criterion| one.name.clone());
    let named = pairs.into_iter().flat_map(|pair| {
        let name = pair.1.or(pair.0).map(|one| one.name.clone());
        let effects = of_criterion(pair).into_iter().map(|one| one.effect);
        effects.filter_map(move |effect| name.clone().map(|name| (name, effect)))
    });
    named.collect()
}

fn of_criterion(pair: (Option<&Criterion>, Option<&Criterion>)) -> Vec<Difference> {
    let told = |one: &Criterion, effect| Difference::new(format!("criterion {}", one.name), effect);
    let (old, new) = match pair {
        (Some(old), Some(new)) => (old, new),
        (Some(old), None) => return vec![told(old, Effect::Looser).from(rule(&old.rule))],
        (None, Some(new)) => return vec![told(new, Effect::Stricter).to(rule(&new.rule))],
        (None, None) => return Vec::new(),
    };
    let mut found = Vec::new();
    if let Some(effect) = coverage::effect(&old.when, &new.when) {
        found.push(told(new, effect).from(&old.when).to(&new.when));
    }
    let from = (old.from != new.from).then_some(Effect::Unclear);
    if let Some(effect) = together([from, changed(&old.rule, &new.rule)]) {
        found.push(told(new, effect).from(rule(&old.rule)).to(rule(&new.rule)));
    }
    if old.title != new.title {
        found.push(told(new, Effect::Wording).from(&old.title).to(&new.title));
    }
    found
}

fn changed(old: &CriterionRule, new: &CriterionRule) -> Option<Effect> {
    use CriterionRule::{Bound, ChecksPass, NoOpenFinding};
    match (old, new) {
        (old, new) if old == new => None,
        (Bound(old), Bound(new)) => bound(old, new),
        // A finding blocks at its severity and above: a lesser severity stops more.
        (NoOpenFinding { severity: old }, NoOpenFinding { severity: new }) if new < old => {
            Some(Effect::Stricter)
        }
        (NoOpenFinding { .. }, NoOpenFinding { .. }) => Some(Effect::Looser),
        (Bound(_) | NoOpenFinding { .. } | ChecksPass, _) => Some(Effect::Unclear),
    }
}

fn bound(old: &Bound, new: &Bound) -> Option<Effect> {
    let alike = Bound {
        bound: new.bound,
        unit: new.unit,
        minimum_sample: new.minimum_sample,
        comparison: new.comparison,
        ..old.clone()
    };
    if alike != *new {
        return Some(Effect::Unclear);
    }
    let sample = match (old.minimum_sample.unwrap_or(0), new.minimum_sample.unwrap_or(0)) {
        (old, new) if new > old => Some(Effect::Stricter),
        (old, new) if new < old => Some(Effect::Looser),
        (_, _) => None,
    };
    together([sample, limit(old, new)])
}

/// Where the value has to lie. The old bound is brought into the unit of the new one.
fn limit(old: &Bound, new: &Bound) -> Option<Effect> {
    let Some(before) = new.converted(old.bound, old.unit) else { return Some(Effect::Unclear) };
    let includes = |comparison: Comparison| match comparison {
        Comparison::AtMost | Comparison::AtLeast => true,
        Comparison::Below | Comparison::Above => false,
    };
    let (lower, higher) = (room(before.cmp(&new.bound)), room(new.bound.cmp(&before)));
    let edge = room(includes(old.comparison).cmp(&includes(new.comparison)));
    match (old.comparison, new.comparison) {
        (Comparison::AtMost | Comparison::Below, Comparison::AtMost | Comparison::Below) => {
            lower.or(edge)
        }
        (Comparison::AtLeast | Comparison::Above, Comparison::AtLeast | Comparison::Above) => {
            higher.or(edge)
        }
        (Comparison::AtMost | Comparison::Below | Comparison::AtLeast | Comparison::Above, _) => {
            Some(Effect::Unclear)
        }
    }
}

/// Less room for values is stricter; `before` is how the old room compares with the new.
fn room(before: Ordering) -> Option<Effect> {
    match before {
        Ordering::Greater => Some(Effect::Stricter),
        Ordering::Less => Some(Effect::Looser),
        Ordering::Equal => None,
    }
}

fn rule(rule: &CriterionRule) -> String {
    match rule {
        CriterionRule::Bound(bound) => {
            let task = bound.task.as_ref().map(|task| format!(" on {task}")).unwrap_or_default();
            let limit: String = with_unit(Decimal::clone(&bound.bound), bound.unit);
            let mut words = format!("{}{task} {} {limit}", bound.metric, bound.comparison.words());
            if let Some(least) = bound.minimum_sample {
                words.push_str(&format!(", at least {least} samples"));
            }
            words
        }
        CriterionRule::NoOpenFinding { severity } => {
            format!("no open finding at or above {severity}")
        }
        CriterionRule::ChecksPass => "every check passes".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::differences;
    use super::*;
    use crate::given::policy;

    /// The effect of this change to the first bound of the policy.
    #[track_caller]
    fn effect_of(change: impl FnOnce(&mut Bound)) -> Vec<Effect> {
        let mut new = policy();
        let mut bounds = new.criteria.iter_mut().filter_map(|one| match &mut one.rule {
            CriterionRule::Bound(bound) if bound.comparison == Comparison::AtMost => Some(bound),
            CriterionRule::Bound(_)
            | CriterionRule::NoOpenFinding { .. }
            | CriterionRule::ChecksPass => None,
        });
        change(bounds.next().unwrap());
        differences(&policy(), &new).into_iter().map(|one| one.effect).collect()
    }

    #[test]
    fn a_lower_upper_bound_is_stricter_and_a_higher_one_looser() {
        assert_eq!(effect_of(|bound| bound.bound = Decimal::ZERO), [Effect::Stricter]);
        assert_eq!(effect_of(|bound| bound.bound = Decimal::whole(50)), [Effect::Looser]);
        assert_eq!(effect_of(|bound| bound.comparison = Comparison::Below), [Effect::Stricter]);
        assert_eq!(effect_of(|bound| bound.comparison = Comparison::AtLeast), [Effect::Unclear]);
    }

    #[test]
    fn more_samples_are_stricter_and_another_metric_cannot_be_judged() {
        assert_eq!(effect_of(|bound| bound.minimum_sample = Some(9_999)), [Effect::Stricter]);
        assert_eq!(effect_of(|bound| bound.metric = "perplexity".into()), [Effect::Unclear]);
        let both = |bound: &mut Bound| {
            bound.minimum_sample = Some(9_999);
            bound.bound = Decimal::whole(50);
        };
        assert_eq!(effect_of(both), [Effect::Unclear]);
    }

    #[test]
    fn a_criterion_taken_away_is_looser() {
        let mut fewer = policy();
        fewer.criteria.clear();
        let found = differences(&policy(), &fewer);
        assert!(!found.is_empty() && found.iter().all(|one| one.effect == Effect::Looser));
    }
}
