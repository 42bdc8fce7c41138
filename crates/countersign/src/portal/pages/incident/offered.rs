//! Which forms of an incident a visitor can use, by asking the rules.

use crate::app::AnyCommand;
use crate::portal::command::unwritten;
use crate::portal::visit::Visitor;
use crate::portal::wrong::Wrong;
use countersign_core::incident::{Closing, IncidentCommand, Links, Outcome, Severity, Suspension};
use countersign_core::name::IncidentId;
use std::collections::BTreeSet;

/// The forms that would be refused whatever is typed, by the word in their address, and why.
pub(super) async fn closed_to(
    visitor: &Visitor,
    id: &IncidentId,
) -> Result<(BTreeSet<&'static str>, BTreeSet<String>), Wrong> {
    let (mut closed, mut why) = (BTreeSet::new(), BTreeSet::new());
    let Some(text) = unwritten() else { return Ok((closed, why)) };
    let answer = Suspension::ALL[0];
    let closing = Closing { outcome: Outcome::ALL[0], root_cause: text };
    let trials = [
        ("note", IncidentCommand::Note { text }),
        ("assign", IncidentCommand::Assign { owner: visitor.person.clone() }),
        ("severity", IncidentCommand::ChangeSeverity { to: Severity::Low, reason: text }),
        ("link", IncidentCommand::Link { links: Links::default() }),
        ("suspension", IncidentCommand::ConsiderSuspension { answer, reason: text }),
        ("close", IncidentCommand::Close { closing }),
    ];
    for (what, command) in trials {
        if let Some(refused) = visitor.may_not(AnyCommand::Incident(id.clone(), command)).await? {
            closed.insert(what);
            why.insert(refused);
        }
    }
    Ok((closed, why))
}
