//! The policy language, and the default policy written in it.

mod agents;
mod catalog;
mod checklist;
mod conditions;
mod faults;
mod reference;
mod robust;
mod rows;
mod tables;

use countersign_core::classification::{ChangeType, Classification, RiskTier};
use countersign_core::policy::Policy;
use countersign_formats::policy::parse;
use std::collections::BTreeSet;

/// The text of the default policy.
const DEFAULT: &str = include_str!("../../../../catalog/policies/model-release.policy");

/// The reference of the language; its first example is a whole small policy.
const REFERENCE: &str = include_str!("../../../../docs/reference/policy-language.md");

/// The fenced examples of this kind in the reference.
fn examples(kind: &str) -> Vec<String> {
    let open = format!("```{kind}\n");
    let blocks = REFERENCE.split(&open).skip(1);
    blocks.filter_map(|block| Some(block.split_once("\n```")?.0.to_owned() + "\n")).collect()
}

fn default_policy() -> Policy {
    parse(DEFAULT).policy.expect("the default policy has no errors")
}

/// A release of this change at this tier, of which nothing else is known.
fn release(change: ChangeType, tier: RiskTier) -> Classification {
    Classification {
        tier,
        change,
        regions: BTreeSet::new(),
        traits: BTreeSet::new(),
        artifacts: BTreeSet::new(),
    }
}
