//! The committee meets: sessions are called and opened, things are put on the table, members vote
//! and step back, the chair closes. Some of them try what they may not.

use crate::cast::anybody;
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::assess;
use countersign_core::given::*;
use countersign_core::meeting::{
    Item, ItemState, Meeting, MeetingCommand, MeetingState, NewTopic, Objection, Vote,
};
use countersign_core::name::{MeetingId, PersonId, ReleaseId};
use countersign_core::project;
use countersign_core::register::Approved;
use countersign_core::release::{RejectionReason, State};
use jiff::SignedDuration;

/// The next sensible thing in the session that is on, or something out of turn.
pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    let Some((id, who, command)) = deed(house, dice) else { return Ok(()) };
    let who = if dice.percent(6) { anybody(dice) } else { who };
    house.sits(&who, &id, command)
}

/// Whether a release waits for a session: only there does the committee approve, and whatever else
/// it takes seems to be done.
pub fn decide(house: &House, release: &ReleaseId) -> bool {
    let Some(release) = house.release(release).filter(|one| one.state == State::InReview) else {
        return false;
    };
    let Some(plan) = &release.plan else { return false };
    let Some(rules) = plan.settings.committee.as_ref().filter(|it| !it.single_approvals) else {
        return false;
    };
    let waits = (0u32..).zip(&plan.approvals).any(|(index, rule)| {
        rule.role == rules.role && assess::given_for(release, index).count() < rule.count as usize
    });
    waits && assess::content_blockers(release, plan, house.world().now).is_empty()
}

/// A release lies on the table of a session, if it does not yet.
pub fn about(house: &mut House, release: &ReleaseId, dice: &mut Dice) -> Step {
    let on = |(_, one): &(&MeetingId, &Meeting)| one.state == MeetingState::Open;
    let Some((id, meeting)) = house.world().meetings.iter().find(on) else {
        return step(house, dice);
    };
    let there =
        |item: &Item| item.state == ItemState::Open && item.topic.release() == Some(release);
    if meeting.items.values().any(there) {
        return step(house, dice);
    }
    let (id, topic) = (id.clone(), NewTopic::Release(release.clone()));
    house.sits(&chair(house, dice), &id, MeetingCommand::Put(topic))
}

type Aimed = Option<(MeetingId, Acting, MeetingCommand)>;

fn deed(house: &House, dice: &mut Dice) -> Aimed {
    let all = &house.world().meetings;
    let alive = |one: &Meeting| matches!(one.state, MeetingState::Called | MeetingState::Open);
    let Some((id, meeting)) = all.iter().find(|(_, one)| alive(one)) else {
        return calls(house, dice);
    };
    if dice.percent(4) && !all.is_empty() {
        // A session that is over, or one that never was.
        let ended = MeetingId::new(format!("m-{}", dice.below(all.len() + 2))).ok()?;
        let command = out_of_turn(meeting, dice)?;
        return Some((ended, member(meeting, dice)?, command));
    }
    let (who, command) = match meeting.state {
        MeetingState::Called => match dice.below(10) {
            0..=4 => (chair(house, dice), MeetingCommand::Open),
            5 if dice.percent(30) => {
                (chair(house, dice), MeetingCommand::Cancel { reason: text("nobody has time") })
            }
            _early => (chair(house, dice), MeetingCommand::Put(topic(house, dice)?)),
        },
        _open if dice.percent(12) => (member(meeting, dice)?, out_of_turn(meeting, dice)?),
        _open => goes_on(house, meeting, dice)?,
    };
    Some((id.clone(), who, command))
}

fn calls(house: &House, dice: &mut Dice) -> Aimed {
    let number = house.world().meetings.len() + 1;
    let id = MeetingId::new(format!("m-{number}")).ok()?;
    let at = Some(house.world().now + SignedDuration::from_hours(dice.hours(-1, 40)));
    let urgent = dice.percent(30).then(|| text("it does not bear waiting"));
    let title = format!("Session {number}");
    let call = MeetingCommand::Call { id: id.clone(), title, at, urgent };
    let who = if dice.percent(60) { chair(house, dice) } else { Acting::from("osei") };
    Some((id, who, call))
}

/// Whoever chairs, often the delegate of whoever is away.
fn chair(house: &House, dice: &mut Dice) -> Acting {
    let (register, now) = (&house.world().register, house.world().now);
    let role = role("ai_governance_lead");
    let lent = register.delegations.values().filter(|one| one.role == role && one.counts(now));
    let holders = register.holders(&role, now);
    let stands_in = dice.any(lent.map(|one| one.to.clone())).filter(|_| dice.percent(40));
    let chair = stands_in.or_else(|| dice.any(holders.into_iter()));
    chair.map_or_else(|| "abara".into(), Acting::Person)
}

fn member(meeting: &Meeting, dice: &mut Dice) -> Option<Acting> {
    dice.any(meeting.members.iter()).map(Acting::from)
}

/// Members vote on what is on the table until there are enough; then the chair closes it.
fn goes_on(house: &House, meeting: &Meeting, dice: &mut Dice) -> Option<(Acting, MeetingCommand)> {
    let mut open = meeting.items.iter().filter(|(_, item)| item.state == ItemState::Open);
    let Some((number, item)) = open.next() else {
        let (minutes, file) = (text("as it went"), None);
        let enough = meeting.items.len() > 1 && dice.percent(40);
        let command = match topic(house, dice) {
            Some(topic) if !enough => MeetingCommand::Put(topic),
            _ => MeetingCommand::Close { minutes, file },
        };
        return Some((chair(house, dice), command));
    };
    let waiting: Vec<&PersonId> =
        meeting.members.iter().filter(|member| !item.is_done_by(member)).collect();
    let quorum = meeting.call.as_ref()?.rules.quorum as usize;
    let few = item.votes.len() < quorum || dice.percent(30);
    match dice.any(waiting.into_iter()).filter(|_| few && dice.percent(92)) {
        Some(person) if dice.percent(6) => Some((person.into(), steps_back(*number))),
        Some(person) => Some((person.into(), votes(*number, dice))),
        None if dice.percent(6) => {
            let (minutes, file) = (text("it was late"), None);
            Some((chair(house, dice), MeetingCommand::Close { minutes, file }))
        }
        None => Some((chair(house, dice), closes(*number, dice))),
    }
}

fn votes(number: u32, dice: &mut Dice) -> MeetingCommand {
    let vote = match dice.below(12) {
        0..=8 => Vote::Yes,
        9..=10 => Vote::No,
        _neither => Vote::Abstain,
    };
    let reason = (vote != Vote::Yes && dice.percent(95)).then(|| text("the set is too small"));
    MeetingCommand::Cast { number, vote, reason }
}

fn steps_back(number: u32) -> MeetingCommand {
    MeetingCommand::Recuse { number, reason: text("a relative works on it") }
}

fn closes(number: u32, dice: &mut Dice) -> MeetingCommand {
    let statement = dice.percent(95).then(|| text("as the votes fell"));
    let because = match dice.below(4) {
        0 => Some(Objection::Misuse),
        1 => Some(Objection::Rejected(*dice.one(&RejectionReason::ALL))),
        _unsaid => None,
    };
    MeetingCommand::CloseItem { number, statement, because }
}

/// What a session may be about: mostly what is on the agenda.
fn topic(house: &House, dice: &mut Dice) -> Option<NewTopic> {
    let world = house.world();
    let releases = world.releases.iter();
    match dice.below(10) {
        0..=4 => {
            let asks = releases.filter(|(_, one)| {
                let plan = one.plan.as_ref().filter(|_| one.state == State::InReview);
                let mut rules = plan.into_iter().flat_map(|plan| &plan.approvals);
                rules.any(|rule| rule.role.as_str() == "ai_governance_committee")
            });
            dice.any(asks.map(|(id, _)| NewTopic::Release(id.clone())))
        }
        5..=7 => {
            let open = releases.flat_map(|(id, one)| {
                let agenda = project::agenda(one).into_iter();
                let open = agenda.filter(|it| it.closed_at.is_none() && it.key != "decision");
                open.map(|it| NewTopic::Review { release: id.clone(), what: it.key })
            });
            dice.any(open)
        }
        8 => {
            let waits =
                world.register.policies.iter().filter(|one| one.approved == Approved::Awaited);
            dice.any(waits.map(|one| NewTopic::Policy(one.policy.clone())))
        }
        _else => Some(NewTopic::Matter {
            title: "The year ahead".into(),
            text: text("more of the same"),
        }),
    }
}

/// Voting twice or after stepping back, closing with too few votes, on items that may be closed.
fn out_of_turn(meeting: &Meeting, dice: &mut Dice) -> Option<MeetingCommand> {
    let number = dice.any(meeting.items.keys().copied())?;
    Some(match dice.below(5) {
        0..=2 => votes(number, dice),
        3 => steps_back(number),
        _closing => closes(number, dice),
    })
}
