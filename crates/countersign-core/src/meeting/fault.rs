//! Why the rules of a session said no.

use crate::policy::Independence;
use serde::Serialize;
use std::fmt;

/// Why something cannot be done in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and its message name")]
pub enum MeetingFault {
    /// The policy in force names no committee.
    NoCommittee,
    /// The session is in a state in which this cannot be done.
    WrongState { state: &'static str, action: &'static str },
    /// Only those vote who held the role when the session was opened.
    NotAMember,
    /// A member votes once on an item.
    VotedAlready { number: u32 },
    /// The item is closed: a vote comes too late.
    ItemClosed { number: u32 },
    /// Nobody has a vote on a release of his own where the policy says so.
    Conflict { of: Independence },
    /// The member stepped back from the item.
    Recused { number: u32 },
    /// Too few members have voted.
    NoQuorum { voted: u32, needed: u32 },
    /// A vote that is no yes, and a no of the whole committee, say why.
    ReasonMissing,
    /// It is on the table of this session already.
    OnTheTable { number: u32 },
    /// The policy lets the committee decide in sessions only.
    InSessionOnly,
}

impl MeetingFault {
    /// A stable word for tools.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCommittee => "meeting.no_committee",
            Self::WrongState { .. } => "meeting.wrong_state",
            Self::NotAMember => "meeting.not_a_member",
            Self::VotedAlready { .. } => "meeting.voted_already",
            Self::ItemClosed { .. } => "meeting.item_closed",
            Self::Conflict { .. } => "meeting.conflict",
            Self::Recused { .. } => "meeting.recused",
            Self::NoQuorum { .. } => "meeting.no_quorum",
            Self::ReasonMissing => "meeting.reason_missing",
            Self::OnTheTable { .. } => "meeting.on_the_table",
            Self::InSessionOnly => "approval.in_session_only",
        }
    }

    /// What the person can do next.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::NoCommittee => "publish a policy whose settings name a committee",
            Self::WrongState { .. } => "look at the session's page for what can be done now",
            Self::NotAMember => "leave the vote to the members of the session",
            Self::VotedAlready { .. } => "leave the item to the others",
            Self::ItemClosed { .. } => "ask the chair to put it on the table of another session",
            Self::Conflict { .. } | Self::Recused { .. } => "leave the item to the other members",
            Self::NoQuorum { .. } => "wait for more votes, or leave it to the next session",
            Self::ReasonMissing => "say why",
            Self::OnTheTable { .. } => "vote on the item that is there",
            Self::InSessionOnly => "ask the chair to put the release on the table of a session",
        }
    }

    /// Whether somebody tried what he has no right to (I-01).
    pub fn is_without_right(&self) -> bool {
        match self {
            Self::NotAMember
            | Self::VotedAlready { .. }
            | Self::Conflict { .. }
            | Self::Recused { .. }
            | Self::InSessionOnly => true,
            Self::NoCommittee
            | Self::WrongState { .. }
            | Self::ItemClosed { .. }
            | Self::NoQuorum { .. }
            | Self::ReasonMissing
            | Self::OnTheTable { .. } => false,
        }
    }
}

impl fmt::Display for MeetingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCommittee => f.write_str("the policy in force names no committee"),
            Self::WrongState { state, action } => {
                write!(f, "a session that is `{state}` does not allow you to {action}")
            }
            Self::NotAMember => {
                f.write_str("you did not hold the committee's role when the session was opened")
            }
            Self::VotedAlready { number } => {
                write!(f, "you have voted on item {number} already, and one person counts once")
            }
            Self::ItemClosed { number } => write!(f, "item {number} is closed"),
            Self::Conflict { of } => {
                write!(f, "you are {} of the release on the table", of.human())
            }
            Self::Recused { number } => write!(f, "you stepped back from item {number}"),
            Self::NoQuorum { voted, needed } => {
                write!(f, "{voted} of the {needed} votes that make a quorum are there")
            }
            Self::ReasonMissing => f.write_str("anything but a yes needs its reason"),
            Self::OnTheTable { number } => {
                write!(f, "it is on the table of this session as item {number}")
            }
            Self::InSessionOnly => {
                f.write_str("the committee decides about releases in its sessions only")
            }
        }
    }
}
