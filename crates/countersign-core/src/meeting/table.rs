//! The table: what is put on it, and how an item is closed.

use super::vote::conflict;
use super::{
    Item, ItemState, Meeting, MeetingContext, MeetingEvent, MeetingFault, NewTopic, Objection,
};
use super::{Outcome, Topic};
use crate::project;
use crate::refusal::Refusal;
use crate::register::Approved;
use crate::release::State;
use crate::release::urgent::review::ReviewOutcome;
use crate::text::Text;

pub(super) fn put(
    meeting: &Meeting,
    new: NewTopic,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingEvent>, Refusal> {
    let (topic, title) = topic(new, context)?;
    let open = |item: &&Item| item.state == ItemState::Open && item.topic.is_about(&topic);
    let there = meeting.items.iter().find(|(_, item)| open(item));
    let replaces = match there {
        Some((number, item)) if item.topic == topic => {
            return Err(MeetingFault::OnTheTable { number: *number }.into());
        }
        // Its content changed since it was put there: what was voted was for another dossier.
        Some((number, _)) => Some(*number),
        None => None,
    };
    let last = meeting.items.keys().next_back().copied().unwrap_or(0);
    let number = last.saturating_add(1);
    Ok(vec![MeetingEvent::ItemPut { number, topic, title, replaces }])
}

fn topic(new: NewTopic, context: &MeetingContext<'_>) -> Result<(Topic, String), Refusal> {
    match new {
        NewTopic::Release(id) => {
            let missing = || Refusal::NotFound { what: "release", name: id.to_string() };
            let on_table = context.on_table.as_ref().ok_or_else(missing)?;
            let release = on_table.release;
            let request = release.request.as_ref().ok_or_else(missing)?;
            if release.state != State::InReview {
                let (state, action) = (release.state_word().to_owned(), "put it on the table");
                return Err(Refusal::WrongState { state, action });
            }
            let dossier = crate::dossier::digest(release);
            Ok((Topic::Release { release: id, dossier }, request.title.clone()))
        }
        NewTopic::Policy(policy) => {
            let published = context.register.published_policy(&policy);
            let waits = published.filter(|one| one.approved == Approved::Awaited);
            let title = waits.map(|one| format!("Policy {}", one.name()));
            let name = format!("{} {}", policy.name, policy.version);
            let missing = Refusal::NotFound { what: "policy that waits for its approval", name };
            Ok((Topic::Policy { policy }, title.ok_or(missing)?))
        }
        NewTopic::Review { release, what } => {
            let on_table = context.on_table.as_ref();
            let agenda = on_table.map(|table| project::agenda(table.release)).unwrap_or_default();
            let open = agenda.into_iter().find(|one| one.key == what && one.closed_at.is_none());
            let name = format!("{release}/{what}");
            let missing = Refusal::NotFound { what: "item of the agenda", name };
            Ok((Topic::Review { release, what }, open.ok_or(missing)?.title))
        }
        NewTopic::Matter { title, text } => Ok((Topic::Matter { text }, title)),
    }
}

/// An item that can still be voted on or closed.
pub(super) fn open_item(meeting: &Meeting, number: u32) -> Result<&Item, Refusal> {
    let missing = || Refusal::NotFound { what: "item", name: number.to_string() };
    let item = meeting.items.get(&number).ok_or_else(missing)?;
    match &item.state {
        ItemState::Open => Ok(item),
        ItemState::Closed { .. } | ItemState::Replaced | ItemState::Postponed => {
            Err(MeetingFault::ItemClosed { number }.into())
        }
    }
}

pub(super) fn close(
    meeting: &Meeting,
    number: u32,
    (statement, because): (Option<Text>, Option<Objection>),
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingEvent>, Refusal> {
    let item = open_item(meeting, number)?;
    let missing = || Refusal::NotFound { what: "session", name: String::new() };
    let rules = &meeting.call.as_ref().ok_or_else(missing)?.rules;
    conflict((rules, &rules.chair), item, context)?;
    let tally = item.tally();
    let (voted, needed) = (tally.voted(), rules.quorum);
    if voted < needed || voted == 0 {
        return Err(MeetingFault::NoQuorum { voted, needed }.into());
    }
    let outcome = if rules.decides_by.carries(tally.yes, tally.no) {
        Outcome::Carried
    } else if tally.no > tally.yes {
        Outcome::TurnedDown
    } else {
        Outcome::Undecided
    };
    let finding = found(&item.topic, outcome, because);
    if (outcome == Outcome::TurnedDown || finding.is_some()) && statement.is_none() {
        return Err(MeetingFault::ReasonMissing.into());
    }
    let because = match because {
        Some(Objection::Rejected(reason)) if outcome == Outcome::TurnedDown => Some(reason),
        Some(Objection::Rejected(_) | Objection::Misuse) | None => None,
    };
    Ok(vec![MeetingEvent::ItemClosed { number, outcome, tally, statement, because, finding }])
}

/// What a look afterwards found: a yes means that it was right.
fn found(topic: &Topic, outcome: Outcome, because: Option<Objection>) -> Option<ReviewOutcome> {
    match (topic, outcome) {
        (Topic::Review { .. }, Outcome::Carried) => Some(ReviewOutcome::Justified),
        (Topic::Review { .. }, Outcome::TurnedDown) => match because {
            Some(Objection::Misuse) => Some(ReviewOutcome::Misuse),
            Some(Objection::Rejected(_)) | None => Some(ReviewOutcome::NotJustified),
        },
        (Topic::Review { .. }, Outcome::Undecided)
        | (Topic::Release { .. } | Topic::Policy { .. } | Topic::Matter { .. }, _) => None,
    }
}
