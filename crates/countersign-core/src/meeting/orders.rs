//! What a closed item orders in the stream it is about. The order is an ordinary command there,
//! decided by that stream's own rules and stored in the same append; when it is refused, the item
//! is not closed.

use super::{Ballot, Item, Meeting, MeetingEvent, Outcome, Sitting, Topic, Vote};
use crate::name::{PersonId, ReleaseId};
use crate::register::{PolicyResolution, RegisterCommand, Resolved};
use crate::release::urgent::review::NewReview;
use crate::release::{Command, RejectionReason, Resolution, Said, UrgentCommand};
use crate::text::Text;

/// A command to another stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// To a release.
    Release(ReleaseId, Box<Command>),
    /// To the register.
    Register(Box<RegisterCommand>),
}

/// What these events of a session order elsewhere. `meeting` is the session before them.
pub fn orders(meeting: &Meeting, events: &[MeetingEvent]) -> Vec<Order> {
    events.iter().filter_map(|event| order(meeting, event)).collect()
}

fn order(meeting: &Meeting, event: &MeetingEvent) -> Option<Order> {
    let MeetingEvent::ItemClosed { number, outcome, statement, because, finding, .. } = event
    else {
        return None;
    };
    let (call, item) = (meeting.call.as_ref()?, meeting.items.get(number)?);
    let sitting = Sitting { meeting: call.id.clone(), item: *number };
    let reason = because.unwrap_or(RejectionReason::Other);
    match (&item.topic, outcome) {
        (Topic::Release { release, dossier }, Outcome::Carried) => {
            let role = call.rules.role.clone();
            let said = Said::Yes { by: said(item, Vote::Yes), dossier: *dossier };
            let command = Command::Resolve(Resolution { sitting, role, said });
            Some(Order::Release(release.clone(), Box::new(command)))
        }
        (Topic::Release { release, .. }, Outcome::TurnedDown) => {
            let (by, _) = said(item, Vote::No).into_iter().next()?;
            let said = Said::No { by, reason, text: (*statement)? };
            let role = call.rules.role.clone();
            let command = Command::Resolve(Resolution { sitting, role, said });
            Some(Order::Release(release.clone(), Box::new(command)))
        }
        (Topic::Policy { policy }, Outcome::Carried) => {
            let by = said(item, Vote::Yes);
            let resolution = PolicyResolution { sitting, resolved: Resolved::Yes { by } };
            let policy = policy.clone();
            let command = RegisterCommand::ResolvePolicy { policy, resolution };
            Some(Order::Register(Box::new(command)))
        }
        (Topic::Policy { policy }, Outcome::TurnedDown) => {
            let (by, _) = said(item, Vote::No).into_iter().next()?;
            let resolved = Resolved::No { by, reason: (*statement)? };
            let resolution = PolicyResolution { sitting, resolved };
            let policy = policy.clone();
            let command = RegisterCommand::ResolvePolicy { policy, resolution };
            Some(Order::Register(Box::new(command)))
        }
        (Topic::Review { release, what }, Outcome::Carried | Outcome::TurnedDown) => {
            let review =
                NewReview { of: what.parse().ok()?, outcome: (*finding)?, text: (*statement)? };
            let vote = if *outcome == Outcome::Carried { Vote::Yes } else { Vote::No };
            let by = said(item, vote).into_iter().map(|(person, _)| person).collect();
            let command = UrgentCommand::ResolveReview { sitting, review, by };
            Some(Order::Release(release.clone(), Box::new(Command::Urgent(command))))
        }
        (
            Topic::Release { .. } | Topic::Policy { .. } | Topic::Review { .. },
            Outcome::Undecided,
        )
        | (Topic::Matter { .. }, _) => None,
    }
}

/// Who voted so, with what they wrote, in the order of the votes.
fn said(item: &Item, vote: Vote) -> Vec<(PersonId, Option<Text>)> {
    let ballots = item.votes.iter().filter(|ballot| ballot.vote == vote);
    ballots.map(|Ballot { person, reason, .. }| (person.clone(), *reason)).collect()
}
