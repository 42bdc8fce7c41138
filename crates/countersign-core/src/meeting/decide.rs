//! Commands to a session, and what they may depend on.

use super::{Call, Meeting, MeetingEvent, MeetingFault, MeetingState, MinutesFile, Vote};
use super::{table, vote};
use crate::actor::Actor;
use crate::name::{MeetingId, ReleaseId, RoleName};
use crate::policy::{CommitteeSettings, PolicyRef};
use crate::refusal::Refusal;
use crate::register::Register;
use crate::release::{self, RejectionReason, Release};
use crate::text::Text;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// A request to change something about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum MeetingCommand {
    /// Call a session. The identifier is drawn by the caller; without a moment it is called for
    /// the moment of the decision.
    Call { id: MeetingId, title: String, at: Option<Timestamp>, urgent: Option<Text> },
    /// Open it.
    Open,
    /// Put something on the table.
    Put(NewTopic),
    /// Step back from an item.
    Recuse { number: u32, reason: Text },
    /// Vote on an item.
    Cast { number: u32, vote: Vote, reason: Option<Text> },
    /// Close an item.
    CloseItem { number: u32, statement: Option<Text>, because: Option<Objection> },
    /// Close the session.
    Close { minutes: Text, file: Option<MinutesFile> },
    /// Call it off.
    Cancel { reason: Text },
}

/// Why an item was turned down, as a word that can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// A request, for this reason.
    Rejected(RejectionReason),
    /// An emergency, because it was used for convenience.
    Misuse,
}

/// What is to be put on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum NewTopic {
    /// A release, with the content it has now.
    Release(ReleaseId),
    /// A policy that waits for its approval.
    Policy(PolicyRef),
    /// Something that happened to a release, by the key of its agenda.
    Review { release: ReleaseId, what: String },
    /// Anything else.
    Matter { title: String, text: Text },
}

impl MeetingCommand {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Call { .. } => "call a session of the committee",
            Self::Open => "open the session",
            Self::Put(_) => "put something on the table",
            Self::Recuse { .. } => "step back from an item",
            Self::Cast { .. } => "vote",
            Self::CloseItem { .. } => "close an item",
            Self::Close { .. } => "close the session",
            Self::Cancel { .. } => "call the session off",
        }
    }

    /// The release the command depends on: the one it puts on the table, or the one that lies
    /// there.
    pub fn release<'c>(&'c self, meeting: &'c Meeting) -> Option<&'c ReleaseId> {
        match self {
            Self::Put(NewTopic::Release(release) | NewTopic::Review { release, .. }) => {
                Some(release)
            }
            Self::Recuse { number, .. }
            | Self::Cast { number, .. }
            | Self::CloseItem { number, .. } => meeting.release_of(*number),
            Self::Call { .. }
            | Self::Open
            | Self::Put(NewTopic::Policy(_) | NewTopic::Matter { .. })
            | Self::Close { .. }
            | Self::Cancel { .. } => None,
        }
    }
}

/// The release a command is about, with everything decisions about it depend on.
#[derive(Debug, Clone, Copy)]
pub struct OnTable<'a> {
    /// The release.
    pub release: &'a Release,
    /// What surrounds it.
    pub context: release::Context<'a>,
}

/// Everything outside the session's stream that a decision may depend on.
#[derive(Debug, Clone, Copy)]
pub struct MeetingContext<'a> {
    /// The moment of the decision.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// Roles, policies.
    pub register: &'a Register,
    /// The committee of the policy in force.
    pub committee: Option<&'a CommitteeSettings>,
    /// The release the command is about ([`MeetingCommand::release`]).
    pub on_table: Option<OnTable<'a>>,
}

/// Turns a command into events, or refuses.
pub fn decide(
    meeting: &Meeting,
    command: MeetingCommand,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingEvent>, Refusal> {
    context.actor.may_change()?;
    let action = command.action();
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    if let MeetingCommand::Call { id, title, at, urgent } = command {
        return call(meeting, (id, title), (at, urgent), context);
    }
    let missing = || Refusal::NotFound { what: "session", name: String::new() };
    let called = meeting.call.as_ref().ok_or_else(missing)?;
    let rules = &called.rules;
    let in_state = |wanted: &[MeetingState]| in_state(meeting, action, wanted);
    let as_chair = || holds(context, action, [&rules.chair]);
    match command {
        MeetingCommand::Call { .. } => Err(Refusal::exists("session", called.id.as_str())),
        MeetingCommand::Open => {
            as_chair()?;
            in_state(&[MeetingState::Called])?;
            Ok(vec![MeetingEvent::MeetingOpened {
                members: context.register.holders(&rules.role, context.now),
            }])
        }
        MeetingCommand::Put(topic) => {
            holds(context, action, [&rules.chair, &rules.role])?;
            in_state(&[MeetingState::Called, MeetingState::Open])?;
            table::put(meeting, topic, context)
        }
        MeetingCommand::Recuse { number, reason } => {
            in_state(&[MeetingState::Open])?;
            vote::recuse(meeting, number, reason, context)
        }
        MeetingCommand::Cast { number, vote, reason } => {
            in_state(&[MeetingState::Open])?;
            vote::cast(meeting, number, (vote, reason), context)
        }
        MeetingCommand::CloseItem { number, statement, because } => {
            as_chair()?;
            in_state(&[MeetingState::Open])?;
            table::close(meeting, number, (statement, because), context)
        }
        MeetingCommand::Close { minutes, file } => {
            as_chair()?;
            in_state(&[MeetingState::Open])?;
            Ok(vec![MeetingEvent::MeetingClosed { minutes, file }])
        }
        MeetingCommand::Cancel { reason } => {
            as_chair()?;
            in_state(&[MeetingState::Called])?;
            Ok(vec![MeetingEvent::MeetingCancelled { reason }])
        }
    }
}

const ONE_MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn call(
    meeting: &Meeting,
    (id, title): (MeetingId, String),
    (at, urgent): (Option<Timestamp>, Option<Text>),
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingEvent>, Refusal> {
    if meeting.state != MeetingState::Absent {
        return Err(Refusal::exists("session", id.as_str()));
    }
    let rules = context.committee.ok_or(MeetingFault::NoCommittee)?.clone();
    holds(context, "call a session of the committee", [&rules.chair, &rules.role])?;
    // Whoever names a moment names it to the minute: the minute that runs is not the past.
    let at = at.unwrap_or(context.now);
    if urgent.is_none() && at < context.now - ONE_MINUTE {
        return Err(Refusal::WrongOrder { what: "a session cannot be called for the past" });
    }
    if title.trim().is_empty() {
        return Err(Refusal::WrongOrder { what: "a session needs a title" });
    }
    let title = title.trim().to_owned();
    Ok(vec![MeetingEvent::MeetingCalled(Call { id, title, at, urgent, rules })])
}

fn in_state(
    meeting: &Meeting,
    action: &'static str,
    wanted: &[MeetingState],
) -> Result<(), Refusal> {
    if wanted.contains(&meeting.state) {
        return Ok(());
    }
    Err(MeetingFault::WrongState { state: meeting.state.word(), action }.into())
}

fn holds<const N: usize>(
    context: &MeetingContext<'_>,
    action: &'static str,
    roles: [&RoleName; N],
) -> Result<(), Refusal> {
    if context.actor.holds_any(roles.into_iter()) {
        return Ok(());
    }
    let needs: BTreeSet<RoleName> = roles.into_iter().cloned().collect();
    Err(Refusal::NotPermitted { action, needs: needs.into_iter().collect() })
}

/// What the log keeps of a refused command: somebody tried who had no right to (I-01). `None` for
/// anything else, which leaves no trace.
pub fn attempt(
    meeting: &Meeting,
    command: &MeetingCommand,
    refusal: &Refusal,
) -> Option<MeetingEvent> {
    (meeting.call.is_some() && refusal.is_without_right()).then(|| {
        let (action, code) = (command.action().to_owned(), refusal.code().to_owned());
        MeetingEvent::MeetingAttemptRefused { action, code }
    })
}
