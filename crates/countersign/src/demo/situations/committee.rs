//! The committee: a session that is over, with its minutes, and one that is open, with a high-risk
//! release on the table and a vote still missing.

use crate::demo::beside::Beside;
use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::Weights;
use countersign_core::classification::ChangeType::NewModel as First;
use countersign_core::classification::RiskTier::High;
use countersign_core::classification::Trait::PersonalData;
use countersign_core::meeting::Vote;

const TABLED: &str = "Credit pre-check v0.8";
const LAST: &str = "Session on validation";
const NEXT: &str = "Session on credit pre-check";

/// The release that lies on the table.
pub fn credit_check() -> Tale {
    let model = NewModel {
        name: "credit-pre-check",
        title: "Credit pre-check",
        tier: High,
        intended_use: "Says which applications lack a document; a person decides about credit",
    };
    let release = Wanted {
        title: TABLED,
        model: "credit-pre-check",
        change: First,
        summary: "The first version, for applications in one country",
        artifact: ("pre-check-weights", Weights, "credit pre-check 0.8"),
        facts: &[PersonalData],
        runbook: None,
        resubmits: None,
    };
    let found = Findings { checkpoint: "pre-check-v0.8", hallucination_rate: 0.0 };
    Tale::begun(7)
        .then(0, "rivera", Deed::Register(model))
        .then(60, "patel", Deed::Request(release))
        .then(900, "patel", Deed::Prepare(TABLED, found, &[]))
        .then(60, "patel", Deed::Submit(TABLED))
        .then(1400, "hale", Deed::Review(TABLED))
        .then(60, "ito", Deed::Review(TABLED))
}

/// Ten days ago: one matter, carried with one vote against.
pub fn last_session() -> Tale {
    let matter = "How many long claims a validation needs";
    let about = "Claims triage v0.9 was rejected because long claims were missing. How many are \
                 enough, so that nobody has to guess again?";
    let against = "Fifty say nothing about a customer with one claim in ten years.";
    let found = "From now on fifty of more than ten pages, drawn by the month.";
    let minutes = "Three members. One matter, carried with two votes against one. The guide is \
                   changed by C. Weber.";
    Tale::begun(11)
        .beside(0, "lindt", Beside::Call(LAST, 1))
        .beside(30, "lindt", Beside::Matter(LAST, matter, about))
        .at_hours_ago(24 * 10)
        .beside(0, "lindt", Beside::Open(LAST))
        .beside(20, "hale", Beside::Cast(LAST, 1, Vote::Yes, ""))
        .beside(5, "ito", Beside::Cast(LAST, 1, Vote::No, against))
        .beside(5, "novak", Beside::Cast(LAST, 1, Vote::Yes, ""))
        .beside(5, "lindt", Beside::CloseItem(LAST, 1, found))
        .beside(15, "lindt", Beside::Minutes(LAST, minutes))
}

/// Opened an hour ago: two votes are in, and the chair waits for the third.
pub fn next_session() -> Tale {
    let doubt = "The two smallest regions are missing from the comparison of groups.";
    Tale::begun(3)
        .beside(0, "lindt", Beside::Call(NEXT, 3))
        .beside(10, "lindt", Beside::Table(NEXT, TABLED))
        .at_hours_ago(1)
        .beside(0, "lindt", Beside::Open(NEXT))
        .beside(20, "hale", Beside::Cast(NEXT, 1, Vote::Yes, ""))
        .beside(10, "ito", Beside::Cast(NEXT, 1, Vote::No, doubt))
}
