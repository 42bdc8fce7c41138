//! Whether a condition holds for more releases than it did, or for fewer.
//!
//! Two conditions are compared by asking both about every release that differs in what they
//! mention. That is exact for any way of writing them, and small: a condition mentions a handful
//! of facts.

use super::Effect;
use crate::classification::{ArtifactKind, ChangeType, Classification, Condition, RiskTier, Trait};
use crate::name::Region;
use std::collections::BTreeSet;

/// What becomes of a rule whose condition changes: one that applies to more releases is stricter.
/// `None`: it applies to the same releases, however it is written.
pub(super) fn effect(old: &Condition, new: &Condition) -> Option<Effect> {
    if old == new {
        return None;
    }
    let (mut gained, mut lost) = (false, false);
    for one in classifications(old, new) {
        match (old.holds(&one), new.holds(&one)) {
            (false, true) => gained = true,
            (true, false) => lost = true,
            (true, true) | (false, false) => {}
        }
    }
    match (gained, lost) {
        (false, false) => None,
        (true, false) => Some(Effect::Stricter),
        (false, true) => Some(Effect::Looser),
        (true, true) => Some(Effect::Unclear),
    }
}

#[derive(Default)]
struct Mentioned {
    regions: BTreeSet<Region>,
    traits: BTreeSet<Trait>,
    artifacts: BTreeSet<ArtifactKind>,
}

impl Mentioned {
    fn read(&mut self, condition: &Condition) {
        match condition {
            Condition::Always | Condition::Tier(_) | Condition::Change(_) => {}
            Condition::Region(regions) => self.regions.extend(regions.iter().cloned()),
            Condition::Artifact(kinds) => self.artifacts.extend(kinds),
            Condition::Is(fact) | Condition::IsNot(fact) => {
                self.traits.insert(*fact);
            }
            Condition::All(inner) | Condition::Any(inner) => {
                inner.iter().for_each(|one| self.read(one));
            }
        }
    }
}

fn classifications(old: &Condition, new: &Condition) -> Vec<Classification> {
    let mut mentioned = Mentioned::default();
    mentioned.read(old);
    mentioned.read(new);
    let (regions, traits) = (subsets(&mentioned.regions), subsets(&mentioned.traits));
    let artifacts = subsets(&mentioned.artifacts);
    let mut all = Vec::new();
    for tier in RiskTier::ALL {
        for change in ChangeType::ALL {
            for regions in &regions {
                for traits in &traits {
                    all.extend(artifacts.iter().map(|artifacts| Classification {
                        tier: *tier,
                        change: *change,
                        regions: regions.clone(),
                        traits: traits.clone(),
                        artifacts: artifacts.clone(),
                    }));
                }
            }
        }
    }
    all
}

/// Every subset of what is mentioned. Beyond eight, only the empty set, the single ones and all
/// together: a policy that mentions more in one condition is beyond reading anyway.
fn subsets<T: Ord + Clone>(of: &BTreeSet<T>) -> Vec<BTreeSet<T>> {
    let items: Vec<&T> = of.iter().collect();
    if items.len() > 8 {
        let mut few = vec![BTreeSet::new(), of.clone()];
        few.extend(items.into_iter().map(|one| BTreeSet::from([one.clone()])));
        return few;
    }
    let chosen = |mask: usize| {
        let picked = items.iter().enumerate().filter(move |(bit, _)| mask & (1 << bit) != 0);
        picked.map(|(_, item)| (*item).clone()).collect()
    };
    (0..1usize << items.len()).map(chosen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use RiskTier::{Critical, High, Medium};

    fn tiers(of: &[RiskTier]) -> Condition {
        Condition::Tier(of.iter().copied().collect())
    }

    #[test]
    fn a_condition_that_holds_for_more_releases_makes_its_rule_stricter() {
        let (some, more) = (tiers(&[High, Critical]), tiers(&[Medium, High, Critical]));
        assert_eq!(effect(&some, &more), Some(Effect::Stricter));
        assert_eq!(effect(&more, &some), Some(Effect::Looser));
        assert_eq!(effect(&some, &tiers(&[Medium])), Some(Effect::Unclear));
        assert_eq!(effect(&Condition::Always, &some), Some(Effect::Looser));
    }

    #[test]
    fn the_same_condition_written_otherwise_changes_nothing() {
        let (a, b) = (Condition::Is(Trait::Generative), tiers(&[High]));
        let one = Condition::All(vec![a.clone(), b.clone()]);
        let other = Condition::All(vec![b, Condition::All(vec![a])]);
        assert_eq!(effect(&one, &other), None);
    }
}
