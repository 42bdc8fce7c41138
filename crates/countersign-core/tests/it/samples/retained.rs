//! Histories of records that were kept long enough, and of personal data that was erased.

use countersign_core::classification::RiskTier::Low;
use countersign_core::given::*;
use countersign_core::register::{PersonToErase, RegisterCommand, TextsToErase};
use countersign_core::stream::StreamId;
use std::collections::BTreeSet;

/// Held, released, proposed twice and purged; a person and a text erased; a copy taken along.
pub fn retained() -> World {
    let mut world = submitted(Low).having("rivera", reject_as("model_owner")).later(24 * 366 * 10);
    let (person, reason) = (id("chen"), text("left"));
    let (owns, acted_in) = (Vec::new(), BTreeSet::new());
    let person = PersonToErase { person, owns, acted_in, reason };
    let texts = TextsToErase {
        stream: StreamId::Release(release("r-1")),
        version: 1,
        texts: vec![text("answers in the reader's language")],
        model: Some(summarizer()),
        reason: text("a name slipped in"),
    };
    for (who, command) in [
        ("weiss", place_hold(Some("r-1"))),
        ("weiss", lift_hold(1)),
        ("root", RegisterCommand::ErasePerson(person)),
        ("root", RegisterCommand::EraseTexts(texts)),
    ] {
        world.keep(who, command).expect("the rules let them");
    }
    world
        .later(1)
        .having("rivera", propose_purge(&[]))
        .having("okafor", refuse_purge(1))
        .having("rivera", propose_purge(&["e1"]))
        .having("okafor", confirm_purge(2))
        .having("quinn", take_copy())
}
