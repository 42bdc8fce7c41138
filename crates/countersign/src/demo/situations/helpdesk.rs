//! The help desk's adapter: on its way through the runbook for fine-tuned models, four steps in.

use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Adapter;
use countersign_core::classification::ChangeType::NewModel as First;
use countersign_core::classification::RiskTier::Medium;
use countersign_core::classification::Trait::{ContractorMade, Generative, ThirdPartyBase};

/// The release that follows the runbook.
pub const RELEASE: &str = "Help desk adapter lora-7";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "helpdesk",
        title: "Help desk assistant",
        tier: Medium,
        intended_use: "Drafts answers that an agent reads and corrects before they are sent",
    };
    let release = Wanted {
        title: RELEASE,
        model: "helpdesk",
        change: First,
        summary: "A rank 16 adapter made by a contracted trainer over an open-weights base model",
        artifact: ("lora-7", Adapter, "helpdesk lora-7"),
        facts: &[ContractorMade, Generative, ThirdPartyBase],
        runbook: Some("fine-tuned-model-release"),
        resubmits: None,
    };
    let findings = Findings { checkpoint: "lora-7", hallucination_rate: 0.024 };
    let owner = "One owner, J. Rivera. Product expects drafts only, and so does security.";
    let data = "DS-0114, DS-0115 and DS-0120 are ours; the contractor's split was deleted.";
    Tale::begun(9)
        .then(0, "rivera", Deed::Register(model))
        .then(120, "patel", Deed::Request(release))
        .then(1500, "patel", Deed::Prepare(RELEASE, findings, &[]))
        .then(60, "patel", Deed::Submit(RELEASE))
        .then(900, "adeyemi", Deed::Manual(RELEASE, "settle-ownership-and-intended-use", owner))
        .then(2000, "kim", Deed::Manual(RELEASE, "clear-the-training-data", data))
        .then(1100, "patel", Deed::Packet(RELEASE, "attach-the-evaluation-packet"))
}
