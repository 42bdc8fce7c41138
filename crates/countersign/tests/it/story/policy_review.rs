//! Deeds about looking at the policy itself again.

use super::deed::Deed;
use super::forms::{Form, form};

/// Something done about the review of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyDeed {
    Review { policy: String, outcome: String, text: String },
    Ask { policy: String, trigger: String, text: String },
}

/// The forms of these deeds.
pub const DEEDS: &[Form] = &[
    form(
        "{who} reviews policy {policy} as {outcome}: {text}",
        "Records a review of a policy: `keep` or `revise`.",
        |f, _| {
            let (policy, outcome, text) = (f.one("policy"), f.one("outcome"), f.one("text"));
            Ok(Deed::OfPolicy(PolicyDeed::Review { policy, outcome, text }))
        },
    ),
    form(
        "{who} asks for a {trigger} review of policy {policy}: {text}",
        "Asks for a review of a policy: `process`, `tooling`, `failures` or `annual`.",
        |f, _| {
            let (policy, trigger, text) = (f.one("policy"), f.one("trigger"), f.one("text"));
            Ok(Deed::OfPolicy(PolicyDeed::Ask { policy, trigger, text }))
        },
    ),
];
