//! Sessions of the committee as the oracle reads them: who sits there, whose vote counts, and what
//! the votes come to. It counts anew and does not believe an outcome because the log says it.

use super::Facts;
use super::case::{Case, Stage};
use super::content::Content;
use countersign_core::event::Envelope;
use countersign_core::meeting::{MeetingEvent, Outcome, Sitting, Topic, Vote};
use countersign_core::name::{PersonId, ReleaseId, RoleName};
use countersign_core::policy::{CommitteeSettings, Independence, Majority, PolicyRef};
use countersign_core::release::urgent::review::{NewReview, ReviewOutcome};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A session.
#[derive(Debug)]
pub struct Room {
    rules: CommitteeSettings,
    members: BTreeSet<PersonId>,
    items: BTreeMap<u32, Tabled>,
    stage: Sits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sits {
    Called,
    Open,
    Over,
}

/// Something on the table.
#[derive(Debug)]
struct Tabled {
    topic: Topic,
    /// What the release was made of when it was put there.
    content: Option<Content>,
    votes: Vec<(PersonId, Vote)>,
    stepped_back: BTreeSet<PersonId>,
    gone: bool,
    closed: Option<(Timestamp, Outcome)>,
}

/// The releases there are.
type Cases<'c, 'w> = &'c BTreeMap<ReleaseId, Case<'w>>;

impl Room {
    /// A session that somebody calls under these rules.
    pub fn called(rules: CommitteeSettings) -> Self {
        Self { rules, members: BTreeSet::new(), items: BTreeMap::new(), stage: Sits::Called }
    }

    /// Takes in what happened next, or says why it should not have.
    pub fn reads(
        &mut self,
        envelope: &Envelope,
        event: &MeetingEvent,
        (facts, cases): (&Facts, Cases<'_, '_>),
    ) -> Result<(), String> {
        if matches!(event, MeetingEvent::MeetingAttemptRefused { .. }) {
            return Ok(());
        }
        let person = envelope.by.person().ok_or("a machine takes part in a session")?;
        let at = envelope.at;
        let chairs = facts.acts(person, &self.rules.chair, at).is_some();
        let sits = facts.acts(person, &self.rules.role, at).is_some();
        let wrong = |what: &str| Err(format!("{person}: {what}"));
        let open = self.stage == Sits::Open;
        match event {
            MeetingEvent::MeetingCalled(_) if !chairs && !sits => wrong("calls a session"),
            MeetingEvent::MeetingOpened { members } => {
                self.members = facts.holders(&self.rules.role, at);
                self.stage = Sits::Open;
                if !chairs || members != &self.members { wrong("opens a session") } else { Ok(()) }
            }
            MeetingEvent::ItemPut { number, topic, replaces, .. } => {
                let known = topic.release().and_then(|id| cases.get(id));
                let content = known.map(|case| case.content.clone());
                let (votes, stepped_back) = (Vec::new(), BTreeSet::new());
                let topic = topic.clone();
                let new = Tabled { topic, content, votes, stepped_back, gone: false, closed: None };
                let old = replaces.and_then(|old| self.items.get_mut(&old));
                old.into_iter().for_each(|old| old.gone = true);
                self.items.insert(*number, new);
                if (chairs || sits) && self.stage != Sits::Over { Ok(()) } else { wrong("puts") }
            }
            MeetingEvent::MemberRecused { number, .. } => {
                let item = self.items.get_mut(number).ok_or("there is no such item")?;
                item.stepped_back.insert(person.clone());
                if open { Ok(()) } else { wrong("steps back too late") }
            }
            MeetingEvent::VoteCast { number, vote, .. } => {
                let may = self.votes(person, *number, (facts, cases), at);
                may.map_err(|how| format!("{person} votes {how}"))?;
                let item = self.items.get_mut(number);
                item.into_iter().for_each(|item| item.votes.push((person.clone(), *vote)));
                Ok(())
            }
            MeetingEvent::ItemClosed { number, outcome, finding, .. } => {
                let item = self.items.get(number).ok_or("there is no such item")?;
                let counted = self.counted(item).ok_or("closed without a quorum")?;
                let whole = facts.acts(person, &self.rules.chair, at).unwrap_or_default();
                if !chairs || self.conflicted(&whole, item, (facts, cases)) || !self.is_open(item) {
                    return wrong("closes an item");
                }
                let found = finds(&item.topic, counted, *finding);
                let item = self.items.get_mut(number);
                item.into_iter().for_each(|item| item.closed = Some((at, counted)));
                if *outcome == counted && found { Ok(()) } else { wrong("counts the votes wrong") }
            }
            MeetingEvent::MeetingClosed { .. } | MeetingEvent::MeetingCancelled { .. } => {
                self.stage = Sits::Over;
                if chairs { Ok(()) } else { wrong("ends a session") }
            }
            MeetingEvent::MeetingCalled(_) | MeetingEvent::MeetingAttemptRefused { .. } => Ok(()),
        }
    }

    fn is_open(&self, item: &Tabled) -> bool {
        self.stage == Sits::Open && !item.gone && item.closed.is_none()
    }

    /// A vote counts of a member who still is one, has not stepped back, votes once, and on
    /// nothing of his own. All accounts of one human are one member.
    fn votes(
        &self,
        person: &PersonId,
        number: u32,
        (facts, cases): (&Facts, Cases<'_, '_>),
        at: Timestamp,
    ) -> Result<(), &'static str> {
        let item = self.items.get(&number).ok_or("on nothing")?;
        let human = facts.human(person);
        if !self.is_open(item) {
            Err("too late")
        } else if !self.members.contains(person) || !facts.has(person, &self.rules.role, at) {
            Err("without sitting there")
        } else if item.votes.iter().any(|(voted, _)| human.contains(voted)) {
            Err("twice")
        } else if !item.stepped_back.is_disjoint(&human) {
            Err("after stepping back")
        } else if self.conflicted(&human, item, (facts, cases)) {
            Err("on what is his own")
        } else {
            Ok(())
        }
    }

    /// Whether the release on the table is their own.
    fn conflicted(
        &self,
        human: &BTreeSet<PersonId>,
        item: &Tabled,
        (facts, cases): (&Facts, Cases<'_, '_>),
    ) -> bool {
        let Some(case) = item.topic.release().and_then(|id| cases.get(id)) else { return false };
        self.rules.recuses.iter().any(|of| match of {
            Independence::Requester => !case.askers.is_disjoint(human),
            Independence::ModelOwner => case.owners(facts).any(|owner| human.contains(owner)),
            Independence::EvidenceAuthor => case.writers().any(|author| human.contains(author)),
            Independence::OtherRoles => case.demands.as_ref().is_some_and(|demands| {
                let others = demands.holders.iter().filter(|(role, _)| *role != &self.rules.role);
                others.into_iter().any(|(_, held)| !held.is_disjoint(human))
            }),
        })
    }

    /// What the votes come to; nothing when too few members voted.
    fn counted(&self, item: &Tabled) -> Option<Outcome> {
        let count = |wanted| item.votes.iter().filter(|(_, vote)| *vote == wanted).count();
        let (yes, no) = (count(Vote::Yes), count(Vote::No));
        if item.votes.is_empty() || item.votes.len() < self.rules.quorum as usize {
            return None;
        }
        let carried = yes > 0
            && match self.rules.decides_by {
                Majority::Simple => yes > no,
                Majority::TwoThirds => yes >= 2 * no,
                Majority::Unanimous => no == 0,
            };
        Some(match (carried, no > yes) {
            (true, _) => Outcome::Carried,
            (false, true) => Outcome::TurnedDown,
            (false, false) => Outcome::Undecided,
        })
    }

    /// Whether this person's yes made the session approve what the release is made of now.
    pub fn approves(
        &self,
        (sitting, person): (&Sitting, &PersonId),
        (id, case): (&Option<ReleaseId>, &Case<'_>),
        (role, at): (&RoleName, Timestamp),
    ) -> bool {
        self.items.get(&sitting.item).is_some_and(|item| {
            role == &self.rules.role
                && matches!(&item.topic, Topic::Release { release, .. } if Some(release) == id.as_ref())
                && item.closed == Some((at, Outcome::Carried))
                && item.content.as_ref() == Some(&case.content)
                && item.votes.contains(&(person.clone(), Vote::Yes))
                && case.stage == Stage::Review
        })
    }

    /// Whether the session carried this policy at this moment.
    pub fn carried(&self, sitting: &Sitting, policy: &PolicyRef, at: Timestamp) -> bool {
        self.items.get(&sitting.item).is_some_and(|item| {
            matches!(&item.topic, Topic::Policy { policy: one } if one == policy)
                && item.closed == Some((at, Outcome::Carried))
        })
    }

    /// Whether the session found this at this moment when it looked back.
    pub fn found(
        &self,
        sitting: &Sitting,
        (id, review): (&ReleaseId, &NewReview),
        at: Timestamp,
    ) -> bool {
        self.items.get(&sitting.item).is_some_and(|item| {
            let (what, closed) = (review.of.to_string(), item.closed);
            let about = matches!(&item.topic,
                Topic::Review { release, what: one } if release == id && *one == what);
            let found = Some(review.outcome);
            about
                && closed
                    .is_some_and(|(when, outcome)| when == at && finds(&item.topic, outcome, found))
        })
    }
}

/// Whether a finding is what the votes mean: a yes says that it was right.
fn finds(topic: &Topic, outcome: Outcome, finding: Option<ReviewOutcome>) -> bool {
    match (topic, outcome) {
        (Topic::Review { .. }, Outcome::Carried) => finding == Some(ReviewOutcome::Justified),
        (Topic::Review { .. }, Outcome::TurnedDown) => {
            matches!(finding, Some(ReviewOutcome::NotJustified | ReviewOutcome::Misuse))
        }
        _ => finding.is_none(),
    }
}
