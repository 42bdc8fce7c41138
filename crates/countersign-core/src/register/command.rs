//! Commands to the register.

use super::{
    AwaitedApproval, HoldScope, HolidayNames, NewDelegation, NewQualification, PersonToErase,
    PolicyResolution, ReviewCommand, ReviewRules, Term, TextsToErase, TimesCommand,
};
use crate::calendar::BusinessCalendar;
use crate::control::{ControlRef, ControlReport};
use crate::name::{EnvironmentName, PersonId, RoleName};
use crate::people::PeopleRules;
use crate::policy::PolicyRef;
use crate::runbook::RunbookRef;
use crate::text::Text;
use jiff::civil::Date;

/// A request to change the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterCommand {
    /// Publish a policy.
    PublishPolicy {
        /// Which.
        policy: PolicyRef,
        /// The first day it is in force, once it is approved.
        effective: Date,
        /// What it asks of people.
        people: PeopleRules,
        /// The approval it waits for.
        awaits: AwaitedApproval,
        /// What it says about looking at itself again.
        review: Box<ReviewRules>,
    },
    /// Record a review of a policy, or ask for one.
    Review(ReviewCommand),
    /// Approve a published policy.
    ApprovePolicy {
        /// Which.
        policy: PolicyRef,
        /// What the approver wrote.
        comment: Option<Text>,
    },
    /// Decline a published policy.
    DeclinePolicy {
        /// Which.
        policy: PolicyRef,
        /// Why.
        reason: Text,
    },
    /// What a session of the committee decided about a policy. Only a session orders this.
    ResolvePolicy {
        /// Which.
        policy: PolicyRef,
        /// What it decided.
        resolution: PolicyResolution,
    },
    /// Publish a runbook version.
    PublishRunbook {
        /// Which.
        runbook: RunbookRef,
        /// Its title.
        title: String,
    },
    /// Publish a version of a control.
    PublishControl {
        /// Which.
        control: ControlRef,
        /// Its title.
        title: String,
    },
    /// Record a report on a control.
    ReportControl(Box<ControlReport>),
    /// Define an environment.
    DefineEnvironment {
        /// Its name.
        name: EnvironmentName,
    },
    /// Give a role.
    GrantRole {
        /// To whom.
        person: PersonId,
        /// Which.
        role: RoleName,
        /// For how long.
        term: Term,
    },
    /// Take a role.
    RevokeRole {
        /// From whom.
        person: PersonId,
        /// Which.
        role: RoleName,
    },
    /// End every role and every delegation of somebody who is let in no longer.
    EndRoles {
        /// Whose.
        person: PersonId,
    },
    /// Let another person act in a role.
    Delegate(NewDelegation),
    /// End a delegation before its time.
    EndDelegation {
        /// Its number.
        number: u32,
    },
    /// Record a qualification.
    RecordQualification(NewQualification),
    /// Say that two accounts are one human.
    LinkAccounts {
        /// The one.
        person: PersonId,
        /// The other.
        same_as: PersonId,
    },
    /// Set the business calendar.
    SetCalendar {
        /// The calendar.
        calendar: BusinessCalendar,
        /// What people call its holidays, as far as they have names.
        names: HolidayNames,
    },
    /// Set change windows, or declare or lift a freeze.
    Times(TimesCommand),
    /// Place a legal hold.
    PlaceHold {
        /// On what.
        scope: HoldScope,
        /// Why.
        reason: Text,
    },
    /// Lift a legal hold.
    LiftHold {
        /// Its number.
        number: u32,
        /// Why.
        reason: Text,
    },
    /// Erase the name and the account of a person.
    ErasePerson(PersonToErase),
    /// Erase the free texts of an event.
    EraseTexts(TextsToErase),
}
