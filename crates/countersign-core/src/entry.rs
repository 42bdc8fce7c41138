//! Entries: what people keep lists of beside the releases.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which list an entry belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A promise an approval depends on.
    Condition,
    /// A role somebody was given, with its end.
    RoleGrant,
    /// A role lent to somebody for a time.
    Delegation,
    /// What somebody passed so as to approve in a role, until it expires.
    Qualification,
    /// A release that ran on verbal authority.
    Emergency,
    /// A suspension or a resumption.
    Suspension,
    /// A return to an earlier version.
    Rollback,
    /// A rollback that was practised.
    Drill,
    /// Something the committee has to decide.
    AgendaItem,
    /// A session of the committee.
    Meeting,
    /// Something that went wrong with a model.
    Incident,
    /// An entry of the risk register.
    Risk,
    /// A claim that an experiment needs no release.
    SandboxExclusion,
    /// A criterion or checklist item waived for one release.
    Exception,
    /// More tests or documents a reviewer asks for.
    ChangeRequest,
    /// A time in which nothing new is deployed.
    Freeze,
    /// A lower change type than the facts proposed.
    Override,
    /// What went where.
    Deployment,
    /// A look at the policy itself.
    PolicyReview,
    /// A hold that stops purges and erasures.
    LegalHold,
    /// A purge of evidence that was kept long enough.
    Purge,
}

impl EntryKind {
    /// Every list.
    pub const ALL: [Self; 21] = [
        Self::Condition,
        Self::Exception,
        Self::ChangeRequest,
        Self::RoleGrant,
        Self::Delegation,
        Self::Qualification,
        Self::Emergency,
        Self::Suspension,
        Self::Rollback,
        Self::Drill,
        Self::AgendaItem,
        Self::Meeting,
        Self::Incident,
        Self::Risk,
        Self::SandboxExclusion,
        Self::Freeze,
        Self::Override,
        Self::Deployment,
        Self::PolicyReview,
        Self::LegalHold,
        Self::Purge,
    ];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::RoleGrant => "role_grant",
            Self::Delegation => "delegation",
            Self::Qualification => "qualification",
            Self::Emergency => "emergency",
            Self::Suspension => "suspension",
            Self::Rollback => "rollback",
            Self::Drill => "drill",
            Self::AgendaItem => "agenda_item",
            Self::Meeting => "meeting",
            Self::Incident => "incident",
            Self::Risk => "risk",
            Self::SandboxExclusion => "sandbox_exclusion",
            Self::Exception => "exception",
            Self::ChangeRequest => "change_request",
            Self::Freeze => "freeze",
            Self::Override => "override",
            Self::Deployment => "deployment",
            Self::PolicyReview => "policy_review",
            Self::LegalHold => "legal_hold",
            Self::Purge => "purge",
        }
    }

    /// Whether an entry of this list ends by the clock alone, before anything records it: whoever
    /// asks for open or for ended ones has to look at the moment, too (I-11).
    pub fn ends_by_itself(self) -> bool {
        match self {
            Self::Exception | Self::Freeze => true,
            Self::Condition
            | Self::RoleGrant
            | Self::Delegation
            | Self::Qualification
            | Self::Emergency
            | Self::Suspension
            | Self::Rollback
            | Self::Drill
            | Self::AgendaItem
            | Self::Meeting
            | Self::Incident
            | Self::Risk
            | Self::SandboxExclusion
            | Self::ChangeRequest
            | Self::Override
            | Self::Deployment
            | Self::PolicyReview
            | Self::LegalHold
            | Self::Purge => false,
        }
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why a text names no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind {
    given: String,
}

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<_> = EntryKind::ALL.into_iter().map(EntryKind::word).collect();
        write!(f, "`{}` is no list of entries: use {}", self.given, known.join(", "))
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for EntryKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let known = Self::ALL.into_iter().find(|kind| kind.word() == text);
        known.ok_or_else(|| UnknownKind { given: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_back_what_it_prints_and_an_unknown_one_names_the_known() {
        for kind in EntryKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        let error = "conditoin".parse::<EntryKind>().unwrap_err();
        assert!(error.to_string().contains("use condition"), "{error}");
    }
}
