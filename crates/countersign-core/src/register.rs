//! The register: published policies and runbooks, environments, the calendar, and who holds
//! which role.

mod policy_life;

pub use policy_life::{Approved, AwaitedApproval};

use crate::actor::Actor;
use crate::calendar::BusinessCalendar;
use crate::name::{EnvironmentName, PersonId, RoleName, RunbookName};
use crate::policy::PolicyRef;
use crate::refusal::Refusal;
use crate::runbook::RunbookRef;
use crate::text::Text;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
        /// The approval it waits for; `None` in histories from before approvals were recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        awaits: Option<AwaitedApproval>,
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
    },
    /// A role was taken from a person.
    RoleRevoked {
        /// Who.
        person: PersonId,
        /// Which role.
        role: RoleName,
    },
    /// The business calendar was set.
    CalendarSet {
        /// From now on; open releases keep theirs.
        calendar: BusinessCalendar,
    },
}

impl RegisterEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::PolicyPublished { .. } => "policy_published",
            Self::PolicyApprovalGiven { .. } => "policy_approval_given",
            Self::PolicyApproved { .. } => "policy_approved",
            Self::PolicyDeclined { .. } => "policy_declined",
            Self::RunbookPublished { .. } => "runbook_published",
            Self::EnvironmentDefined { .. } => "environment_defined",
            Self::RoleGranted { .. } => "role_granted",
            Self::RoleRevoked { .. } => "role_revoked",
            Self::CalendarSet { .. } => "calendar_set",
        }
    }
}

/// A request to change the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterCommand {
    /// Publish a policy.
    PublishPolicy {
        /// Which.
        policy: PolicyRef,
        /// The first day it is in force, once it is approved.
        effective: Date,
        /// The approval it waits for.
        awaits: AwaitedApproval,
    },
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
    /// Publish a runbook version.
    PublishRunbook {
        /// Which.
        runbook: RunbookRef,
        /// Its title.
        title: String,
    },
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
    },
    /// Take a role.
    RevokeRole {
        /// From whom.
        person: PersonId,
        /// Which.
        role: RoleName,
    },
    /// Set the business calendar.
    SetCalendar {
        /// The calendar.
        calendar: BusinessCalendar,
    },
}

impl RegisterCommand {
    /// Whether the body a policy names decides this, and an administrator does not.
    fn is_of_the_body(&self) -> bool {
        matches!(self, Self::ApprovePolicy { .. } | Self::DeclinePolicy { .. })
    }
}

/// A published policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPolicy {
    /// Which.
    pub policy: PolicyRef,
    /// The first day it is in force, once it is approved.
    pub effective: Date,
    /// When it was published.
    pub published_at: Timestamp,
    /// The approval it waits for or got.
    pub awaits: Option<AwaitedApproval>,
    /// Who approved it so far.
    pub given: Vec<PersonId>,
    /// Where it stands.
    pub approved: Approved,
}

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

/// The register as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// Policies in the order they were published.
    pub policies: Vec<PublishedPolicy>,
    /// Runbook versions in the order they were published.
    pub runbooks: Vec<PublishedRunbook>,
    /// Environments.
    pub environments: BTreeSet<EnvironmentName>,
    /// Who holds which roles.
    pub grants: BTreeMap<PersonId, BTreeSet<RoleName>>,
    /// The business calendar; `None` means Monday to Friday in UTC.
    pub calendar: Option<BusinessCalendar>,
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
            RegisterEvent::PolicyPublished { policy, effective, awaits } => {
                self.policies.push(PublishedPolicy {
                    policy: policy.clone(),
                    effective: *effective,
                    published_at: at,
                    awaits: awaits.clone(),
                    given: Vec::new(),
                    // A history without approvals was in force as it stood, and stays so (I-04).
                    approved: match awaits {
                        Some(_) => Approved::Awaited,
                        None => Approved::Yes { at, by: Vec::new() },
                    },
                });
            }
            RegisterEvent::PolicyApprovalGiven { policy, person, .. } => {
                if let Some(published) = self.policy_mut(policy) {
                    published.given.push(person.clone());
                }
            }
            RegisterEvent::PolicyApproved { policy, approvers } => {
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
            RegisterEvent::EnvironmentDefined { name } => {
                self.environments.insert(name.clone());
            }
            RegisterEvent::RoleGranted { person, role } => {
                self.grants.entry(person.clone()).or_default().insert(role.clone());
            }
            RegisterEvent::RoleRevoked { person, role } => {
                if let Some(roles) = self.grants.get_mut(person) {
                    roles.remove(role);
                }
            }
            RegisterEvent::CalendarSet { calendar } => self.calendar = Some(calendar.clone()),
        }
    }

    /// A runbook by version, or its latest version.
    pub fn runbook(&self, name: &RunbookName, version: Option<&str>) -> Option<&PublishedRunbook> {
        self.runbooks.iter().rev().find(|published| {
            &published.runbook.name == name
                && version.is_none_or(|version| published.runbook.version == version)
        })
    }

    /// The roles a person holds now.
    pub fn roles_of(&self, person: &PersonId) -> BTreeSet<RoleName> {
        self.grants.get(person).cloned().unwrap_or_default()
    }

    /// The people who hold a role now.
    pub fn holders(&self, role: &RoleName) -> BTreeSet<PersonId> {
        let held = self.grants.iter().filter(|(_, roles)| roles.contains(role));
        held.map(|(person, _)| person.clone()).collect()
    }

    /// The calendar in force.
    pub fn calendar(&self) -> Option<BusinessCalendar> {
        self.calendar.clone().or_else(|| BusinessCalendar::new("UTC").ok())
    }
}

/// Turns a command into events, or refuses.
pub fn decide(
    register: &Register,
    command: RegisterCommand,
    actor: &Actor,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if !command.is_of_the_body() {
        keeper(register, actor)?;
    }
    match command {
        RegisterCommand::ApprovePolicy { policy, comment } => {
            policy_life::approve(register, policy, comment, actor)
        }
        RegisterCommand::DeclinePolicy { policy, reason } => {
            policy_life::decline(register, policy, reason, actor)
        }
        RegisterCommand::PublishPolicy { policy, effective, awaits } => {
            policy_life::publish(register, (policy, effective), awaits, actor)
        }
        RegisterCommand::PublishRunbook { runbook, title } => {
            if register.runbook(&runbook.name, Some(&runbook.version)).is_some() {
                let name = format!("{} {}", runbook.name, runbook.version);
                return Err(Refusal::Immutable { what: "runbook", name });
            }
            Ok(vec![RegisterEvent::RunbookPublished { runbook, title }])
        }
        RegisterCommand::DefineEnvironment { name } => {
            if register.environments.contains(&name) {
                return Err(Refusal::exists("environment", name.as_str()));
            }
            Ok(vec![RegisterEvent::EnvironmentDefined { name }])
        }
        RegisterCommand::GrantRole { person, role } => grant(register, person, role, actor),
        RegisterCommand::RevokeRole { person, role } => revoke(register, person, role),
        RegisterCommand::SetCalendar { calendar } => {
            Ok(vec![RegisterEvent::CalendarSet { calendar }])
        }
    }
}

/// Whether the actor keeps the register: an administrator, and the system until there is one.
fn keeper(register: &Register, actor: &Actor) -> Result<(), Refusal> {
    let setting_up = register.holders(&administrator()).is_empty();
    let is_system = actor.who == crate::actor::Who::System;
    if !(actor.holds(&administrator()) || (setting_up && is_system)) {
        let needs = vec![administrator()];
        return Err(Refusal::NotPermitted { action: "change the register", needs });
    }
    Ok(())
}

fn grant(
    register: &Register,
    person: PersonId,
    role: RoleName,
    actor: &Actor,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if actor.is(&person) {
        return Err(Refusal::OwnRole { role });
    }
    if role.is_model_owner() {
        return Err(Refusal::OwnerIsPerModel);
    }
    if register.roles_of(&person).contains(&role) {
        return Err(Refusal::NothingToDo { what: "the person holds this role already" });
    }
    Ok(vec![RegisterEvent::RoleGranted { person, role }])
}

fn revoke(
    register: &Register,
    person: PersonId,
    role: RoleName,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if !register.roles_of(&person).contains(&role) {
        return Err(Refusal::NothingToDo { what: "the person does not hold this role" });
    }
    if role == administrator() && register.holders(&role).len() == 1 {
        return Err(Refusal::LastAdministrator);
    }
    Ok(vec![RegisterEvent::RoleRevoked { person, role }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Who;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    fn root() -> Actor {
        Acting::from("root").actor(&given(Low).register)
    }

    #[track_caller]
    fn refused(command: RegisterCommand, by: &Actor) -> &'static str {
        decide(&given(Low).register, command, by).unwrap_err().code()
    }

    fn grant_role(person: &str, name: &str) -> RegisterCommand {
        RegisterCommand::GrantRole { person: id(person), role: role(name) }
    }

    fn revoke_role(person: &str, name: &str) -> RegisterCommand {
        RegisterCommand::RevokeRole { person: id(person), role: role(name) }
    }

    #[test]
    fn only_an_administrator_changes_the_register() {
        let environment = || RegisterCommand::DefineEnvironment { name: environment("edge") };
        assert!(decide(&given(Low).register, environment(), &root()).is_ok());
        for person in ["rivera", "abara", "quinn"] {
            let actor = Acting::from(person).actor(&given(Low).register);
            assert_eq!(refused(environment(), &actor), "actor.not_permitted");
        }
        assert_eq!(refused(environment(), &Actor::system()), "actor.not_permitted");
        assert!(decide(&Register::default(), environment(), &Actor::system()).is_ok());
    }

    #[test]
    fn nobody_gives_himself_a_role() {
        assert_eq!(refused(grant_role("root", "compliance"), &root()), "role.own");
        assert_eq!(refused(grant_role("chen", "product_lead"), &root()), "nothing_to_do");
        assert_eq!(refused(grant_role("chen", "model_owner"), &root()), "role.owner_is_per_model");
        let events = decide(&given(Low).register, grant_role("chen", "compliance"), &root());
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
        let events = decide(&register, revoke_role("chen", "product_lead"), &root()).unwrap();
        register.evolve(monday(), &events[0]);
        assert!(register.holders(&role("product_lead")).is_empty());
    }

    /// I-04
    #[test]
    fn what_is_published_never_changes() {
        let register = given(Low).register;
        let (document, effective) = (policy(), "2026-06-01".parse().unwrap());
        let (policy, awaits) =
            (register.policies[0].policy.clone(), AwaitedApproval::of(&document, []));
        let again = RegisterCommand::PublishPolicy { policy, effective, awaits };
        assert_eq!(refused(again, &root()), "published.immutable");
        let (runbook, title) = (register.runbooks[0].runbook.clone(), "Other".to_owned());
        let again =
            RegisterCommand::PublishRunbook { runbook: runbook.clone(), title: title.clone() };
        assert_eq!(refused(again, &root()), "published.immutable");
        let runbook = RunbookRef { version: "0.2.0".into(), ..runbook };
        let newer = RegisterCommand::PublishRunbook { runbook, title };
        assert!(decide(&register, newer, &root()).is_ok());
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
