//! Sessions of the committee: called, opened, voted in, closed (R-098, R-099, R-113, R-119,
//!
//!
//! What a session decides about a release or a policy happens there, by the same rules as
//! everybody's approval: a closed item only says what to order ([`orders`]). Nothing in here
//! decides about a release.

mod decide;
mod event;
mod fault;
mod orders;
mod table;
mod vote;

pub use decide::{MeetingCommand, MeetingContext, NewTopic, Objection, OnTable, attempt, decide};
pub use event::*;
pub use fault::MeetingFault;
pub use orders::{Order, orders};

use crate::actor::Who;
use crate::name::{PersonId, ReleaseId};
use crate::text::Text;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A session as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meeting {
    /// How it was called; `None` before that.
    pub call: Option<Call>,
    /// When and by whom.
    pub called: Option<(Timestamp, Who)>,
    /// Where it stands.
    pub state: MeetingState,
    /// Who sits in it, once it is open.
    pub members: BTreeSet<PersonId>,
    /// When it was opened, and by whom.
    pub opened: Option<(Timestamp, Who)>,
    /// What lies on the table, by number.
    pub items: BTreeMap<u32, Item>,
    /// Its minutes.
    pub minutes: Option<(Text, Option<MinutesFile>)>,
    /// When it was closed or called off.
    pub closed_at: Option<Timestamp>,
    /// How many events there were.
    pub version: u64,
}

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MeetingState {
    /// Nobody called it.
    #[default]
    Absent,
    /// It was called and is not open yet.
    Called,
    /// It is open for votes.
    Open,
    /// It is closed.
    Closed,
    /// It was called off.
    Cancelled,
}

impl MeetingState {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Called => "called",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Something on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is about.
    pub topic: Topic,
    /// What people call it.
    pub title: String,
    /// Who voted how, in the order of the votes.
    pub votes: Vec<Ballot>,
    /// Who stepped back, and why.
    pub recused: BTreeMap<PersonId, Text>,
    /// Where it stands.
    pub state: ItemState,
}

/// One member's vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Who.
    pub person: PersonId,
    /// How.
    pub vote: Vote,
    /// Why.
    pub reason: Option<Text>,
    /// When.
    pub at: Timestamp,
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    /// It can be voted on.
    Open,
    /// The chair closed it.
    Closed {
        /// What came of it.
        outcome: Outcome,
        /// The chair's statement.
        statement: Option<Text>,
    },
    /// What was on the table changed, and another item took its place.
    Replaced,
    /// The session ended before it was closed.
    Postponed,
}

impl ItemState {
    /// The word used everywhere.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed { outcome, .. } => outcome.word(),
            Self::Replaced => "replaced",
            Self::Postponed => "postponed",
        }
    }
}

impl Item {
    /// How the votes fell so far.
    pub fn tally(&self) -> Tally {
        let count = |wanted: Vote| {
            let votes = self.votes.iter().filter(|ballot| ballot.vote == wanted);
            u32::try_from(votes.count()).unwrap_or(u32::MAX)
        };
        Tally {
            yes: count(Vote::Yes),
            no: count(Vote::No),
            abstained: count(Vote::Abstain),
            recused: u32::try_from(self.recused.len()).unwrap_or(u32::MAX),
        }
    }

    /// Those who voted against the outcome (dissent).
    pub fn dissenters(&self) -> impl Iterator<Item = &Ballot> {
        let against = match &self.state {
            ItemState::Closed { outcome: Outcome::Carried, .. } => Some(Vote::No),
            ItemState::Closed { outcome: Outcome::TurnedDown, .. } => Some(Vote::Yes),
            ItemState::Closed { outcome: Outcome::Undecided, .. }
            | ItemState::Open
            | ItemState::Replaced
            | ItemState::Postponed => None,
        };
        self.votes.iter().filter(move |ballot| Some(ballot.vote) == against)
    }

    /// Whether this person voted or stepped back.
    pub fn is_done_by(&self, person: &PersonId) -> bool {
        self.recused.contains_key(person)
            || self.votes.iter().any(|ballot| &ballot.person == person)
    }
}

impl Meeting {
    /// Folds one event; never refuses.
    pub fn evolve(&mut self, at: Timestamp, by: &Who, event: &MeetingEvent) {
        self.version += 1;
        match event {
            MeetingEvent::MeetingCalled(call) => {
                self.call = Some(call.clone());
                self.called = Some((at, by.clone()));
                self.state = MeetingState::Called;
            }
            MeetingEvent::MeetingOpened { members } => {
                self.members.clone_from(members);
                self.opened = Some((at, by.clone()));
                self.state = MeetingState::Open;
            }
            MeetingEvent::ItemPut { number, topic, title, replaces } => {
                self.put(*number, topic, title, *replaces);
            }
            MeetingEvent::MemberRecused { number, reason } => {
                if let (Some(item), Some(person)) = (self.items.get_mut(number), by.person()) {
                    item.recused.insert(person.clone(), *reason);
                }
            }
            MeetingEvent::VoteCast { number, vote, reason } => {
                if let (Some(item), Some(person)) = (self.items.get_mut(number), by.person()) {
                    let (person, vote, reason) = (person.clone(), *vote, *reason);
                    item.votes.push(Ballot { person, vote, reason, at });
                }
            }
            MeetingEvent::ItemClosed { number, outcome, statement, .. } => {
                if let Some(item) = self.items.get_mut(number) {
                    let (outcome, statement) = (*outcome, *statement);
                    item.state = ItemState::Closed { outcome, statement };
                }
            }
            MeetingEvent::MeetingClosed { minutes, file } => {
                self.minutes = Some((*minutes, file.clone()));
                self.end(at, MeetingState::Closed);
            }
            MeetingEvent::MeetingCancelled { .. } => self.end(at, MeetingState::Cancelled),
            MeetingEvent::MeetingAttemptRefused { .. } => {}
        }
    }

    fn put(&mut self, number: u32, topic: &Topic, title: &str, replaces: Option<u32>) {
        if let Some(earlier) = replaces.and_then(|number| self.items.get_mut(&number)) {
            earlier.state = ItemState::Replaced;
        }
        let item = Item {
            topic: topic.clone(),
            title: title.to_owned(),
            votes: Vec::new(),
            recused: BTreeMap::new(),
            state: ItemState::Open,
        };
        self.items.insert(number, item);
    }

    fn end(&mut self, at: Timestamp, state: MeetingState) {
        for item in self.items.values_mut().filter(|item| item.state == ItemState::Open) {
            item.state = ItemState::Postponed;
        }
        self.closed_at = Some(at);
        self.state = state;
    }

    /// The release an item is about, if it is about one.
    pub fn release_of(&self, number: u32) -> Option<&ReleaseId> {
        self.items.get(&number)?.topic.release()
    }
}
