//! Whether a criterion can ever be met: one that applies where its checklist item is not asked
//! blocks releases for want of evidence that nobody may attach.

use super::draft::{Draft, ItemUse};
use super::faults::Faults;
use countersign_core::classification::{
    ArtifactKind, ChangeType, Classification, Condition, RiskTier, Trait,
};
use countersign_core::name::Region;
use countersign_core::policy::Item;
use std::collections::BTreeSet;

/// Facts, regions and artifacts beyond this many are not tried out; the check is then left out.
const MAX_ATOMS: usize = 10;

/// Warns of each criterion that applies to a release for which its item is not asked.
pub(super) fn check(draft: &Draft, faults: &mut Faults<'_>) {
    for used in &draft.item_uses {
        let item = draft.items.iter().find(|item| item.name == used.item.value);
        if let Some((item, of)) = item.and_then(|item| Some((item, unasked(used, item)?))) {
            let message = format!(
                "this criterion applies where `{}` is not asked, for example to `{}` at `{}`",
                item.name, of.change, of.tier
            );
            let help =
                format!("narrow the criterion with `when`; the item has `when {}`", item.when);
            faults.warning("policy.criterion.unasked", &used.item.span, message, help);
        }
    }
}

fn unasked(used: &ItemUse, item: &Item) -> Option<Classification> {
    let applies = used.when.as_ref()?;
    let mut atoms = BTreeSet::new();
    collect(applies, &mut atoms);
    collect(&item.when, &mut atoms);
    let atoms: Vec<Atom> = atoms.into_iter().collect();
    if atoms.len() > MAX_ATOMS {
        return None;
    }
    let chosen = |bits: u32| {
        atoms.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0).map(|(_, atom)| atom)
    };
    for bits in 0..1_u32 << atoms.len() {
        for (change, tier) in cells() {
            let of = classification(change, tier, chosen(bits));
            if applies.holds(&of) && !item.when.holds(&of) {
                return Some(of);
            }
        }
    }
    None
}

fn cells() -> impl Iterator<Item = (ChangeType, RiskTier)> {
    let tiers = |change: &ChangeType| {
        RiskTier::ALL.iter().map({
            let change = *change;
            move |tier| (change, *tier)
        })
    };
    ChangeType::ALL.iter().flat_map(tiers)
}

/// What a condition may ask for besides tier and change.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    Fact(Trait),
    Region(Region),
    Artifact(ArtifactKind),
}

fn collect(condition: &Condition, atoms: &mut BTreeSet<Atom>) {
    match condition {
        Condition::Always | Condition::Tier(_) | Condition::Change(_) => {}
        Condition::Is(fact) | Condition::IsNot(fact) => {
            atoms.insert(Atom::Fact(*fact));
        }
        Condition::Region(regions) => atoms.extend(regions.iter().cloned().map(Atom::Region)),
        Condition::Artifact(kinds) => atoms.extend(kinds.iter().copied().map(Atom::Artifact)),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect(part, atoms));
        }
    }
}

fn classification<'a>(
    change: ChangeType,
    tier: RiskTier,
    atoms: impl Iterator<Item = &'a Atom>,
) -> Classification {
    let mut of = Classification {
        tier,
        change,
        regions: BTreeSet::new(),
        traits: BTreeSet::new(),
        artifacts: BTreeSet::new(),
    };
    for atom in atoms {
        match atom {
            Atom::Fact(fact) => of.traits.insert(*fact),
            Atom::Region(region) => of.regions.insert(region.clone()),
            Atom::Artifact(kind) => of.artifacts.insert(*kind),
        };
    }
    of
}
