//! The mail assistant: v2.1 runs on verbal authority since yesterday, and its papers are still open.

use crate::demo::beside::Beside;
use crate::demo::scene::{Deed, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Prompt;
use countersign_core::classification::ChangeType::NewModel as First;
use countersign_core::classification::RiskTier::Medium;
use countersign_core::classification::Trait::Generative;

const URGENT: &str = "Mail assistant v2.1";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "mail-assistant",
        title: "Mail assistant",
        tier: Medium,
        intended_use: "Drafts answers to mail; whoever sends them reads them first",
    };
    let release = Wanted {
        title: URGENT,
        model: "mail-assistant",
        change: First,
        summary: "A prompt that no longer follows instructions hidden in a mail",
        artifact: ("mail-prompt", Prompt, "mail prompt 2.1"),
        facts: &[Generative],
        runbook: None,
        resubmits: None,
    };
    let because = "A mail made the running prompt forward a whole thread to a stranger. The new \
                   one was tried against that mail and thirty like it.";
    Tale::begun(3)
        .then(0, "rivera", Deed::Register(model))
        .at_hours_ago(28)
        .then(0, "rivera", Deed::Request(release))
        .beside(25, "rivera", Beside::Claim(URGENT, "lindt", because))
        .then(15, "rivera", Deed::Deploy(URGENT, "CHG-4188"))
        .beside(95, "lindt", Beside::ConfirmAuthority(URGENT))
}
