//! The desk agent: a model with tools, prompts and permissions, on its way through the runbook for
//! agents.

use crate::demo::beside::Beside;
use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::{Permissions, Prompt, Tools};
use countersign_core::classification::ChangeType::NewModel as First;
use countersign_core::classification::RiskTier::Medium;
use countersign_core::classification::Trait::Generative;

const AGENT: &str = "Desk agent 1";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "desk-agent",
        title: "Desk agent",
        tier: Medium,
        intended_use: "Unlocks accounts of employees who write to the help desk",
    };
    let release = Wanted {
        title: AGENT,
        model: "desk-agent",
        change: First,
        summary: "An agent with two tools and an account of its own",
        artifact: ("tools", Tools, "unlock_account, read_ticket"),
        facts: &[Generative],
        runbook: Some("agent-release"),
        resubmits: None,
    };
    let prompts = ("prompts", Prompt, "you unlock accounts");
    let permissions = ("permissions", Permissions, "directory: unlock; tickets: read");
    let found = Findings { checkpoint: "desk-agent-1", hallucination_rate: 0.012 };
    let bounds = "Unlocking can be undone and is done alone; accounts of administrators are \
                  confirmed by a colleague; it creates nothing and deletes nothing. Ten steps a run.";
    Tale::begun(6)
        .then(0, "rivera", Deed::Register(model))
        .then(90, "patel", Deed::Request(release))
        .beside(5, "patel", Beside::Bring(AGENT, prompts))
        .beside(5, "patel", Beside::Bring(AGENT, permissions))
        .then(1400, "patel", Deed::Prepare(AGENT, found, &[]))
        .then(60, "patel", Deed::Submit(AGENT))
        .then(1500, "patel", Deed::Packet(AGENT, "attach-what-makes-the-agent"))
        .then(300, "rivera", Deed::Manual(AGENT, "draw-the-bounds", bounds))
}
