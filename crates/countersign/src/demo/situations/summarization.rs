//! The summarization model: v1.3 runs, v1.4 waits because it invents too much.

use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Prompt;
use countersign_core::classification::ChangeType::{ConfigurationChange, NewModel as First};
use countersign_core::classification::RiskTier::Critical;
use countersign_core::classification::Trait::{Generative, UserFacing};

const RUNNING: &str = "Summarization model v1.3";
/// The release a newcomer looks at first.
pub const WAITING: &str = "Summarization model v1.4";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "summarization",
        title: "Summarization",
        tier: Critical,
        intended_use: "Summaries of contracts that customers read before they decide",
    };
    let first = Wanted {
        title: RUNNING,
        model: "summarization",
        change: First,
        summary: "The first version for customers, after a year of use inside the company",
        artifact: ("summarization-prompt", Prompt, "summarization prompt 1.3"),
        facts: &[Generative, UserFacing],
        runbook: None,
        resubmits: None,
    };
    let second = Wanted {
        title: WAITING,
        change: ConfigurationChange,
        summary: "The prompt asks for obligations first, because customers missed them at the end",
        artifact: ("summarization-prompt", Prompt, "summarization prompt 1.4"),
        ..first.clone()
    };
    let good = Findings { checkpoint: "summarization-v1.3", hallucination_rate: 0.031 };
    let bad = Findings { checkpoint: "summarization-v1.4", hallucination_rate: 0.081 };
    Tale::begun(40)
        .then(0, "rivera", Deed::Register(model))
        .then(60, "rivera", Deed::Request(first))
        .then(900, "rivera", Deed::Prepare(RUNNING, good, &[]))
        .then(60, "rivera", Deed::Submit(RUNNING))
        .then(1500, "hale", Deed::Review(RUNNING))
        .then(30, "hale", Deed::Approve(RUNNING, "ai_governance_committee"))
        .then(90, "ito", Deed::Approve(RUNNING, "ai_governance_committee"))
        .then(200, "chen", Deed::Approve(RUNNING, "product_lead"))
        .then(1300, "okafor", Deed::Approve(RUNNING, "compliance"))
        .then(600, "park", Deed::Deploy(RUNNING, "CHG-4102"))
        .then(1440, "rivera", Deed::Confirm(RUNNING))
        .at_hours_ago(75)
        .then(0, "rivera", Deed::Request(second))
        .then(300, "rivera", Deed::Prepare(WAITING, bad, &[]))
        .then(1200, "rivera", Deed::Submit(WAITING))
        .then(400, "chen", Deed::Review(WAITING))
}
