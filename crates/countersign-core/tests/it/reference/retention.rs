//! Every refusal about keeping and ending records, with sample values.

use countersign_core::given::*;
use countersign_core::refusal::RetentionRefusal;
use countersign_core::retention::{Clock, Keeping};

pub fn of_retention() -> Vec<RetentionRefusal> {
    let keeping = Keeping::Until { at: at("2036-05-11T07:00:00Z"), clock: Clock::Policy };
    vec![
        RetentionRefusal::StillKept { keeping },
        RetentionRefusal::OnHold { holds: vec![1], lifted_by: vec![role("legal")] },
        RetentionRefusal::ProposalOutdated { number: 1, hold: 2 },
        RetentionRefusal::SamePurger { person: id("okafor") },
        RetentionRefusal::LiftedTheHold { hold: 1 },
        RetentionRefusal::ErasesOneself,
        RetentionRefusal::StillOwns { models: vec!["`summarizer`".into()] },
    ]
}
