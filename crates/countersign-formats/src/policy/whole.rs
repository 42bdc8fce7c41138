//! Whether the policy has every block it needs.

use super::draft::Draft;
use super::faults::Faults;
use super::resolve::knows_model_owner;

const BLOCKS: [(&str, &str); 5] = [
    ("policy", "`policy model-release 1.0 \"Model release policy\"`"),
    ("release", "`release new_model at low`"),
    ("item", "`item model_card \"Model card completed\"`"),
    ("process", "`process`, with a `step` for each part of it"),
    ("settings", "`settings`, with its lines"),
];

/// Reports each block that is missing, at the head of the policy.
pub(super) fn check(draft: &Draft, faults: &mut Faults<'_>) {
    let span = draft.head.as_ref().map_or(0..0, |head| head.span.clone());
    for (block, example) in BLOCKS {
        if !draft.met.contains(&block) {
            let message = format!("this policy has no `{block}`");
            faults.error("policy.block_missing", &span, message, format!("add {example}"));
        }
    }
    if !knows_model_owner(draft) {
        let message = "this policy has no role `model_owner`, the one role every model has";
        let help = "add `role model_owner \"Model Owner\"`";
        faults.error("policy.role.model_owner_missing", &span, message, help);
    }
}
