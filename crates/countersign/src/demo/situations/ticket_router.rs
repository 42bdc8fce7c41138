//! The ticket router: v1.9 was withdrawn, v2.0 is approved on a condition that is nearly due, and
//! waits for its deployment.

use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Weights;
use countersign_core::classification::ChangeType::NewModel as First;
use countersign_core::classification::RiskTier::Medium;

const WITHDRAWN: &str = "Ticket router v1.9";
const APPROVED: &str = "Ticket router v2.0";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "ticket-router",
        title: "Ticket router",
        tier: Medium,
        intended_use: "Sends a ticket to the team that can answer it",
    };
    let first = Wanted {
        title: WITHDRAWN,
        model: "ticket-router",
        change: First,
        summary: "A first attempt with the old label set",
        artifact: ("router-weights", Weights, "ticket router 1.9"),
        facts: &[],
        runbook: None,
        resubmits: None,
    };
    let second = Wanted {
        title: APPROVED,
        summary: "The label set that the teams agreed on in spring",
        artifact: ("router-weights", Weights, "ticket router 2.0"),
        resubmits: Some(WITHDRAWN),
        ..first.clone()
    };
    let found = Findings { checkpoint: "router-v2.0", hallucination_rate: 0.0 };
    let because = "The teams agreed on other labels while this was being tested.";
    // Due tomorrow: whoever acts as D. Patel finds it in the inbox.
    let names = ("The names of the teams as they are called since May", "patel", 1);
    Tale::begun(22)
        .then(0, "rivera", Deed::Register(model))
        .then(60, "patel", Deed::Request(first))
        .then(2800, "patel", Deed::Withdraw(WITHDRAWN, because))
        .at_hours_ago(24 * 4)
        .then(0, "patel", Deed::Request(second))
        .then(800, "patel", Deed::Prepare(APPROVED, found, &[]))
        .then(60, "patel", Deed::Submit(APPROVED))
        .then(900, "lindt", Deed::Review(APPROVED))
        .then(30, "lindt", Deed::ApproveIf(APPROVED, "ai_governance_lead", names))
        .then(900, "rivera", Deed::Approve(APPROVED, "model_owner"))
}
