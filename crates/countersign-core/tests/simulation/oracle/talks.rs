//! Change requests as the oracle reads them: nobody approves while one is not settled.

use super::Facts;
use super::case::Case;
use countersign_core::actor::Who;
use countersign_core::change_request::ChangesEvent;
use countersign_core::event::Envelope;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::text::Text;

/// What was said about a request, beginning with the request itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    role: RoleName,
    said: Vec<(PersonId, Text, Turn)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Asks,
    Answers,
    Settles,
}

impl Talk {
    /// Whether whoever prepares the release has to answer.
    pub fn waits(&self) -> bool {
        self.said.last().is_some_and(|(.., turn)| *turn == Turn::Asks)
    }

    /// Whether the role that asked was content.
    pub fn is_settled(&self) -> bool {
        self.said.last().is_some_and(|(.., turn)| *turn == Turn::Settles)
    }
}

/// Takes in what was said.
pub fn reads(case: &mut Case<'_>, envelope: &Envelope, event: &ChangesEvent, facts: &Facts) {
    let Who::Person(person) = &envelope.by else {
        case.objections.push("a machine talks about changes".into());
        return;
    };
    let (number, text, turn) = match event {
        ChangesEvent::Requested { number, request } => {
            let talk = Talk { role: request.role.clone(), said: Vec::new() };
            case.content.talks.insert(*number, talk);
            (*number, request.text, Turn::Asks)
        }
        ChangesEvent::Answered { number, text, .. } => (*number, *text, Turn::Answers),
        ChangesEvent::Insisted { number, text } => (*number, *text, Turn::Asks),
        ChangesEvent::Accepted { number, text } => (*number, *text, Turn::Settles),
    };
    if turn != Turn::Answers && !judges(case, number, person, (envelope, facts)) {
        case.objections.push(format!("{person} judges change request {number}"));
        return;
    }
    if let Some(talk) = case.content.talks.get_mut(&number) {
        talk.said.push((person.clone(), text, turn));
    }
}

/// Whoever judges acts in the role that asked, and did not give the answer himself.
fn judges(
    case: &Case<'_>,
    number: u32,
    person: &PersonId,
    (envelope, facts): (&Envelope, &Facts),
) -> bool {
    let (Some(talk), Some(model)) = (case.content.talks.get(&number), &case.model) else {
        return false;
    };
    let Some(whole) = facts.acts_for(person, (&talk.role, model), envelope.at) else {
        return false;
    };
    if talk.said.is_empty() {
        return case.askers.is_disjoint(&whole);
    }
    let own = |(by, _, turn): &(PersonId, Text, Turn)| *turn == Turn::Answers && whole.contains(by);
    !talk.said.last().is_some_and(own)
}
