//! Contract search: its evaluation misses the bound a little, and an exception waits for the second
//! acceptance of the risk.

use crate::demo::beside::{Beside, Waiver};
use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Weights;
use countersign_core::classification::ChangeType::NewModel as First;
use countersign_core::classification::RiskTier::Medium;
use countersign_core::classification::Trait::Generative;

const EXCEPTED: &str = "Contract search v1.2";

pub fn tale() -> Tale {
    let model = NewModel {
        name: "contract-search",
        title: "Contract search",
        tier: Medium,
        intended_use: "Finds clauses in our own contracts and says in a sentence what they mean",
    };
    let release = Wanted {
        title: EXCEPTED,
        model: "contract-search",
        change: First,
        summary: "The first version, for the legal department",
        artifact: ("search-weights", Weights, "contract search 1.2"),
        facts: &[Generative],
        runbook: None,
        resubmits: None,
    };
    let found = Findings { checkpoint: "contract-search-v1.2", hallucination_rate: 0.056 };
    let waiver = Waiver {
        waives: "criterion hallucination_rate",
        reason: "5.6 % were found, nearly all in contracts before 2005, which are searched twice a \
                 week. The next version is due in six weeks.",
        measures: "The clause itself stands beside every sentence, and old contracts carry a notice.",
        days: 45,
    };
    let because = "Only lawyers use it, and they read the clause.";
    Tale::begun(8)
        .then(0, "rivera", Deed::Register(model))
        .then(60, "patel", Deed::Request(release))
        .then(900, "patel", Deed::Prepare(EXCEPTED, found, &[]))
        .then(60, "patel", Deed::Submit(EXCEPTED))
        .then(1300, "lindt", Deed::Review(EXCEPTED))
        .beside(600, "rivera", Beside::AskException(EXCEPTED, waiver))
        .at_hours_ago(20)
        .beside(0, "lindt", Beside::AcceptRisk(EXCEPTED, "ai_governance_lead", because))
}
