//! The document tagger: v1.1 took the place of v1.0 a few hours ago and waits for confirmation.

use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Weights;
use countersign_core::classification::ChangeType::{MinorUpdate, NewModel as First};
use countersign_core::classification::RiskTier::Low;

const OLD: &str = "Document tagger v1.0";
const NEW: &str = "Document tagger v1.1";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "document-tagger",
        title: "Document tagger",
        tier: Low,
        intended_use: "Suggests tags for internal documents; a person accepts each of them",
    };
    let first = Wanted {
        title: OLD,
        model: "document-tagger",
        change: First,
        summary: "The first version",
        artifact: ("tagger-weights", Weights, "document tagger 1.0"),
        facts: &[],
        runbook: None,
        resubmits: None,
    };
    let second = Wanted {
        title: NEW,
        change: MinorUpdate,
        summary: "Retrained on the documents of this quarter with the same pipeline",
        artifact: ("tagger-weights", Weights, "document tagger 1.1"),
        ..first.clone()
    };
    let found = |checkpoint| Findings { checkpoint, hallucination_rate: 0.0 };
    Tale::begun(36)
        .then(0, "rivera", Deed::Register(model))
        .then(30, "rivera", Deed::Request(first))
        .then(500, "rivera", Deed::Prepare(OLD, found("tagger-v1.0"), &[]))
        .then(30, "rivera", Deed::Submit(OLD))
        .then(30, "rivera", Deed::Approve(OLD, "model_owner"))
        .then(600, "park", Deed::Deploy(OLD, "CHG-4077"))
        .then(1300, "rivera", Deed::Confirm(OLD))
        .at_hours_ago(52)
        .then(0, "rivera", Deed::Request(second))
        .then(500, "rivera", Deed::Prepare(NEW, found("tagger-v1.1"), &[]))
        .then(30, "rivera", Deed::Submit(NEW))
        .then(60, "rivera", Deed::Approve(NEW, "model_owner"))
        .at_hours_ago(6)
        .then(0, "park", Deed::Deploy(NEW, "CHG-4190"))
}
