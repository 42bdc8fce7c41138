//! Claims triage: rejected once, taken up again, approved on a condition.

use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Weights;
use countersign_core::classification::ChangeType::NewModel as First;
use countersign_core::classification::RiskTier::High;
use countersign_core::classification::Trait::PersonalData;

const REJECTED: &str = "Claims triage v0.9";
const APPROVED: &str = "Claims triage v1.0";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "claims-triage",
        title: "Claims triage",
        tier: High,
        intended_use: "Puts incoming claims in the order in which people look at them",
    };
    let first = Wanted {
        title: REJECTED,
        model: "claims-triage",
        change: First,
        summary: "The first version, trained on the claims of two years",
        artifact: ("triage-weights", Weights, "claims triage 0.9"),
        facts: &[PersonalData],
        runbook: None,
        resubmits: None,
    };
    let second = Wanted {
        title: APPROVED,
        summary: "The same model, validated on long claims as the Committee asked",
        artifact: ("triage-weights", Weights, "claims triage 1.0"),
        resubmits: Some(REJECTED),
        ..first.clone()
    };
    let found = |checkpoint| Findings { checkpoint, hallucination_rate: 0.0 };
    let because =
        "The validation leaves out claims of more than ten pages, which are the dear ones.";
    let audit = ("A fairness audit of the first month of decisions", "rivera", 24);
    Tale::begun(31)
        .then(0, "rivera", Deed::Register(model))
        .then(60, "rivera", Deed::Request(first))
        .then(800, "rivera", Deed::Prepare(REJECTED, found("triage-v0.9"), &[]))
        .then(60, "rivera", Deed::Submit(REJECTED))
        .then(1400, "ito", Deed::Review(REJECTED))
        .then(60, "ito", Deed::Reject(REJECTED, "ai_governance_committee", because))
        .at_hours_ago(24 * 8)
        .then(0, "rivera", Deed::Request(second))
        .then(700, "rivera", Deed::Prepare(APPROVED, found("triage-v1.0"), &[]))
        .then(60, "rivera", Deed::Submit(APPROVED))
        .then(1400, "hale", Deed::Approve(APPROVED, "ai_governance_committee"))
        .then(300, "ito", Deed::ApproveIf(APPROVED, "ai_governance_committee", audit))
        .then(1440, "chen", Deed::Approve(APPROVED, "product_lead"))
}
