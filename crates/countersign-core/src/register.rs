//! The register: published policies and runbooks, environments, the calendar, and who holds
//! which role, for how long, for whom, and with which qualification.

mod account;
mod attempt;
mod command;
mod controls;
mod delegation;
mod erasure;
pub mod event;
mod grant;
mod hold;
mod holder;
mod holiday;
mod permitted;
mod policy_life;
mod policy_review;
mod qualification;
mod times;

pub use attempt::{attempt, attempt_beside};
pub use command::RegisterCommand;
pub use controls::PublishedControl;
pub use delegation::{Delegation, NewDelegation};
pub use erasure::{Erased, PersonToErase, TextsToErase};
pub use event::RegisterEvent;
pub use grant::{Grant, Term};
pub use hold::{Hold, HoldScope};
pub use policy_life::{Approved, AwaitedApproval, PolicyResolution, PublishedPolicy, Resolved};
pub use policy_review::{
    Failure, FailureKind, PolicyReview, ReviewCommand, ReviewConclusion, ReviewFacts, ReviewRules,
    Reviewed, ToolingChange, Trigger, TriggerKind, due_reviews, failures_of, incident_failure,
};
pub use qualification::{NewQualification, Qualified};
pub use times::TimesCommand;

use crate::actor::Actor;
use crate::calendar::BusinessCalendar;
use crate::name::{EnvironmentName, PersonId, ReleaseId, RoleName, RunbookName};
use crate::refusal::Refusal;
use crate::runbook::RunbookRef;
use crate::times::ChangeTimes;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What people call holidays.
pub type HolidayNames = BTreeMap<Date, String>;

/// A published runbook version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRunbook {
    /// Which.
    pub runbook: RunbookRef,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// Papers somebody owes for an emergency release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedPapers {
    /// Who owes them.
    pub owner: PersonId,
    /// By when.
    pub due: Timestamp,
}

/// The register as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// Policies in the order they were published.
    pub policies: Vec<PublishedPolicy>,
    /// Runbook versions in the order they were published.
    pub runbooks: Vec<PublishedRunbook>,
    /// Versions of controls in the order they were published.
    pub controls: Vec<PublishedControl>,
    /// Environments.
    pub environments: BTreeSet<EnvironmentName>,
    /// Since when there is each of those that came after the first policy was approved.
    pub defined: BTreeMap<EnvironmentName, Timestamp>,
    /// Reviews of policies that were asked for.
    pub policy_reviews: Vec<PolicyReview>,
    /// Who was given which roles, for how long.
    pub grants: BTreeMap<PersonId, BTreeMap<RoleName, Grant>>,
    /// Roles lent for a time, by number.
    pub delegations: BTreeMap<u32, Delegation>,
    /// Who passed what, by person and role.
    pub qualifications: BTreeMap<(PersonId, RoleName), Qualified>,
    /// Accounts that are one human; no account is in two of the sets.
    pub accounts: Vec<BTreeSet<PersonId>>,
    /// The business calendar; `None` means Monday to Friday in UTC.
    pub calendar: Option<BusinessCalendar>,
    /// What people call its holidays.
    pub holiday_names: HolidayNames,
    /// Change windows and freezes.
    pub times: ChangeTimes,
    /// Papers owed for emergency releases.
    pub papers_owed: BTreeMap<ReleaseId, OwedPapers>,
    /// Legal holds, by number.
    pub holds: BTreeMap<u32, Hold>,
    /// Personal data that was erased.
    pub erased: Erased,
    /// How many events there were.
    pub version: u64,
}

/// The role that keeps people, settings and publications; it decides nothing about releases.
pub fn administrator() -> RoleName {
    RoleName::new("administrator").unwrap_or_else(|_| RoleName::model_owner())
}

impl Register {
    /// Folds one event; never refuses.
    pub fn evolve(&mut self, at: Timestamp, event: &RegisterEvent) {
        self.version += 1;
        match event {
            RegisterEvent::PolicyPublished { .. } => self.policy_published(at, event),
            RegisterEvent::PolicyApprovalGiven { policy, person, .. } => {
                if let Some(published) = self.policy_mut(policy) {
                    published.given.push(person.clone());
                }
            }
            RegisterEvent::PolicyApproved { policy, approvers, .. } => {
                if let Some(published) = self.policy_mut(policy) {
                    published.approved = Approved::Yes { at, by: approvers.clone() };
                }
            }
            RegisterEvent::PolicyDeclined { policy, person, reason } => {
                if let Some(published) = self.policy_mut(policy) {
                    published.approved = Approved::No { at, by: person.clone(), reason: *reason };
                }
            }
            RegisterEvent::RunbookPublished { runbook, title } => {
                let (runbook, title) = (runbook.clone(), title.clone());
                self.runbooks.push(PublishedRunbook { runbook, title, published_at: at });
            }
            RegisterEvent::ControlPublished { control, title } => {
                let (control, title) = (control.clone(), title.clone());
                self.controls.push(PublishedControl { control, title, published_at: at });
            }
            RegisterEvent::EnvironmentDefined { name } => self.define(name, at),
            RegisterEvent::CalendarSet { calendar, names } => {
                (self.calendar, self.holiday_names) = (Some(calendar.clone()), names.clone());
            }
            RegisterEvent::ChangeWindowsSet { .. }
            | RegisterEvent::FreezeDeclared { .. }
            | RegisterEvent::FreezeLifted { .. } => self.evolve_times(at, event),
            RegisterEvent::PolicyReviewOpened { .. } | RegisterEvent::PolicyReviewed { .. } => {
                self.evolve_reviews(at, event);
            }
            RegisterEvent::PapersOwed { owner, release, due } => {
                let owed = OwedPapers { owner: owner.clone(), due: *due };
                self.papers_owed.insert(release.clone(), owed);
            }
            RegisterEvent::PapersReceived { release } => {
                self.papers_owed.remove(release);
            }
            RegisterEvent::HoldPlaced { .. } | RegisterEvent::HoldLifted { .. } => {
                self.evolve_holds(at, event);
            }
            RegisterEvent::PersonErased { .. } | RegisterEvent::TextsErased { .. } => {
                self.evolve_erasures(at, event);
            }
            RegisterEvent::RoleGranted { .. }
            | RegisterEvent::RoleRevoked { .. }
            | RegisterEvent::RoleDelegated { .. }
            | RegisterEvent::DelegationEnded { .. }
            | RegisterEvent::QualificationRecorded { .. }
            | RegisterEvent::AccountsLinked { .. }
            | RegisterEvent::ControlReported { .. }
            | RegisterEvent::ChangeRefused { .. } => self.evolve_people(at, event),
        }
    }

    fn define(&mut self, name: &EnvironmentName, at: Timestamp) {
        self.environments.insert(name.clone());
        // What there was before the first policy is how the house began.
        if self.policies.iter().any(|one| matches!(one.approved, Approved::Yes { .. })) {
            self.defined.insert(name.clone(), at);
        }
    }

    fn policy_published(&mut self, at: Timestamp, event: &RegisterEvent) {
        let RegisterEvent::PolicyPublished { policy, effective, people, awaits, review } = event
        else {
            return;
        };
        self.policies.push(PublishedPolicy {
            policy: policy.clone(),
            effective: *effective,
            people: people.clone(),
            published_at: at,
            awaits: awaits.clone(),
            given: Vec::new(),
            // A history without approvals was in force as it stood, and stays so (I-04).
            approved: match awaits {
                Some(_) => Approved::Awaited,
                None => Approved::Yes { at, by: Vec::new() },
            },
            review: review.as_deref().cloned(),
            reviewed: Vec::new(),
        });
    }

    /// A runbook by version, or its latest version.
    pub fn runbook(&self, name: &RunbookName, version: Option<&str>) -> Option<&PublishedRunbook> {
        self.runbooks.iter().rev().find(|published| {
            &published.runbook.name == name
                && version.is_none_or(|version| published.runbook.version == version)
        })
    }

    /// The calendar in force.
    pub fn calendar(&self) -> Option<BusinessCalendar> {
        self.calendar.clone().or_else(|| BusinessCalendar::new("UTC").ok())
    }
}

/// Everything outside the register that a decision about it depends on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The moment of the decision.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
}

/// Turns a command into events, or refuses.
pub fn decide(
    register: &Register,
    command: RegisterCommand,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    context.actor.may_change()?;
    permitted::permitted(register, &command, context)?;
    match command {
        RegisterCommand::ApprovePolicy { policy, comment } => {
            policy_life::approve(register, policy, comment, context)
        }
        RegisterCommand::DeclinePolicy { policy, reason } => {
            policy_life::decline(register, policy, reason, context)
        }
        RegisterCommand::PublishPolicy { policy, effective, people, awaits, review } => {
            let approval = (awaits, review);
            policy_life::publish(register, (policy, effective, people), approval, context.actor)
        }
        RegisterCommand::Review(command) => policy_review::decide(register, command, context),
        RegisterCommand::ResolvePolicy { policy, resolution } => {
            policy_life::resolve(register, policy, resolution, context.now)
        }
        RegisterCommand::PublishRunbook { runbook, title } => {
            if register.runbook(&runbook.name, Some(&runbook.version)).is_some() {
                let name = format!("{} {}", runbook.name, runbook.version);
                return Err(Refusal::Immutable { what: "runbook", name });
            }
            Ok(vec![RegisterEvent::RunbookPublished { runbook, title }])
        }
        RegisterCommand::PublishControl { control, title } => {
            controls::publish(register, control, title)
        }
        RegisterCommand::ReportControl(report) => controls::report(register, *report, context),
        RegisterCommand::DefineEnvironment { name } => {
            if register.environments.contains(&name) {
                return Err(Refusal::exists("environment", name.as_str()));
            }
            Ok(vec![RegisterEvent::EnvironmentDefined { name }])
        }
        RegisterCommand::GrantRole { person, role, term } => {
            grant::grant(register, (person, role), term, context)
        }
        RegisterCommand::RevokeRole { person, role } => {
            grant::revoke(register, person, role, context.now)
        }
        RegisterCommand::EndRoles { person } => grant::end_all(register, &person, context.now),
        RegisterCommand::RecordQualification(new) => qualification::record(register, new, context),
        RegisterCommand::LinkAccounts { person, same_as } => {
            account::link(register, person, same_as)
        }
        RegisterCommand::SetCalendar { calendar, names } => {
            holiday::set_calendar(calendar, names, context.now)
        }
        RegisterCommand::Times(command) => times::decide(register, command, context),
        RegisterCommand::Delegate(new) => delegation::delegate(register, new, context),
        RegisterCommand::EndDelegation { number } => delegation::end(register, number, context),
        RegisterCommand::PlaceHold { scope, reason } => {
            hold::place(register, scope, reason, context)
        }
        RegisterCommand::LiftHold { number, reason } => {
            hold::lift(register, number, reason, context)
        }
        RegisterCommand::ErasePerson(erase) => erasure::person(register, erase, context),
        RegisterCommand::EraseTexts(erase) => erasure::texts(register, erase, context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Who;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::people::PeopleRules;

    fn root() -> Actor {
        Acting::from("root").actor(&given(Low).register, monday())
    }

    fn decided(
        register: &Register,
        command: RegisterCommand,
        actor: &Actor,
    ) -> Result<Vec<RegisterEvent>, Refusal> {
        decide(register, command, &Context { now: monday(), actor })
    }

    #[track_caller]
    fn refused(command: RegisterCommand, by: &Actor) -> &'static str {
        decided(&given(Low).register, command, by).unwrap_err().code()
    }

    fn grant_role(person: &str, name: &str) -> RegisterCommand {
        RegisterCommand::GrantRole { person: id(person), role: role(name), term: Term::default() }
    }

    fn revoke_role(person: &str, name: &str) -> RegisterCommand {
        RegisterCommand::RevokeRole { person: id(person), role: role(name) }
    }

    #[test]
    fn only_an_administrator_changes_the_register() {
        let environment = || RegisterCommand::DefineEnvironment { name: environment("edge") };
        assert!(decided(&given(Low).register, environment(), &root()).is_ok());
        for person in ["rivera", "abara", "quinn"] {
            let actor = Acting::from(person).actor(&given(Low).register, monday());
            let code = if person == "quinn" { "actor.reads_only" } else { "actor.not_permitted" };
            assert_eq!(refused(environment(), &actor), code);
        }
        assert_eq!(refused(environment(), &Actor::system()), "actor.not_permitted");
        assert!(decided(&Register::default(), environment(), &Actor::system()).is_ok());
    }

    #[test]
    fn nobody_gives_himself_a_role() {
        assert_eq!(refused(grant_role("root", "compliance"), &root()), "role.own");
        assert_eq!(refused(grant_role("chen", "product_lead"), &root()), "nothing_to_do");
        assert_eq!(refused(grant_role("chen", "model_owner"), &root()), "role.owner_is_per_model");
        let events = decided(&given(Low).register, grant_role("chen", "compliance"), &root());
        assert!(events.is_ok());
    }

    #[test]
    fn a_role_is_taken_from_whoever_holds_it_but_never_from_the_last_administrator() {
        assert_eq!(
            refused(revoke_role("root", "administrator"), &root()),
            "role.last_administrator"
        );
        assert_eq!(refused(revoke_role("chen", "compliance"), &root()), "nothing_to_do");
        let mut register = given(Low).register;
        let events = decided(&register, revoke_role("chen", "product_lead"), &root()).unwrap();
        register.evolve(monday(), &events[0]);
        assert!(register.holders(&role("product_lead"), monday()).is_empty());
    }

    /// I-04
    #[test]
    fn what_is_published_never_changes() {
        let register = given(Low).register;
        let (document, effective) = (policy(), "2026-06-01".parse().unwrap());
        let (policy, awaits) =
            (register.policies[0].policy.clone(), AwaitedApproval::of(&document, []));
        let people = PeopleRules::default();
        let review = Box::new(ReviewRules::of(&document, []));
        let again = RegisterCommand::PublishPolicy { policy, effective, people, awaits, review };
        assert_eq!(refused(again, &root()), "published.immutable");
        let (runbook, title) = (register.runbooks[0].runbook.clone(), "Other".to_owned());
        let again =
            RegisterCommand::PublishRunbook { runbook: runbook.clone(), title: title.clone() };
        assert_eq!(refused(again, &root()), "published.immutable");
        let runbook = RunbookRef { version: "0.2.0".into(), ..runbook };
        let newer = RegisterCommand::PublishRunbook { runbook, title };
        assert!(decided(&register, newer, &root()).is_ok());
    }

    ///
    #[test]
    fn versions_of_a_runbook_stand_side_by_side() {
        let mut newer = runbook();
        newer.version = "0.2.0".into();
        let register = given(Low).publishing_runbook(newer).register;
        let name = runbook().name;
        assert_eq!(register.runbook(&name, None).unwrap().runbook.version, "0.2.0");
        assert_eq!(register.runbook(&name, Some("0.1.0")).unwrap().runbook.version, "0.1.0");
        assert_eq!(register.runbook(&name, Some("9")), None);
    }

    ///
    #[test]
    fn a_policy_is_in_force_from_its_effective_date_and_not_before() {
        let world = given(Low).policy_where(|policy| {
            policy.document.effective = "2026-06-01".parse().unwrap();
        });
        let in_force = |day: &str| {
            let day: Date = day.parse().unwrap();
            world.register.policy_in_force(day).map(|one| one.policy.version.clone())
        };
        assert_eq!(in_force("2025-12-31"), None);
        assert_eq!(in_force("2026-05-31").as_deref(), Some("1.0"));
        assert_eq!(in_force("2026-06-01").as_deref(), Some("1.1"));
    }

    /// I-07
    #[test]
    fn what_a_person_did_stays_when_the_roles_go() {
        let world = submitted(Low)
            .and(RegisterEvent::RoleRevoked { person: id("rivera"), role: role("ml_lead") });
        let (_, who) = world.release().submitted.clone().unwrap();
        assert_eq!(who, Who::Person(id("rivera")));
    }
}
