//! Who approves: compared cell by cell of the decision table, then told for the tiers together.

use super::{Difference, Effect, coverage, paired};
use crate::classification::{ChangeType, RiskTier};
use crate::policy::{ApprovalRule, Policy};

pub(super) fn differences(old: &Policy, new: &Policy) -> Vec<Difference> {
    let mut found = Vec::new();
    for change in ChangeType::ALL {
        let mut of_change: Vec<(Difference, Vec<RiskTier>)> = Vec::new();
        for tier in RiskTier::ALL {
            for difference in of_cell(old, new, (*change, *tier)) {
                match of_change.iter_mut().find(|(known, _)| *known == difference) {
                    Some((_, tiers)) => tiers.push(*tier),
                    None => of_change.push((difference, vec![*tier])),
                }
            }
        }
        found.extend(of_change.into_iter().map(|(difference, tiers)| {
            let tiers: Vec<&str> = tiers.into_iter().map(RiskTier::word).collect();
            let subject = format!("{} {} at {}", difference.subject, change, tiers.join(", "));
            Difference { subject, ..difference }
        }));
    }
    found.extend(rules("also approval", &old.also, &new.also));
    found
}

fn of_cell(old: &Policy, new: &Policy, cell: (ChangeType, RiskTier)) -> Vec<Difference> {
    let row = |policy: &Policy| -> Option<Vec<ApprovalRule>> {
        let mut rows = policy.rows.iter();
        let row = rows.find(|row| row.change == cell.0 && row.tiers.contains(&cell.1))?;
        Some(row.approvals.clone())
    };
    match (row(old), row(new)) {
        (Some(old), Some(new)) => rules("approval of", &old, &new),
        // Without a row a release of this kind is refused: nothing is stricter than that.
        (Some(_), None) => vec![Difference::new("row of", Effect::Stricter).from("there was one")],
        (None, Some(_)) => vec![Difference::new("row of", Effect::Looser).to("there is one")],
        (None, None) => Vec::new(),
    }
}

fn rules(subject: &str, old: &[ApprovalRule], new: &[ApprovalRule]) -> Vec<Difference> {
    let key = |rule: &ApprovalRule| (rule.role.clone(), rule.purpose.clone());
    let pairs = paired(old, new, key);
    pairs.into_iter().filter_map(|pair| rule(subject, pair)).collect()
}

fn rule(subject: &str, pair: (Option<&ApprovalRule>, Option<&ApprovalRule>)) -> Option<Difference> {
    let told = |effect| Difference::new(subject, effect);
    match pair {
        (Some(old), Some(new)) => {
            let effect = changed(old, new)?;
            Some(told(effect).from(words(old)).to(words(new)))
        }
        (Some(old), None) => Some(told(Effect::Looser).from(words(old))),
        (None, Some(new)) => Some(told(Effect::Stricter).to(words(new))),
        (None, None) => None,
    }
}

/// Which way a rule changed that is for the same role and purpose.
fn changed(old: &ApprovalRule, new: &ApprovalRule) -> Option<Effect> {
    let count = match old.count.cmp(&new.count) {
        std::cmp::Ordering::Less => Some(Effect::Stricter),
        std::cmp::Ordering::Greater => Some(Effect::Looser),
        std::cmp::Ordering::Equal => None,
    };
    let (before, after) = (&old.independent_of, &new.independent_of);
    let independence = match (after.is_superset(before), before.is_superset(after)) {
        (true, true) => None,
        (true, false) => Some(Effect::Stricter),
        (false, true) => Some(Effect::Looser),
        (false, false) => Some(Effect::Unclear),
    };
    together([count, independence, coverage::effect(&old.when, &new.when)])
}

/// Several effects on one thing: all one way is that way, else it is unclear.
pub(super) fn together(effects: impl IntoIterator<Item = Option<Effect>>) -> Option<Effect> {
    let both = |one: Effect, other: Effect| match (one, other) {
        (Effect::Wording, effect) | (effect, Effect::Wording) => effect,
        (one, other) if one == other => one,
        (Effect::Stricter | Effect::Looser | Effect::Unclear, _) => Effect::Unclear,
    };
    effects.into_iter().flatten().reduce(both)
}

fn words(rule: &ApprovalRule) -> String {
    let mut words = format!("{} of {} for {}", rule.count, rule.role, rule.purpose);
    if !rule.independent_of.is_empty() {
        let of: Vec<&str> = rule.independent_of.iter().map(|one| one.word()).collect();
        words.push_str(&format!(", independent of {}", of.join(", ")));
    }
    if rule.when != crate::classification::Condition::Always {
        words.push_str(&format!(", when {}", rule.when));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::{Effect, differences};
    use crate::given::policy;
    use crate::policy::{Independence, Policy};

    #[track_caller]
    fn effect_of(change: impl FnOnce(&mut Policy)) -> Vec<(String, Effect)> {
        let mut new = policy();
        change(&mut new);
        let found = differences(&policy(), &new);
        found.into_iter().map(|one| (one.subject, one.effect)).collect()
    }

    #[test]
    fn fewer_approvers_or_less_independence_is_looser_and_the_tiers_are_named() {
        let found = effect_of(|policy| {
            for row in policy.rows.iter_mut().filter(|row| row.approvals.len() == 1) {
                row.approvals[0].count += 1;
            }
        });
        assert!(!found.is_empty() && found.iter().all(|(_, effect)| *effect == Effect::Stricter));
        assert!(found.iter().all(|(subject, _)| subject.contains(" at ")), "{found:?}");
        let found = effect_of(|policy| {
            policy.also.remove(0);
        });
        assert_eq!(found, [("also approval".to_owned(), Effect::Looser)]);
        let found = effect_of(|policy| {
            policy.also[0].independent_of.insert(Independence::OtherRoles);
        });
        assert_eq!(found, [("also approval".to_owned(), Effect::Stricter)]);
    }

    #[test]
    fn one_of_two_equal_rules_taken_away_is_looser() {
        let mut twice = policy();
        twice.also.push(twice.also[0].clone());
        let found = differences(&twice, &policy());
        assert_eq!((found.len(), found[0].effect), (1, Effect::Looser));
    }

    #[test]
    fn more_people_of_less_independence_is_unclear() {
        let found = effect_of(|policy| {
            policy.also[0].count += 1;
            policy.also[0].independent_of.clear();
        });
        assert_eq!(found, [("also approval".to_owned(), Effect::Unclear)]);
    }

    #[test]
    fn a_row_taken_away_refuses_such_releases() {
        let found = effect_of(|policy| {
            policy.rows.pop();
        });
        assert!(found.iter().all(|(_, effect)| *effect == Effect::Stricter), "{found:?}");
    }
}
