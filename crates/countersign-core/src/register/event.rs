//! What happens to the register. Every event is a complete fact: whatever a replay needs is in it.

use super::HolidayNames;
use super::hold::HoldScope;
use super::policy_life::AwaitedApproval;
use super::policy_review::{ReviewConclusion, ReviewRules, Trigger};
use crate::calendar::BusinessCalendar;
use crate::control::{ControlRef, ControlReport};
use crate::meeting::Sitting;
use crate::name::{EnvironmentName, PersonId, ReleaseId, RoleName};
use crate::people::PeopleRules;
use crate::policy::PolicyRef;
use crate::runbook::RunbookRef;
use crate::stream::StreamId;
use crate::text::Text;
use crate::window::ChangeWindow;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What happened to the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterEvent {
    /// A policy was published; its text is kept under the digest and never changes.
    PolicyPublished {
        /// Which.
        policy: PolicyRef,
        /// The first day it is in force, once it is approved.
        effective: Date,
        /// What it asks of people.
        #[serde(default, skip_serializing_if = "PeopleRules::is_empty")]
        people: PeopleRules,
        /// The approval it waits for; `None` in histories from before approvals were recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        awaits: Option<AwaitedApproval>,
        /// What it says about looking at itself again; `None` in histories from before that was
        /// kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<Box<ReviewRules>>,
    },
    /// Something asks for a review of a policy.
    PolicyReviewOpened {
        /// The review's number.
        number: u32,
        /// Of which policy.
        policy: PolicyRef,
        /// Why, with the facts.
        trigger: Box<Trigger>,
    },
    /// Somebody who keeps the policy reviewed it; every open review of it is closed.
    PolicyReviewed {
        /// Which policy.
        policy: PolicyRef,
        /// Who.
        person: PersonId,
        /// What it came to.
        outcome: ReviewConclusion,
        /// What was found.
        text: Text,
    },
    /// A member of the body it names approved a policy.
    PolicyApprovalGiven {
        /// Which policy.
        policy: PolicyRef,
        /// Who.
        person: PersonId,
        /// What the person wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<Text>,
    },
    /// Enough people approved a policy.
    PolicyApproved {
        /// Which policy.
        policy: PolicyRef,
        /// Who.
        approvers: Vec<PersonId>,
        /// The session that voted on it; `None` when it was approved without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sitting: Option<Sitting>,
    },
    /// A policy was declined and never comes into force.
    PolicyDeclined {
        /// Which policy.
        policy: PolicyRef,
        /// Who.
        person: PersonId,
        /// Why.
        reason: Text,
    },
    /// A runbook version was published.
    RunbookPublished {
        /// Which.
        runbook: RunbookRef,
        /// Its title.
        title: String,
    },
    /// A version of a control was published; its text is kept under the digest.
    ControlPublished {
        /// Which.
        control: ControlRef,
        /// Its title.
        title: String,
    },
    /// Somebody was told how far a control is, and by which numbers.
    ControlReported {
        /// What was reported.
        report: Box<ControlReport>,
    },
    /// An environment was defined.
    EnvironmentDefined {
        /// Its name.
        name: EnvironmentName,
    },
    /// A person was given a role.
    RoleGranted {
        /// Who.
        person: PersonId,
        /// Which role.
        role: RoleName,
        /// From when; absent for at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Timestamp>,
        /// Until when; absent for no end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// Who gave it; absent when it was set up by the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    /// A role was taken from a person.
    RoleRevoked {
        /// Who.
        person: PersonId,
        /// Which role.
        role: RoleName,
    },
    /// A holder of a role lets another person act in it while he is away.
    RoleDelegated {
        /// The delegation's number.
        number: u32,
        /// Who is away.
        from: PersonId,
        /// Who acts.
        to: PersonId,
        /// In which role.
        role: RoleName,
        /// From when.
        begins: Timestamp,
        /// Until when.
        ends: Timestamp,
        /// Why.
        reason: Text,
    },
    /// A delegation was taken back before its end.
    DelegationEnded {
        /// The delegation's number.
        number: u32,
    },
    /// A qualification was recorded; it counts until it expires.
    QualificationRecorded {
        /// Whose.
        person: PersonId,
        /// For which role.
        role: RoleName,
        /// The day it was passed.
        passed_on: Date,
        /// The first moment at which it no longer counts.
        until: Timestamp,
        /// What shows it.
        proof: Text,
    },
    /// Two accounts were found to be one human, who counts once.
    AccountsLinked {
        /// The one.
        person: PersonId,
        /// The other.
        same_as: PersonId,
    },
    /// Somebody tried to change who may do what without a right to (I-01). Nothing else changed.
    ChangeRefused {
        /// What was tried.
        action: String,
        /// Why it was refused, as a stable word.
        code: String,
    },
    /// The business calendar was set.
    CalendarSet {
        /// From now on; open releases keep theirs.
        calendar: BusinessCalendar,
        /// What people call its holidays.
        #[serde(default, skip_serializing_if = "HolidayNames::is_empty")]
        names: HolidayNames,
    },
    /// The change windows of an environment were set.
    ChangeWindowsSet {
        /// Where.
        environment: EnvironmentName,
        /// The windows; none at all leaves it open.
        windows: Vec<ChangeWindow>,
    },
    /// A freeze was declared.
    FreezeDeclared {
        /// The freeze's number.
        number: u32,
        /// What people call it.
        name: String,
        /// Where.
        environments: BTreeSet<EnvironmentName>,
        /// From when.
        from: Timestamp,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: Text,
    },
    /// A freeze was lifted before its end.
    FreezeLifted {
        /// The freeze's number.
        number: u32,
        /// Why.
        reason: Text,
    },
    /// An emergency release runs, and its owner owes its papers.
    PapersOwed {
        /// Who owes them.
        owner: PersonId,
        /// For which release.
        release: ReleaseId,
        /// By when.
        due: Timestamp,
    },
    /// The papers of an emergency release came: it was decided in writing.
    PapersReceived {
        /// Which.
        release: ReleaseId,
    },
    /// A legal hold was placed: nothing it covers is purged or erased.
    HoldPlaced {
        /// The hold's number.
        number: u32,
        /// What it covers.
        scope: HoldScope,
        /// Why.
        reason: Text,
        /// Who placed it.
        by: PersonId,
    },
    /// A legal hold was lifted.
    HoldLifted {
        /// The hold's number.
        number: u32,
        /// Why.
        reason: Text,
        /// Who lifted it.
        by: PersonId,
    },
    /// The name and the account of a person were erased; the identifier stays.
    PersonErased {
        /// Whose.
        person: PersonId,
        /// Why.
        reason: Text,
        /// Who erased them.
        by: PersonId,
    },
    /// The free texts of an event were erased; their digests stay.
    TextsErased {
        /// The history the event stands in.
        stream: StreamId,
        /// Its number there.
        version: u64,
        /// Which texts.
        texts: Vec<Text>,
        /// Why.
        reason: Text,
        /// Who erased them.
        by: PersonId,
    },
}

impl RegisterEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::PolicyPublished { .. } => "policy_published",
            Self::PolicyReviewOpened { .. } => "policy_review_opened",
            Self::PolicyReviewed { .. } => "policy_reviewed",
            Self::PolicyApprovalGiven { .. } => "policy_approval_given",
            Self::PolicyApproved { .. } => "policy_approved",
            Self::PolicyDeclined { .. } => "policy_declined",
            Self::RunbookPublished { .. } => "runbook_published",
            Self::ControlPublished { .. } => "control_published",
            Self::ControlReported { .. } => "control_reported",
            Self::EnvironmentDefined { .. } => "environment_defined",
            Self::RoleGranted { .. } => "role_granted",
            Self::RoleRevoked { .. } => "role_revoked",
            Self::RoleDelegated { .. } => "role_delegated",
            Self::DelegationEnded { .. } => "delegation_ended",
            Self::QualificationRecorded { .. } => "qualification_recorded",
            Self::AccountsLinked { .. } => "accounts_linked",
            Self::ChangeRefused { .. } => "change_refused",
            Self::CalendarSet { .. } => "calendar_set",
            Self::ChangeWindowsSet { .. } => "change_windows_set",
            Self::FreezeDeclared { .. } => "freeze_declared",
            Self::FreezeLifted { .. } => "freeze_lifted",
            Self::PapersOwed { .. } => "papers_owed",
            Self::PapersReceived { .. } => "papers_received",
            Self::HoldPlaced { .. } => "hold_placed",
            Self::HoldLifted { .. } => "hold_lifted",
            Self::PersonErased { .. } => "person_erased",
            Self::TextsErased { .. } => "texts_erased",
        }
    }

    /// A role given at once and without an end, as the set-up does it.
    pub fn granted(person: PersonId, role: RoleName) -> Self {
        Self::RoleGranted { person, role, from: None, until: None, by: None }
    }
}
